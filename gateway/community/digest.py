"""The weekly digest: one SMS on Friday for who wants it: the group, one thing that changed, what waits. Written in batches, so it may stop anywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import rows
from gateway.community.groups import facts as group_facts
from gateway.community.groups import rows as groups
from gateway.community.items import brakes, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.verbs import title_of
from gateway.members import rows as members
from gateway.members.model import DigestOff, DigestOn, Member, short
from gateway.members.verbs import the_member
from gateway.money import produce
from gateway.records.verbs import NewText, write_texts
from menus import alphabet
from menus.book import notices

FRIDAY, FROM_HOUR = 4, 8  # when it goes out, local time
BATCH = 500  # members whose digest is written in one transaction


def choose_digest(world: Any, caller: str, show: str) -> DigestOn | DigestOff:
    wants = show == "yes"
    members.change_member(world, the_member(world, caller).id, digest=wants)
    return DigestOn() if wants else DigestOff()


def week_of(local: dt.datetime) -> str:
    """The ISO week of a moment: `2026-W48`."""
    year, week, _ = local.isocalendar()
    return f"{year}-W{week:02}"


def write_some(world: Any) -> int:
    """The next batch of this week's digest; how many were written. Nothing on other days, or when it is switched off."""
    local = world.organisation.local(world.now())
    if local.weekday() != FRIDAY or local.hour < FROM_HOUR or brakes.rests(world, "digest"):
        return 0
    week = week_of(local)
    after = rows.digest_reached(world, week)
    if after is None:
        return 0
    readers = members.readers(world, after, BATCH)
    write_texts(world, [_text(world, week, one) for one in _composed(world, readers, _counted_for(world.organisation.id, week))])
    rows.reach_digest(world, week, readers[-1].id if len(readers) == BATCH else None, len(readers))
    return len(readers)


_counted: dict[tuple[int, str], dict[int, tuple[int, int]]] = {}  # organisation and week -> group -> (who have paid in, members), while this process writes


def _counted_for(organisation: int, week: str) -> dict[int, tuple[int, int]]:
    """What was counted of groups for this week's digest: members of one group stand in many batches, and all of them read the same."""
    for other in [one for one in _counted if one[0] == organisation and one[1] != week]:
        del _counted[other]
    return _counted.setdefault((organisation, week), {})


def _composed(world: Any, readers: list[Member], paid: dict[int, tuple[int, int]]) -> list[tuple[Member, dict[str, Any]]]:
    """Each reader with the words of their digest. What is the same for all is looked up once."""
    unheard = voice_rows.unheard_of(world, [one.id for one in readers])
    mine = groups.of_members(world, [one.id for one in readers])
    changed = next(iter(voice_rows.newest_done(world, ("idea",), 1)), None)
    best = next(iter(items.top(world, "idea", ("open", "looked_at"), 1)), None)
    title = title_of(changed) if changed and (world.now() - changed.state_at).days < 7 else ""
    brought = produce.week_of(world, [one.id for one in readers])
    composed = []
    for one in readers:
        group = mine.get(one.id)
        if group and group.id not in paid:
            fellows, payers = group_facts.paid_in(world, group)
            paid[group.id] = (len(payers), len(fellows))
        nothing = world.phrases.text("nothing yet", one.language)
        composed.append((one, {
            "kilos": brought.get(one.id, ""),
            "name": short(one.name), "place": group.name if group else nothing, "paid": paid[group.id][0] if group else 0,
            "heads": paid[group.id][1] if group else 0, "title": title or nothing, "count": unheard.get(one.id, 0),
            "number": best.number if best else "-", "words": alphabet.cut(title_of(best), 16) if best else "",
        }))  # fmt: skip
    return composed


def _text(world: Any, week: str, composed: tuple[Member, dict[str, Any]]) -> NewText:
    one, words = composed
    notice = notices.DIGEST_MILK if words["kilos"] else notices.DIGEST if words["heads"] else notices.DIGEST_ALONE
    said = world.phrases.say(notice, one.language, **words)
    return NewText(f"digest:{week}:{one.id}", one.number, "service", said, one.id, "digest", one.hours)
