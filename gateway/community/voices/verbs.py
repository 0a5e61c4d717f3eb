"""What a member says of themselves, if they like; the thank-you board; and, for those who look after all, whose voice is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import rows as groups
from gateway.community.voices import challenges, rows
from gateway.community.voices.model import (
    AGES,
    BOARD_SHOWN,
    FEWEST,
    FIRST_USERS,
    FIRST_VOICES,
    NOT_SAID,
    OTHERS_TOOK,
    PART_DAYS,
    SEXES,
    VOICE_DAYS,
    WAYS,
    Ahead,
    Lead,
    Part,
    TraitForgotten,
    TraitKept,
    TraitName,
    leads,
)
from gateway.members import rows as members
from gateway.members.model import Member, short
from gateway.members.verbs import the_member
from menus.phrasebook import Row

NAMES = {  # as a phone says them; each is in the catalogue
    "woman": "woman", "man": "man", "under_25": "under 25", "25_to_40": "25 to 40", "41_to_60": "41 to 60", "over_60": "over 60",
}  # fmt: skip
VILLAGES_SHOWN = 40
LEADS_SHOWN = 20


def say_trait(world: Any, caller: str, trait: str) -> TraitKept | TraitForgotten:
    """Keep what a member says of themselves, for numbers only; `-` forgets all of it."""
    member = the_member(world, caller)
    if trait == NOT_SAID:
        rows.forget_traits(world, member.id)
        return TraitForgotten()
    assert trait in SEXES, "the menu has no other"
    return _keep(world, member, "sex", trait)


def say_age(world: Any, caller: str, age: str) -> TraitKept:
    """In spans of years: nobody needs the day."""
    assert age in AGES, "the menu has no other"
    return _keep(world, the_member(world, caller), "age", age)


def _keep(world: Any, member: Member, name: str, said: str) -> TraitKept:
    rows.put_trait(world, member.id, **{name: said})
    return TraitKept(TraitName(world.phrases.text(NAMES[said], member.language)))


class OnBoard: ...


class OffBoard: ...


def count_board(world: Any) -> int:
    """The thank-you board, counted anew by the clock, so that no call waits for it; and what is kept of those who left is forgotten."""
    rows.forget_left(world)
    return rows.write_board(world, world.now() - dt.timedelta(days=PART_DAYS), FEWEST) + challenges.count(world)


# Facts.


def my_traits(world: Any, caller: str) -> str:
    """What is kept of it, in words."""
    member = the_member(world, caller)
    said = [world.phrases.text(NAMES[one], member.language) for one in rows.traits_of(world, member.id) if one]
    return ", ".join(said) or str(world.phrases.text("nothing yet", member.language))


def groups_taking_part(world: Any, caller: str) -> list[Row]:
    """Groups by how many of a hundred took part in the last month: small ones stand beside big ones."""
    some = rows.best(world, "group", BOARD_SHOWN)
    named = groups.by_ids(world, [ref for ref, _, _ in some])
    return [Row(str(ref), f"{named[ref].name}: {round(100 * count / of)}%") for ref, count, of in some if ref in named]


def turn_board(world: Any, caller: str) -> OnBoard | OffBoard:
    """Whether one's first name may stand on the board: only who says so, and as long as they say so."""
    member = the_member(world, caller)
    now = not rows.on_board(world, [member.id])
    members.change_member(world, member.id, on_board=now)
    return OnBoard() if now else OffBoard()


def show_me(world: Any, caller: str) -> str:
    member = the_member(world, caller)
    return str(world.phrases.text("Hide me" if rows.on_board(world, [member.id]) else "Show me", member.language))


def most_thanked(world: Any, caller: str) -> list[Row]:
    """Who was thanked most in the last month, of those who said that they may stand there."""
    some = rows.best(world, "member", BOARD_SHOWN)
    agreed = rows.on_board(world, [ref for ref, _, _ in some])  # who has thought better of it since the board was counted
    some = [one for one in some if one[0] in agreed]
    known = members.by_ids(world, [ref for ref, _, _ in some])
    return [Row(str(ref), f"{short(known[ref].name)}: {count}") for ref, count, _ in some if ref in known]


def heard(world: Any) -> tuple[list[tuple[str, list[Part]]], int, int]:
    """(by what, its parts) for sex, age, the way to the office and village; all members, all votes. What nobody said is a part of its own, called ''."""
    since = world.now() - dt.timedelta(days=VOICE_DAYS)
    found: list[tuple[str, list[Part]]] = []
    everybody = votes = 0
    for name, order in (("sex", SEXES), ("age", AGES), ("way", WAYS), ("village", ())):
        counted = rows.parts(world, rows.BY[name], since)
        everybody, votes = sum(one[0] for one in counted.values()), sum(one[2] for one in counted.values())
        listed = [part for part in order if part in counted] if order else sorted(filter(None, counted), key=lambda part: -counted[part][0])[:VILLAGES_SHOWN]
        found.append((name, [Part(part, *counted[part]) for part in [*listed, *([""] if "" in counted else [])]]))
    return found, everybody, votes


def lead_members(world: Any) -> list[Lead]:
    """Whom to talk with first, and why."""
    hits, support = rows.own_hits(world, rows.best_tenth(world)), rows.early_support(world, FIRST_VOICES)
    first, taken = rows.first_uses(world, FIRST_USERS), rows.taken_up(world, OTHERS_TOOK)
    some = {id for id, (done, _) in hits.items() if done} | set(support) | set(taken)  # who was only among the first users leads nobody
    uses = rows.uses(world, sorted(some), world.now() - dt.timedelta(days=VOICE_DAYS))
    ahead = {id: Ahead(hits.get(id, (0, 0)), support.get(id, 0), first.get(id, 0), taken.get(id, 0), uses.get(id, 0)) for id in some}
    return leads(ahead, LEADS_SHOWN)
