"""What members say, and what becomes of it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

FEEDBACK_MOST = 20  # things one member may say in a day; more is a stuck key or a script
ANSWER_HOURS = 24  # a person looks at what is wrong within this
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
