"""Self-check, circles and agendas of a group. Frozen values and rules; standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from gateway.community.model import Thing
from gateway.members.model import Day, PlaceName, ShortName

# What a group asks itself. Each is in the catalogue; a statement keeps its number for ever.
STATEMENTS = (
    "Money is counted before all", "All know our rules and may change them", "Who speaks little is asked too", "The leader's turn goes round",
    "New members are shown how it works", "What we decide is done by its day", "A quarrel is settled within a week", "We try new things and look if they work",
    "We learn from other groups", "Loans are agreed to by all", "Each knows what is saved for what", "Who needs help is seen and helped",
    "The leader listens before deciding",
)  # fmt: skip
LISTENS = 12  # the statement that says how a leader leads: members' word on it stands beside the health of their group
RATINGS = ("can", "will", "should")  # we can do it now; we will, by a day; we should, but not yet
FEWEST = 3  # members of a group who must have rated before it sees figures of itself
LISTENS_FEWEST = 5  # members, leaders left aside, who must have said how they lead: who is spoken of reads it, and knows their own answer
PROMISES_OPEN = 12  # of a group at once: one for each statement
CIRCLE_DAYS = 7
SAID_MOST = 60  # letters of what somebody says in a circle, so that it fits a tip
SAVED_MOST = 3  # of a circle become tips: the best
SPEAKS_MOST = 4  # times that one member speaks in a circle: twice to each question
QUESTIONS = ("worked", "not")


def gap(members: Mapping[str, int], leaders: Mapping[str, int]) -> int | None:
    """How far members and leaders see a statement apart, in hundredths: can counts 1, will a half, should nothing. None where one side is silent.

    >>> gap({"can": 1, "should": 3}, {"can": 2}), gap({}, {"can": 1})
    (-75, None)
    """
    if not (heard := sum(members.values())) or not (led := sum(leaders.values())):
        return None
    weigh = {"can": 100, "will": 50, "should": 0}
    return round(sum(weigh[name] * count for name, count in members.items()) / heard - sum(weigh[name] * count for name, count in leaders.items()) / led)


class Statement(str):
    longest: ClassVar[str] = "x" * 44


class StatementNumber(str):
    """Which statement, carried and never said."""

    longest: ClassVar[str] = "12"


class Few(int):
    longest: ClassVar[str] = "99"


class Share(int):
    longest: ClassVar[str] = "100"


class Promised(str):
    """Who does it by when, as the screen says it."""

    longest: ClassVar[str] = "Wanjiruuuu: " + "x" * 9


class Topic(str):
    longest: ClassVar[str] = "x" * 14


class CircleKey(str):
    longest: ClassVar[str] = "9" * 19
    never_cut = True


@dataclass(frozen=True)
class StatementAsked:
    statement: StatementNumber
    at: Few
    statements: Few
    says: Statement


@dataclass(frozen=True)
class CheckDone:
    checked: Few


class Rated: ...


@dataclass(frozen=True)
class CheckShown:
    says: Statement
    can: Share
    will: Share
    should: Share
    promise: Promised


@dataclass(frozen=True)
class CheckLater:
    fewest: Few


@dataclass(frozen=True)
class PromiseMade:
    """The leader does it."""

    to_name: ShortName
    day: Day


@dataclass(frozen=True)
class DoerAsked:
    """Somebody else is asked whether they do it."""

    to_name: ShortName
    day: Day


@dataclass(frozen=True)
class PromiseAsked:
    """Under 9: whether the caller does it by that day."""

    place: PlaceName
    says: Statement
    day: Day


@dataclass(frozen=True)
class PromiseTaken:
    place: PlaceName


@dataclass(frozen=True)
class PromiseRefused:
    place: PlaceName


@dataclass(frozen=True)
class CircleOpen:
    circle: CircleKey
    about: Topic
    until: Day
    spoke: Few
    people: Few
    saved: Few


class NoCircle: ...


class CircleOpened: ...


class SaidInCircle: ...


class SpokenEnough: ...


@dataclass(frozen=True)
class CircleClosed:
    spoke: Few
    people: Few


@dataclass(frozen=True)
class BestSaved:
    number: Few
    to_name: ShortName


class CircleWords(str):
    longest: ClassVar[str] = "x" * SAID_MOST


@dataclass(frozen=True)
class WordsShown:
    thing: Thing
    from_name: ShortName
    said: CircleWords
    best: Few


@dataclass(frozen=True)
class BestMarked:
    marked: Few


@dataclass(frozen=True)
class BestUnmarked:
    marked: Few


@dataclass(frozen=True)
class MarkedEnough:
    most: Few


@dataclass(frozen=True)
class PointKept:
    wanted: Few
