"""Who helps much may do a little more: small powers by what askers say, never by rank, and each can be undone.

Only "it helped" of the asker counts, one person and one phone once, and only when their account is no new one; what is older than half a year, taken
back or hidden counts no more. So a ring of friends wins little, and nobody rests on what they once did.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from gateway.community.items import brakes, standing_rows
from gateway.community.items.model import NEW_ACCOUNT_DAYS
from gateway.members.model import Member
from gateway.records.model import phone_of

DAYS = 180  # in which help counts
LEVELS = (3, 8, 20)  # people helped, from which each level holds
JOIN, CHECK, REPORT = 1, 2, 3  # from which level: joins questions asked twice; alone says that a tip is right; a report counts for two
REPORT_WEIGHT = 2
POWERS = "powers"  # the switch of all of them


def level_of(helped: int) -> int:
    """Which level so many people make.

    >>> [level_of(helped) for helped in (0, 2, 3, 7, 8, 19, 20, 500)]
    [0, 0, 1, 1, 2, 2, 3, 3]
    """
    return sum(helped >= least for least in LEVELS)


def people_helped(world: Any, member_ids: Iterable[int]) -> dict[int, int]:
    """Helper -> people who said that it helped, as they count here. Who helped nobody is not in it."""
    now = world.now()
    since, askers_from = now - dt.timedelta(days=DAYS), now - dt.timedelta(days=NEW_ACCOUNT_DAYS)
    thanked = standing_rows.helped_by_asker(world, member_ids, since, askers_from)
    phones = {(helper, phone_of(phone)) for helper, asker, phone in thanked if helper != asker}
    people = {(helper, asker) for helper, asker, _ in thanked if helper != asker}
    by_phone, by_person = Counter(helper for helper, _ in phones), Counter(helper for helper, _ in people)
    return {helper: min(by_phone[helper], by_person[helper]) for helper in by_person}


def levels(world: Any, member_ids: Iterable[int]) -> dict[int, int]:
    """Member -> their level; nobody has one while powers are switched off, nor who was asked to rest theirs."""
    if brakes.rests(world, POWERS):
        return {}
    some = set(member_ids)
    resting = standing_rows.resting(world, some)
    return {id: level_of(helped) for id, helped in people_helped(world, some).items() if id not in resting}


def may(world: Any, member_id: int, power: int) -> bool:
    key = ("level", member_id)
    if key not in world.seen:
        world.seen[key] = levels(world, [member_id]).get(member_id, 0)
    return int(world.seen[key]) >= power


def signed(member: Member) -> str:
    """How what a helper did alone is signed, so that it can be counted and looked at."""
    return f"helper {member.code}"
