"""Money in and out as values: what may come of a withdrawal, an advance, a delivery. Standard library only."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gateway.ledger.model import Money, number
from gateway.members.model import Day, PlaceName, ShortName, Tail

APPROVAL_HOURS = 24  # how long a wish of one person waits for the other
DISPUTE_HOURS = 72  # how long the receiver is asked before a person decides
DISPUTE_DAYS = 1  # how old a payment may be that a member asks back: a day, as M-Pesa's 456 has it
DISPUTES_MOST = 3  # open at once, of one member
ADVANCE_SHARE = 2  # an advance is at most one part in so many of what the produce due is worth
AIRTIME_LEAST, AIRTIME_MOST = 5, 1_000  # in whole units, as the networks sell it
AIRTIME_TRIES = 3  # tries of an order that surely did not reach the provider
STANDING_MOST = 5  # active standing orders of one member
STANDING_FAILURES = 3  # failed runs in a row before one stops by itself
BULK_LINES = 5_000  # of one file
THOUSAND = 1_000


class Kilos(str):
    """A quantity with its unit."""

    longest = "9,999.9 kg"


class HomeNumber(str):
    longest = "0712345678"


class Count(int):
    longest = "99"


def quantity(thousandths: int, unit: str) -> Kilos:
    """
    >>> quantity(42_500, "kg"), quantity(7_000, "l")
    ('42.5 kg', '7 l')
    """
    whole, broken = divmod(thousandths, THOUSAND)
    return Kilos(f"{number(whole, f'{broken:03}'.rstrip('0'))} {unit}")


def worth(thousandths: int, price: int) -> int:
    """So many thousandths of a unit at a price for the unit, in minor units, half of one rounded up."""
    return (thousandths * price + THOUSAND // 2) // THOUSAND


def hash_of(payload: Mapping[str, Any]) -> str:
    return hashlib.sha256(written(payload).encode()).hexdigest()


def written(payload: Mapping[str, Any]) -> str:
    return json.dumps(payload, sort_keys=True, separators=(",", ":"))


def next_run(first: dt.datetime, every: str, runs: int) -> dt.datetime:
    """When a standing order runs for the so-many-th time: counted from its first day, so that a short month moves nothing.

    >>> [next_run(dt.datetime(2026, 1, 31), "month", n).strftime("%d %b") for n in range(4)]
    ['31 Jan', '28 Feb', '31 Mar', '30 Apr']
    """
    if every == "week":
        return first + dt.timedelta(weeks=runs)
    year, month = divmod(first.year * 12 + first.month - 1 + runs, 12)
    last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return first.replace(year=year, month=month + 1, day=min(first.day, last))


@dataclass(frozen=True)
class Approval:
    """What one person asked for and another decides."""

    id: int
    action: str
    subject: str
    payload: dict[str, Any]
    payload_hash: str
    maker: str
    checker: str | None
    state: Literal["waiting", "done", "failed", "refused", "expired"]
    said: str
    made_at: dt.datetime
    decided_at: dt.datetime | None
    expires_at: dt.datetime


# Outcomes. Their fields are the words that the next screen may say.


class NoSuchPlace: ...


class FreeToLeave: ...


class StillThere: ...


class StillOwed: ...


class LeftUs: ...


class NothingDue: ...


class TooLate: ...


class TooMany: ...


class NotThatMuch: ...


class Stopped: ...


class Confirmed: ...


class Kept: ...


class Nobody: ...


class AlreadyAsked: ...


class NotAnAgent: ...


ASKS_MOST = 16  # letters of what the number on a bill is called, so that its screen has room
BILL_LEAST, BILL_MOST = 5, 16  # signs of it: four digits may be a PIN in the wrong place


class AskName(str):
    longest = "x" * ASKS_MOST


class Signs(int):
    longest = "16"


@dataclass(frozen=True)
class Biller:
    """A place whose bills have numbers: what these are called, and how many signs they have."""

    account_id: int
    asks_en: str
    asks_sw: str
    least: int
    most: int


@dataclass(frozen=True)
class FoundBill:
    place: PlaceName
    asks: AskName


@dataclass(frozen=True)
class BillNumberWrong:
    least: Signs
    most: Signs


class BillFine: ...


@dataclass(frozen=True)
class FoundPlace:
    """A group, a shop, an agent: who gets the money, by name."""

    place: PlaceName


@dataclass(frozen=True)
class Offered:
    """What an advance could be, and what is still owed."""

    can_get: Money
    owed: Money


@dataclass(frozen=True)
class Offerable:
    """It can be done, for this fee."""

    fee: Money


@dataclass(frozen=True)
class QuotedStanding:
    """What each payment of a standing order costs, and when the first is due."""

    fee: Money
    next_day: Day


@dataclass(frozen=True)
class Mine:
    """The caller's own number, as people write it at home."""

    number: HomeNumber


@dataclass(frozen=True)
class Ordered:
    """A standing order is made."""

    next_day: Day


@dataclass(frozen=True)
class AskedBack:
    """The receiver has been asked; so much of it is held."""

    held_back: Money
    due_day: Day
    to_name: ShortName


@dataclass(frozen=True)
class KilosOfDay:
    """All that was brought on one day."""

    day: Day
    kilos: Kilos
    worth: Money
    clerk: ShortName
    centre: ShortName


@dataclass(frozen=True)
class NothingThatDay:
    day: Day


class NoSuchDay: ...


@dataclass(frozen=True)
class Delivered:
    """A delivery from close by."""

    day: Day
    kilos: Kilos
    worth: Money
    clerk: ShortName
    centre: ShortName


@dataclass(frozen=True)
class GivingBack:
    """A payment that somebody asks back: what is held of it, and by whom it was sent."""

    amount: Money
    to_name: ShortName
    tail: Tail
    day: Day
    fee: Money


@dataclass(frozen=True)
class Parts:
    parts: Count
