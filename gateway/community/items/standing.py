"""Who helps much may do a little more: small powers by what askers say, never by rank, and each can be undone.

Only "it helped" of the asker counts. One asker counts twice at most, and only when their account is no new one; what is older than half a
year counts no more. So a ring of friends wins little, and nobody rests on what they once did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from gateway.community.items import brakes, standing_rows
from gateway.community.items.model import NEW_ACCOUNT_DAYS

DAYS = 180  # in which help counts
PAIR_MOST = 2  # times that one asker counts for one helper
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
    now, found = world.now(), dict[int, int]()
    since, askers_from = now - dt.timedelta(days=DAYS), now - dt.timedelta(days=NEW_ACCOUNT_DAYS)
    for helper, asker, times in standing_rows.helped_by_asker(world, member_ids, since, askers_from):
        if helper != asker:
            found[helper] = found.get(helper, 0) + min(times, PAIR_MOST)
    return found


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
