"""What is said without a name, and who can open it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gateway.community.items.model import AnswerWords, ItemNumber, StateName

SEALED = "sealed"  # what such an item is about, and its channel
MIX = 3  # as many members at least, before anybody reads a word: then nobody knows which of them wrote what
REST = dt.timedelta(minutes=30)  # how long the newest has waited by then: its call and what is left of it in Redis are gone
HALF_KEPT = dt.timedelta(days=7)  # how long one half of a name lies open for the other
HOLDERS = 2
NUMBERS = range(5_000, 10_000)  # from which numbers are drawn; those that are counted up begin at a hundred
APART = 500  # how far above the last counted number one is drawn at least


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


class OneWaits: ...


@dataclass(frozen=True)
class Sealed:
    number: ItemNumber


@dataclass(frozen=True)
class ASealed:
    number: ItemNumber
    state: StateName
    answer: AnswerWords
