"""What is promised of a change and what members wish of it: tried first, wait, good, the old back. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from gateway.community.items.model import ItemNumber, ItemWords, Votes
from gateway.members.model import Day

GUESS_MOST = 40  # letters of what is expected of a trial
OWNER_MOST, COST_MOST, STOP_MOST = 30, 40, 60  # letters of who sees to a change, what it costs, what stops its trial: each is read on a phone
PLAN_DAYS_MOST = 730  # ahead: a later day is a slip of the finger, and nobody would wait for it
PAUSE_PERCENT = 10  # of those who try a change: so many who say wait hold it up until they are answered
ENOUGH_LEAST, AGAIN_LEAST = 3, 10
PAUSE_LEAST = 2  # members who say wait; one alone is talked with, and holds nobody up
COMING = ("planned", "trying")
ANSWERED_BY_STAFF = ("wait", "back")  # wishes that want an answer


class OwnerName(str):
    longest: ClassVar[str] = "x" * OWNER_MOST


class CostWords(str):
    longest: ClassVar[str] = "x" * COST_MOST


class Expected(str):
    """What is expected of a trial, in a sentence behind others; nothing where nobody has said it."""

    longest: ClassVar[str] = " Tunatarajia: " + "x" * GUESS_MOST


class StopWords(str):
    longest: ClassVar[str] = "x" * STOP_MOST


@dataclass(frozen=True)
class Plan:
    """What is promised of a change that is planned or tried: by which day, who sees to it, what it costs; what stops a trial, and what is expected of
    it, said before anybody knows.
    """

    due: dt.date
    owner: str
    cost: str
    stop: str = ""
    guess: str = ""

    @property
    def begin(self) -> dt.datetime:
        """Its day as a moment, for who writes days."""
        return dt.datetime.combine(self.due, dt.time())


def enough(supporters: int) -> int:
    """How many of those who wanted a change must say that it is not good, or that the old is to come back, so that a person answers: a tenth, three
    at least.

    >>> enough(4), enough(120)
    (3, 12)
    """
    return max(ENOUGH_LEAST, -(-supporters * PAUSE_PERCENT // 100))


def wanted_again(before: int) -> int:
    """So many new votes bring back what was refused: as many as it had, ten at least.

    >>> wanted_again(3), wanted_again(40)
    (10, 40)
    """
    return max(AGAIN_LEAST, before)


def pauses(waits: int, tries: int, supporters: int) -> bool:
    """Whether so many who say wait hold a change up. While nobody tries it yet, they are measured by those who wanted it.

    >>> pauses(1, 5, 0), pauses(2, 5, 0), pauses(2, 30, 0), pauses(3, 30, 0), pauses(2, 0, 40)
    (False, True, False, True, False)
    """
    return waits >= PAUSE_LEAST and 100 * waits >= PAUSE_PERCENT * (tries or supporters)


@dataclass(frozen=True)
class TriesIt:
    tries: Votes


@dataclass(frozen=True)
class WaitNoted:
    waits: Votes


@dataclass(frozen=True)
class Judged:
    good: Votes
    not_good: Votes


@dataclass(frozen=True)
class BackNoted:
    backs: Votes
    wanted: Votes
    days: int


@dataclass(frozen=True)
class ComingShown:
    item: ItemNumber
    words: ItemWords
    supporters: Votes
    day: Day
    owner: OwnerName
    cost: CostWords


@dataclass(frozen=True)
class TrialShown:
    item: ItemNumber
    words: ItemWords
    tries: Votes
    day: Day
    owner: OwnerName
    stop: StopWords
    expected: Expected
