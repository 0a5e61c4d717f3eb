"""What is decided here and by whom. Frozen values; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.community.items.model import Few
from gateway.members.model import Day

NAME_MOST = 24  # letters, so that it stands in a list on the phone with who decides
DECISIONS_MOST = 20  # five pages of a phone: what nobody reads binds nobody
DAYS = range(1, 61)  # within which a no must have its reason
Deciders = Literal["members", "staff", "both"]
DECIDERS: tuple[Deciders, ...] = ("members", "staff", "both")


@dataclass(frozen=True)
class Decision:
    """`days` are those within which a no has its reason, for all to read."""

    id: int
    name: str
    who: Deciders
    days: int
    since: dt.datetime


class DecisionName(str):
    longest: ClassVar[str] = "x" * NAME_MOST


class WhoDecides(str):
    longest: ClassVar[str] = "watumishi na wanachama pamoja"


@dataclass(frozen=True)
class DecisionShown:
    decision_name: DecisionName
    who: WhoDecides
    days: Few
    since: Day


class NoDecision: ...
