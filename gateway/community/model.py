"""What members say, and what becomes of it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.members.model import Day, ShortName
from gateway.money.model import PlaceName

FEEDBACK_MOST = 20  # things one member may say in a day; more is a stuck key or a script
ANSWER_HOURS = 24  # a person looks at what is wrong within this
CALL_HOURS = 24  # within this a member who asked is called
ANSWER_DAYS = 3  # a person reads an idea within this

FeedbackKind = Literal["idea", "wrong", "unsorted"]


class CaseNumber(str):
    """The number of something said, the last digit a check digit."""

    longest: ClassVar[str] = "12345"


@dataclass(frozen=True)
class Feedback:
    id: int
    number: str
    kind: FeedbackKind
    topic: str
    words: str
    member_id: int | None
    phone: str
    about: str
    channel: str
    state: str
    made_at: dt.datetime


@dataclass(frozen=True)
class Opened:
    case: CaseNumber
    hours: int


@dataclass(frozen=True)
class Shared:
    case: CaseNumber
    days: int


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
    case: CaseNumber
    state: CaseState
    day: Day


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
