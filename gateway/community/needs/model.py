"""A need and what is set apart for it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from gateway.community.items.model import Few, ItemNumber, ItemWords
from gateway.ledger.model import Money, Worth
from gateway.members.model import Day, ShortName

HELD_DAYS = 30  # then what nobody has earned goes back by itself
OPEN_MOST = 3  # of one member: what is set apart cannot be lived on
OFFERS_A_DAY = 5  # of one member, who can do so many things in a day
OFFERS_SHOWN = 14
RETRY_HOURS = 1  # times how often a way out was refused before: so long it rests before it is asked for again

RewardState = Literal["held", "paid", "returned"]


@dataclass(frozen=True)
class Reward:
    """What is set apart for a need: by which transfer, until when, whose it became, in points or not.
    `out_id` is the transfer that took it out again.
    """

    item_id: int
    transfer_id: int
    amount: int
    state: RewardState
    until: dt.datetime
    member_id: int
    winner_id: int | None
    out_id: int | None
    tries: int
    in_points: bool


@dataclass(frozen=True)
class NeedShown:
    words: ItemWords
    from_name: ShortName
    amount: Worth
    day: Day
    offers: Few


@dataclass(frozen=True)
class Offered:
    from_name: ShortName
    amount: Worth


class NeedsOpen: ...


class OfferedAlready: ...


class OwnNeed: ...


class NeedOver: ...


@dataclass(frozen=True)
class NeedQuoted:
    amount: Worth
    fee: Money
    to_name: ShortName


@dataclass(frozen=True)
class TooManyNeeds:
    most: Few


class NotSoMuch: ...


@dataclass(frozen=True)
class NeedUp:
    number: ItemNumber
    amount: Worth
    day: Day


@dataclass(frozen=True)
class NeedWaits:
    number: ItemNumber
    amount: Worth


@dataclass(frozen=True)
class MyNeedShown:
    words: ItemWords
    amount: Worth
    day: Day
    offers: Few


@dataclass(frozen=True)
class DoerShown:
    to_name: ShortName
    amount: Worth
    fee: Money


@dataclass(frozen=True)
class DoerPaid:
    to_name: ShortName
    amount: Worth


@dataclass(frozen=True)
class NeedTakenBack:
    amount: Worth


@dataclass(frozen=True)
class SomebodyOffered:
    day: Day
