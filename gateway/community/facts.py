"""What can be told about the words of members, to those who answer them. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.community.helping import rows as helping
from gateway.community.items import rows
from gateway.community.items.model import LATE_DAYS, Item
from gateway.community.model import ANSWER_HOURS
from gateway.members import rows as members
from gateway.members.log import hidden

QUESTIONS_SEEN = 200  # without an answer; more is a day on which nobody helped
PAGE = 50  # lines of the inbox on a page
TOPICS = {
    "wrong_amount": "Wrong amount",
    "wrong_person": "Wrong person",
    "not_me": "It was not me",
    "missing": "Money is missing",
    "in_words": "In their words",
    "stays_private": "In their words, not for all",
    "": "",
}


@dataclass(frozen=True)
class Lane:
    """What waits for a person, with what was promised of it: by kind, because each has its own clock."""

    name: str
    kinds: tuple[str, ...]
    hours: int
    waiting: int
    overdue: int
    oldest: dt.datetime | None


LANES = {  # name -> (kinds, hours within which a person looks)
    "Problems": (("wrong", "problem", "unsorted"), ANSWER_HOURS), "Questions": (("question",), 24), "Ideas": (("idea", "statement"), 24 * LATE_DAYS["look"]),
    "Praise": (("praise",), 24),
}  # fmt: skip


def lanes(world: Any) -> list[Lane]:
    """The four of them. A question counts as long as nobody has answered it: helpers are asked first, staff see what they could not solve."""
    found, now = [], world.now()
    for name, (kinds, hours) in LANES.items():
        late = now - dt.timedelta(hours=hours)
        if kinds == ("question",):
            open_ = helping.unanswered(world, QUESTIONS_SEEN)
            times = [one.made_at for one in open_]
            waiting, overdue, oldest = len(times), sum(at < late for at in times), min(times, default=None)
        else:
            waiting, overdue, oldest = rows.unread(world, kinds, late)
        found.append(Lane(name, kinds, hours, waiting, overdue, oldest))
    return found


@dataclass(frozen=True)
class Said:
    """A line of a list: what was said, by whom, of the number only the end. Who wants to be hidden is."""

    item: Item
    name: str
    number: str
    topic: str


def inbox(world: Any, *, before: int | None = None, kinds: Sequence[str] = (), states: Sequence[str] = (), most: int = PAGE) -> list[Said]:
    return told(world, rows.page(world, before=before, most=most, kinds=kinds, states=states))


def told(world: Any, some: Sequence[Item]) -> list[Said]:
    who = members.by_ids(world, [one.member_id for one in some if one.member_id])
    return [
        Said(one, "sealed" if one.shown == "sealed" else who[one.member_id].name if one.member_id in who else "not a member",
             "" if one.shown == "sealed" else hidden(one.phone), TOPICS.get(one.topic, one.topic))
        for one in some
    ]  # fmt: skip
