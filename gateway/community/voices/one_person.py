"""One person, one voice, with two accounts too: a person at the console looks at who may be one, says so, and both are told. No machine decides it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.items import rows as items
from gateway.community.items.verbs import recount
from gateway.community.voices import pair_rows as rows
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.records.verbs import write_text
from menus.book import notices

TOGETHER = dt.timedelta(minutes=10)  # within which two votes on one thing may be one hand
LOOKED_BACK = dt.timedelta(days=180)  # votes that are compared
ALIKE_LEAST = 2  # votes alike and together, from which a person looks


@dataclass(frozen=True)
class Pair:
    """Two accounts that may be one person's, and how often they voted alike within minutes."""

    first_id: int
    second_id: int
    alike: int


def perhaps_one(world: Any) -> list[Pair]:
    """Accounts of one name and village that vote the same on the same things within minutes: those that did so most first."""
    found, pairs = [], rows.same_name(world)
    cast = rows.votes_of(world, {id for pair in pairs for id in pair}, world.now() - LOOKED_BACK)
    for first_id, second_id in pairs:
        mine, theirs = cast[first_id], cast[second_id]
        both = mine.keys() & theirs.keys()
        alike = sum(mine[id][0] == theirs[id][0] and abs(mine[id][1] - theirs[id][1]) <= TOGETHER for id in both)
        if alike >= ALIKE_LEAST:
            found.append(Pair(first_id, second_id, alike))
    return sorted(found, key=lambda pair: (-pair.alike, pair.first_id))


def make_one(world: Any, first: Member, second: Member) -> int:
    """The second account speaks with the voice of the first from now on: its votes go over, but where the first has voted. How many fell away; both
    accounts are told, and what they own stays apart.
    """
    for id in sorted((first.id, second.id)):  # two who press at once: the second finds it done
        if members.lock(world, id).votes_with is not None:
            return 0
    voted, fell = set(rows.all_votes_of(world, first.id)), 0
    touched = rows.all_votes_of(world, second.id)
    for item_id in touched:
        items.lock(world, item_id)
        if item_id in voted:
            rows.drop_vote(world, item_id, second.id)
            fell += 1
        else:
            rows.move_vote(world, item_id, second.id, first.id)
    rows.join_voices(world, second.id, first.id)
    if first.guest != second.guest:  # whoever is on the roll with one account is a member
        members.set_guest(world, first.id, False)
    again = voted if first.guest else set(touched)
    theirs = [one for one in items.by_ids(world, [*voted, *touched]).values() if one.id in again | set(touched) or one.member_id == second.id]
    for root_id in sorted({one.root_id for one in theirs}):
        recount(world, items.lock(world, root_id))
    for one in (first, second):
        words = world.phrases.say(notices.ONE_VOICE, one.language, coop=world.organisation.short_name)
        key = f"voice:{first.id}:{second.id}:{one.id}:{world.now().isoformat()}"
        write_text(world, key=key, number=one.number, kind="service", words=words, member_id=one.id, about="report", hours=one.hours)
    return fell


def make_two(world: Any, first_id: int, second_id: int, by: str) -> None:
    """They are two people: each has a voice of their own, and nobody looks at them again."""
    rows.are_two(world, first_id, second_id, by)
    for id in (first_id, second_id):
        rows.join_voices(world, id, None)


def names(world: Any, pairs: list[tuple[int, int]]) -> dict[int, Member]:
    return members.by_ids(world, sorted({id for pair in pairs for id in pair}))
