"""Something is broken for many: what it is, who has it too, and by when it is to work again. Standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gateway.community.groups.model import Meets
from gateway.community.items.model import ItemNumber, Title, Votes

LIVE_MOST = 3  # at once: what a screen lists beside "something else"
TITLE_MOST = 20  # letters, as long as a title is on a screen
FIX_HOURS = (1, 72)  # a promise is for hours, or it is not one
SPIKE_FROM, SPIKE_TIMES = 5, 3  # in one hour, and so many times the usual: then something may be broken
USUAL_DAYS = 7  # what is usual is the mean of these
ELSE = "0"  # the line of the list that is none of them


@dataclass(frozen=True)
class Incident:
    item_id: int
    number: str
    title: str
    many: int
    fixed_by: dt.datetime
    began: dt.datetime


@dataclass(frozen=True)
class Signal:
    """How often something went wrong in the last hour, and how often in a usual one."""

    name: str
    now: int
    usual: float

    @property
    def is_spike(self) -> bool:
        """
        >>> Signal("a fee", 6, 1.5).is_spike, Signal("a fee", 6, 3.0).is_spike, Signal("a fee", 4, 0.0).is_spike
        (True, False, False)
        """
        return self.now >= SPIKE_FROM and self.now >= SPIKE_TIMES * self.usual


@dataclass(frozen=True)
class MeTooNoted:
    title: Title
    many: Votes
    fixed_by: Meets


@dataclass(frozen=True)
class MeTooLate:
    """The hour that was promised has passed."""

    title: Title
    many: Votes


@dataclass(frozen=True)
class AProblem:
    """A member has told it, for all to see."""

    item: ItemNumber


class IncidentsLive: ...


class AllWorks: ...


class SomethingElse: ...


class WorksAgain: ...
