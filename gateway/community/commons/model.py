"""Rules, tools, rides and work days, buying together. Frozen values and limits; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.community.model import Thing
from gateway.ledger.model import Money
from gateway.members.model import Day, PhoneAtHome, PlaceName, ShortName

RULES_MOST = 9  # of a group: more nobody remembers
RULE_MOST = 60  # letters
TOOLS_MOST = 5  # of one member in one group
TOOL_MOST = 20
ASKS_A_DAY = 3  # tools that one member may ask for
ANSWER_DAYS = 2  # in which an owner answers; then the tool is free again
BUYS_OPEN = 3  # of a group at once
BUY_MOST = 20
PEOPLE = range(2, 61)
SHARE_LEAST, SHARE_MOST = 20, 10_000  # of one member, in whole units
OUTINGS_MOST = 3  # rides and work days of one member in one group that are still to come
OUTING_MOST = 20  # letters
SEATS = range(1, 21)
RETRY_HOURS = 1  # times how often a way out was refused before
WAYS_TRIED = 3  # after so many refusals the group cannot take it, and each has their share back


class RowKey(str):
    """The id of a row, carried and never said."""

    longest: ClassVar[str] = "9" * 19
    never_cut = True


class ToolName(str):
    longest: ClassVar[str] = "x" * TOOL_MOST


class BuyName(str):
    longest: ClassVar[str] = "x" * BUY_MOST


class OutingName(str):
    longest: ClassVar[str] = "x" * OUTING_MOST


class Few(int):
    longest: ClassVar[str] = "99"


class RuleAdded: ...


class RuleWords(str):
    longest = "x" * RULE_MOST


@dataclass(frozen=True)
class RulePicked:
    thing: Thing
    says: RuleWords


class NewRule: ...


class RulesOfOthers: ...


class RuleGone: ...


@dataclass(frozen=True)
class RulesFull:
    most: Few


class ToolAdded: ...


class ToolGone: ...


@dataclass(frozen=True)
class ToolShown:
    thing: Thing
    tool: RowKey
    called: ToolName
    owner: ShortName
    lent: Few
    good: Few


@dataclass(frozen=True)
class ToolAsked:
    owner: ShortName


class ToolTaken: ...


@dataclass(frozen=True)
class OwnerSilent:
    owner: ShortName


@dataclass(frozen=True)
class LoanShown:
    loan: RowKey
    called: ToolName
    other: ShortName
    phone: PhoneAtHome
    due: Day


class LoanRated: ...


@dataclass(frozen=True)
class Buy:
    id: int
    group_id: int
    member_id: int
    title: str
    amount: int
    wanted: int
    until: dt.datetime
    state: Literal["open", "filled", "back"]
    supplier_id: int | None = None


@dataclass(frozen=True)
class GroupIsPaid:
    """`supplier` is the number of no shop."""

    supplier: RowKey


@dataclass(frozen=True)
class Share:
    """One member's part of a buy. `out_id` is its way out of escrow, to the group or back."""

    buy_id: int
    member_id: int
    transfer_id: int
    amount: int
    state: Literal["held", "given", "back"]
    out_id: int | None
    tries: int


@dataclass(frozen=True)
class BuyShown:
    buy: RowKey
    called: BuyName
    joined: Few
    wanted: Few
    amount: Money
    fee: Money
    until: Day
    place: PlaceName


@dataclass(frozen=True)
class BuyJoined:
    amount: Money
    missing: Few


class BuyFilled: ...


class BuyOver: ...


class InItAlready: ...


class BuyStarted: ...


class BuysFull: ...


class BuyStopped: ...


@dataclass(frozen=True)
class Outing:
    """A ride, or a day of work, and for how many. `day` is a local date (ISO 8601)."""

    id: int
    group_id: int
    member_id: int
    kind: Literal["ride", "work"]
    title: str
    day: str
    seats: int
    state: Literal["open", "off"]


class OutingOffered: ...


@dataclass(frozen=True)
class OutingsMany:
    most: Few


@dataclass(frozen=True)
class OutingShown:
    outing: RowKey
    called: OutingName
    owner: ShortName
    due: Day
    taken: Few
    seats: Few


@dataclass(frozen=True)
class OutingComing:
    owner: ShortName
    phone: PhoneAtHome
    due: Day


class OutingStays: ...


class OutingFull: ...


@dataclass(frozen=True)
class InsteadAsked:
    to_name: ShortName


class InsteadNot:
    """Comes already, shares a phone, or wants no such SMS."""


class OutingOver: ...


class OutingCalledOff: ...


@dataclass(frozen=True)
class ComesAlong:
    """Who has a place in what the caller offers, and their number: it was given with the place."""

    from_name: ShortName
    phone: PhoneAtHome
    called: OutingName
    due: Day


@dataclass(frozen=True)
class OffTold:
    """What the caller wanted to come to is called off; whom to ask."""

    owner: ShortName
    phone: PhoneAtHome
    called: OutingName
    due: Day


@dataclass(frozen=True)
class InsteadTold:
    """Somebody comes instead of the caller."""

    from_name: ShortName
    called: OutingName
    due: Day


@dataclass(frozen=True)
class NotInsteadTold:
    from_name: ShortName
    called: OutingName
    due: Day
