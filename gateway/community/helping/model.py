"""Helpers, their topics and their rest; the ways a question takes; a tip's versions. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.community.items.model import Giver, ItemNumber, ItemWords, SaidToIt, Votes
from gateway.members.model import ShortName

HELPERS_ASKED = 3  # of one question at once: an answer, not a crowd
HELPERS_LOOKED_AT = 300  # helpers of a topic that are weighed for one question
ANSWERS_MOST = 5  # of one question; then the next one waits for help
ANSWERS_OF_ONE = 2  # by one member to one question
ANSWERS_A_DAY = 20  # of one member: each is an SMS to somebody
FIXES_A_DAY = 5  # better words for tips, of one member
TO_ONE = "to-"  # before the code of the member whom a question is for
ROUNDS = 3  # times that helpers are asked of one question, a day apart, while nobody answers
REST_DAYS = 30
ANSWER_MOST = 160  # letters
CHECKS = 2  # members beside its author who must say that a tip, or a change of it, is right
TIP_MOST = 76
SATURDAY, SUNDAY = 5, 6  # as datetime counts them
NEWS_MOST = 74
HOURS = 4  # in which a first answer most often comes; until we have measured it, what we say

Way = Literal["asked", "answered", "passed", "skipped"]


class Topic(str):
    longest: ClassVar[str] = "huduma hii"


class Topics(str):
    longest: ClassVar[str] = "x" * 30


class Said(str):
    longest: ClassVar[str] = "x" * ANSWER_MOST


class Badge(str):
    longest: ClassVar[str] = f"imethibitishwa: {Giver.longest}"


class Place(str):
    longest: ClassVar[str] = "x" * 10


class Few(int):
    longest: ClassVar[str] = "99"


class Many(int):
    longest: ClassVar[str] = "999"


class Key(str):
    """The id of a row, carried and never said."""

    longest: ClassVar[str] = "9" * 19
    never_cut = True


@dataclass(frozen=True)
class Helper:
    member_id: int
    topics: tuple[str, ...]
    most_a_week: int
    rests_until: dt.datetime | None
    quiet: str = ""

    def is_quiet(self, local: dt.datetime) -> bool:
        """Whether this is a day on which they are asked nothing; others are asked instead.

        >>> monday, sunday = dt.datetime(2026, 11, 23), dt.datetime(2026, 11, 22)
        >>> some = [Helper(1, (), 3, None, quiet) for quiet in ("", "sunday", "weekdays")]
        >>> [one.is_quiet(monday) for one in some], [one.is_quiet(sunday) for one in some]
        ([False, False, True], [False, True, False])
        """
        return (self.quiet == "sunday" and local.weekday() == SUNDAY) or (self.quiet == "weekdays" and local.weekday() < SATURDAY)


@dataclass(frozen=True)
class Revision:
    id: int
    item_id: int
    member_id: int | None
    words: str
    why: str
    state: Literal["proposed", "accepted", "refused", "rolled_back"]
    made_at: dt.datetime


# Outcomes.


@dataclass(frozen=True)
class Asked:
    number: ItemNumber
    helpers: Few
    hours: int


@dataclass(frozen=True)
class AskedStaff:
    """No helper is free: the staff see it."""

    number: ItemNumber


@dataclass(frozen=True)
class AskedFellow:
    """It went to one member by name."""

    number: ItemNumber


class AskedHeld: ...


class OldAnswerFound: ...


class NothingOld: ...


class TooManyQuestions: ...


@dataclass(frozen=True)
class OldAnswer:
    item: ItemNumber
    said: Said
    from_name: Giver
    helped: Many


class MineIsOther: ...


@dataclass(frozen=True)
class AskedOf:
    """A question as its helper sees it."""

    item: ItemNumber
    words: ItemWords
    from_name: ShortName
    village: Place


class NoQuestion: ...


@dataclass(frozen=True)
class AnswerSent:
    to_name: ShortName
    helped: Many


class AnsweredEnough: ...


class AnswerHeld: ...


class OwnQuestion: ...


@dataclass(frozen=True)
class PassedOn:
    to_name: ShortName


class KnowerAsked:
    """Whoever was named has been asked this already."""


class AnotherKnower:
    """None of those who were offered: the caller types who it is."""


class Skipped: ...


@dataclass(frozen=True)
class AnswerShown:
    comment: Key
    said: Said
    from_name: Giver
    helped: Many


@dataclass(frozen=True)
class OfficialShown:
    """What the staff answered: their name and role stand under it, and nobody calls a member."""

    comment: Key
    said: Said
    from_name: Giver


class NoAnswer: ...


@dataclass(frozen=True)
class Thanked:
    from_name: Giver
    helped: Many


class NotHelped: ...


class AuthorNames(str):
    """Who wrote it, and who made it better last."""

    longest: ClassVar[str] = Giver.longest  # as long as two names and a comma


@dataclass(frozen=True)
class TipShown:
    item: ItemNumber
    words: ItemWords
    author: AuthorNames
    helped: Votes
    answer: SaidToIt


@dataclass(frozen=True)
class TipSaved:
    number: ItemNumber


class TooManyTips: ...


@dataclass(frozen=True)
class FixSaved:
    number: ItemNumber


@dataclass(frozen=True)
class CheckShown:
    revision: Key
    words: ItemWords
    author: ShortName


@dataclass(frozen=True)
class FixToCheck(CheckShown):
    """Other words for a tip, and what it says now."""

    words_now: ItemWords


@dataclass(frozen=True)
class DidNotHelp:
    """A tip that did not, counted; next is asked why."""

    supporters: Votes
    opposers: Votes


class NothingToCheck: ...


class CheckNoted: ...


class CheckUndone: ...


@dataclass(frozen=True)
class TipTexted:
    number: ItemNumber


@dataclass(frozen=True)
class NewsShown:
    item: ItemNumber
    words: ItemWords
    from_name: ShortName
    village: Place
    badge: Badge


@dataclass(frozen=True)
class NewsSaved:
    number: ItemNumber


class TooMuchNews: ...


class NewsHeld: ...


@dataclass(frozen=True)
class SawIt:
    saw: Votes
    not_true: Votes


class Helps: ...


class HelpsNoMore: ...


class QuietSet: ...


class MostSet: ...


class RestsNow: ...
