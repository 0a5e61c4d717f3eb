"""What is said without a name, and who can open it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gateway.community.items.model import AnswerWords, ItemNumber, StateName

SEALED = "sealed"  # what such an item is about, and its channel
MIX = 3  # as many members at least, before anybody reads a word: then nobody knows which of them wrote what
STEP = dt.timedelta(minutes=30)  # since when something waits is said in these steps only
REST = dt.timedelta(minutes=30)  # how long it has waited by then: its call and what is left of it in Redis are gone
HALF_KEPT = dt.timedelta(days=7)  # how long one half of a name lies open for the other
HOLDERS = 2
NUMBERS = range(1_000, 10_000)  # from which numbers are drawn, before their check digit; the counter leaves out what was drawn


@dataclass(frozen=True)
class Key:
    """A holder's key. `private` opens with the passphrase that only its holder knows."""

    id: int
    login: str
    public: str
    private: str
    salt: str
    made_at: dt.datetime


@dataclass(frozen=True)
class Name:
    """An author's name in two halves, each sealed with one key."""

    item_id: int
    first_key: int
    first_box: str
    second_key: int
    second_box: str
    opened_at: dt.datetime | None
    opened_by: str
    why: str

    @property
    def boxes(self) -> dict[int, str]:
        """Key -> the half that it opens."""
        return {self.first_key: self.first_box, self.second_key: self.second_box}


# What came of it.


class CanSeal: ...


class CannotSeal: ...


class NotTakenNow:
    """Something of this member waits already, or there is no number: the two are not told apart, for whoever holds the phone would learn of it."""


@dataclass(frozen=True)
class Opened:
    """A name, and whether its author could be told."""

    name: str
    told: bool


@dataclass(frozen=True)
class Sealed:
    number: ItemNumber


@dataclass(frozen=True)
class ASealed:
    number: ItemNumber
    state: StateName
    answer: AnswerWords


def in_steps(moment: dt.datetime) -> dt.datetime:
    """The next full step: what is kept of a moment.

    >>> str(in_steps(dt.datetime(2026, 11, 26, 9, 12)))
    '2026-11-26 09:30:00'
    """
    past = dt.timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond) % STEP
    return moment + (STEP - past) if past else moment
