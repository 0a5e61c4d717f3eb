"""What members say, and what becomes of it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from gateway.community.items.model import ItemNumber, Title
from gateway.ledger.model import Ref
from gateway.members.model import Day, PlaceName, ShortName

SMS_KEYS = ("sms-", "text:")  # how the keys of what comes by SMS begin
ANSWER_HOURS = 24  # a person looks at what is wrong within this
CALL_HOURS = 24  # within this a member who asked is called
ANSWER_DAYS = 3  # a person reads an idea within this


class Thing(str):
    """What has no number of its own: its kind and its id, carried and never said."""

    longest: ClassVar[str] = "notice-" + "9" * 19
    never_cut = True


class CaseNumber(str):
    """The number of something said, the last digit a check digit."""

    longest: ClassVar[str] = "12345"


@dataclass(frozen=True)
class Opened:
    case: CaseNumber
    hours: int


@dataclass(frozen=True)
class OpenedHere:
    """Its author may let all see it."""

    case: CaseNumber
    hours: int
    item: ItemNumber


@dataclass(frozen=True)
class OpenedFor:
    case: CaseNumber
    ref: Ref
    hours: int


@dataclass(frozen=True)
class NoSuchRef:
    ref: Ref


@dataclass(frozen=True)
class Shared:
    """An idea is kept; `days` is when a person has read it."""

    case: CaseNumber
    days: int


@dataclass(frozen=True)
class SharedAlike:
    """Kept, and like one that was there."""

    case: CaseNumber
    number: ItemNumber
    title: Title


@dataclass(frozen=True)
class SharedLater:
    """Kept, and a person looks at it before others see it."""

    case: CaseNumber


@dataclass(frozen=True)
class TooMany:
    most: int


class NotYours: ...


class CaseState(str):
    """What became of a case, in a few words."""

    longest: ClassVar[str] = "umesomwa na mtu tayari"


@dataclass(frozen=True)
class Callback:
    """Somebody who waits to be called."""

    id: int
    member_id: int
    phone: str
    about: str
    made_at: dt.datetime
    due_at: dt.datetime
    tries: int


@dataclass(frozen=True)
class InLine:
    in_line: int
    hours: int


@dataclass(frozen=True)
class InLineAlready:
    in_line: int
    hours: int


@dataclass(frozen=True)
class ACase:
    item: ItemNumber
    case: CaseNumber
    state: CaseState
    day: Day


@dataclass(frozen=True)
class AnItem:
    item: ItemNumber


class IsCase: ...


class IsProblem: ...


class IsIdea: ...


class IsQuestion: ...


class IsTip: ...


class IsNeed: ...


class IsNews: ...


@dataclass(frozen=True)
class AGroup:
    place: PlaceName


@dataclass(frozen=True)
class AShop:
    place: PlaceName


@dataclass(frozen=True)
class AMember:
    to_name: ShortName


class NothingThere: ...


@dataclass(frozen=True)
class DidYouMean:
    """Nothing has that number; one that is a slip of the thumb away has something that all see."""

    item: ItemNumber
    title: Title
