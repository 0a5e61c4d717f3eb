"""What is kept of our promises, counted from what happened. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.items import rows, voice_rows
from gateway.community.items.model import ANSWER_FROM, ANSWER_GROUPS, LATE_DAYS, Item

SPAN_DAYS = 90  # of which promises are counted
ITEMS_MOST = 5_000
ANSWERED = ("planned", "trying", "done", "declined", "already_there")
SEEN = ("looked_at", "merged", *ANSWERED)


@dataclass(frozen=True)
class Kept:
    """How many times a promise fell due in these days, and how often it was kept in time."""

    due: int
    kept: int
    overdue: tuple[Item, ...]

    @property
    def share(self) -> int:
        """Of a hundred; what never fell due was never broken."""
        return 100 if not self.due else round(100 * self.kept / self.due)


def looked_at_in_time(world: Any) -> Kept:
    """Every idea is read by a person within three days."""
    now, span = world.now(), dt.timedelta(days=LATE_DAYS["look"])
    some = _ideas(world)
    seen = voice_rows.first_reached(world, SEEN, now - dt.timedelta(days=SPAN_DAYS))
    return _kept([(one, seen.get(one.id), one.made_at + span) for one in some], now)


def answered_in_time(world: Any) -> Kept:
    """What many support, or several groups, has an official answer within fourteen days."""
    now, span = world.now(), dt.timedelta(days=LATE_DAYS["answer"])
    groups = rows.groups_for(world, [one.id for one in _ideas(world) if ANSWER_GROUPS <= one.supporters < ANSWER_FROM])
    wanted = [one for one in _ideas(world) if one.supporters >= ANSWER_FROM or groups.get(one.id, 0) >= ANSWER_GROUPS]
    answered = voice_rows.first_reached(world, ANSWERED, now - dt.timedelta(days=SPAN_DAYS))
    return _kept([(one, answered.get(one.id), one.made_at + span) for one in wanted], now)


def _ideas(world: Any) -> list[Item]:
    """What members said in these days, read once in a turn."""
    key = ("ideas of promises",)
    if key not in world.seen:
        since = world.now() - dt.timedelta(days=SPAN_DAYS)
        some = rows.page(world, before=None, most=ITEMS_MOST, kinds=("idea", "problem"))
        world.seen[key] = [one for one in some if one.made_at >= since and one.state != "withdrawn"]
    found: list[Item] = world.seen[key]
    return found


def _kept(some: list[tuple[Item, dt.datetime | None, dt.datetime]], now: dt.datetime) -> Kept:
    due = [(one, done, by) for one, done, by in some if by <= now or (done is not None and done <= by)]
    kept = sum(done is not None and done <= by for _, done, by in due)
    return Kept(len(due), kept, tuple(one for one, done, by in due if done is None))


def kept_look(world: Any, caller: str) -> int:
    return looked_at_in_time(world).share


def kept_answer(world: Any, caller: str) -> int:
    return answered_in_time(world).share
