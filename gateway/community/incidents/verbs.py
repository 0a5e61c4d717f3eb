"""Is it only you? One key says that it is not; staff say by when it works again; all who said so hear it once when it does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.counting import next_free
from gateway.community.groups.verbs import meets
from gateway.community.incidents import rows
from gateway.community.incidents.model import (
    ELSE,
    FIX_HOURS,
    LIVE_MOST,
    TITLE_MOST,
    USUAL_DAYS,
    AllWorks,
    AProblem,
    IncidentsLive,
    MeTooLate,
    MeTooNoted,
    Signal,
    SomethingElse,
    WorksAgain,
)
from gateway.community.items import rows as items
from gateway.community.items import states, voice_rows, wish_rows
from gateway.community.items.model import INCIDENT, OPEN, Item, ItemNumber, Title, Votes, is_case
from gateway.community.items.problems import told_by_members
from gateway.community.items.verbs import counted_with, recount, title_of
from gateway.community.stars import rows as stars
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

WRONG = {  # what members call it -> what the page calls it
    "in_words": "in words", "stays_private": "in words, not for all",
    "not_me": "a payment that is not theirs", "wrong_amount": "a wrong amount", "wrong_person": "a wrong person",
    "missing": "money that is missing",
}  # fmt: skip
MORE = "Something else"  # in the catalogue


def look_for_incidents(world: Any, caller: str) -> IncidentsLive | AllWorks:
    return IncidentsLive() if rows.live(world) or told_by_members(world, the_member(world, caller)) else AllWorks()


def incident_live(world: Any, caller: str) -> bool:
    return bool(rows.live(world))


def live_incidents(world: Any, caller: str) -> list[Row]:
    """What is broken now and for how many, what members have told beside it, and that it may be something else."""
    member = the_member(world, caller)
    broken = [Row(str(one.item_id), f"{one.title}: {one.many}") for one in rows.live(world)[:LIVE_MOST]]
    told = [Row(str(one.id), f"{title_of(one)}: {one.supporters + 1}") for one in told_by_members(world, member)]
    return [*broken, *told, Row(ELSE, world.phrases.text(MORE, member.language))]


def have_it_too(world: Any, caller: str, incident: str) -> MeTooNoted | MeTooLate | AProblem | SomethingElse | WorksAgain:
    """A voice of its own on what is broken: counted at once, for nothing is won by it, and never braked, for all say it in one hour. What a member
    has told is read first.
    """
    if incident == ELSE:
        return SomethingElse()
    member, found = the_member(world, caller), next((one for one in rows.live(world) if str(one.item_id) == incident), None)
    if found is None:
        told = next((one for one in told_by_members(world, member) if str(one.id) == incident), None)
        return AProblem(ItemNumber(told.number)) if told else WorksAgain()
    item = _counted(world, items.lock(world, found.item_id), member)
    if found.fixed_by <= world.now():
        return MeTooLate(Title(found.title), Votes(item.supporters))
    return MeTooNoted(Title(found.title), Votes(item.supporters), meets(world, found.fixed_by, member.language))


def _counted(world: Any, item: Item, member: Member) -> Item:
    items.put_vote(world, item.id, member.voice, choice=1, group_id=counted_with(world, member), counts_from=world.now())
    return recount(world, item)


# For staff.


def open_incident(world: Any, title: str, hours: int, by: str, key: str) -> str | None:
    """The number of what is broken, or None when as many as fit the screen are open already."""
    assert FIX_HOURS[0] <= hours <= FIX_HOURS[1], "the form has asked"
    if (known := items.by_key(world, key)) is not None:
        return known.number
    if len(rows.live(world)) >= LIVE_MOST:
        return None
    said, number = alphabet.plain(title.strip())[:TITLE_MOST], next_free(world)
    id = items.add(
        world, key=key, number=number, kind="problem", topic=INCIDENT, words=said, state="open", phone="", about="", channel="console",
        shown="name", language=world.organisation.language,
    )  # fmt: skip
    rows.add(world, id, world.now() + dt.timedelta(hours=hours), by)
    voice_rows.add_change(world, id, "new", "open", by, f"to work again in {hours} hours")
    return number


def promise_anew(world: Any, item: Item, hours: int, by: str) -> bool:
    """Another hour is named: who has it too finds that under 9."""
    until = world.now() + dt.timedelta(hours=hours)
    if item.state not in OPEN or not rows.promise(world, item.id, until):
        return False
    change = voice_rows.add_change(world, item.id, item.state, item.state, by, f"> {world.organisation.local(until):%d.%m. %H:%M}")  # read in any language
    voice_rows.bring(world, change, item.id, items.voters(world, [item.id], (1,)), texted=False)
    return True


def join_case(world: Any, case: Item, item: Item, by: str) -> bool:
    """What a member said is wrong is this: they count, and hear it like the others. The case stays theirs to close, shown to all or not."""
    case = items.lock(world, case.id)
    member = members.by_ids(world, [case.member_id]).get(case.member_id) if case.member_id else None
    if member is None or not is_case(case) or case.state not in ("new", "open", "looked_at") or item.state not in OPEN:
        return False
    _counted(world, items.lock(world, item.id), member)
    if case.state != "looked_at":
        states.go(world, case, "looked_at", by)
    return True


def signals(world: Any) -> list[Signal]:
    """What went wrong in this hour beside what is usual, and how members feel about it."""
    now = world.now()
    hour, week, hours = now - dt.timedelta(hours=1), now - dt.timedelta(days=USUAL_DAYS), USUAL_DAYS * 24
    lately, before = rows.said_wrong(world, hour), rows.said_wrong(world, week)
    told = [Signal(f"Said to be wrong: {WRONG.get(topic, topic)}", lately.get(topic, 0), before[topic] / hours) for topic in before]
    told.append(Signal("Calls asked for", rows.calls_asked(world, hour), rows.calls_asked(world, week) / hours))
    told.append(Signal("SMS that did not arrive", rows.texts_lost(world, hour), rows.texts_lost(world, week) / hours))
    told.append(Signal("Rated 1 or 2 of 5", stars.unhappy_since(world, hour), stars.unhappy_since(world, week) / hours))
    bad, usual = (wish_rows.wished_since(world, "not_good", since) for since in (hour, week))
    told.append(Signal("What was done is said to be not good", bad, usual / hours))
    return sorted(told, key=lambda one: (not one.is_spike, -one.now))
