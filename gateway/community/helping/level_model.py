"""What a helper reads of their level. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.community.items.model import ItemNumber

JOINS_A_DAY = 5  # of one helper: whoever finds more twins than that in a day has not read them


class PeopleHelped(int):
    longest = "999"


class RestsWhy(str):
    longest = "x" * 60


@dataclass(frozen=True)
class LevelShown:
    people: PeopleHelped
    level: int


@dataclass(frozen=True)
class LevelRests:
    """A person has put the powers of this member to rest, and why."""

    reason: RestsWhy


class LevelsOff:
    """The powers of all rest."""


class TwinsFound: ...


class NoTwin: ...


@dataclass(frozen=True)
class Joined:
    number: ItemNumber


class NoTwinHere: ...


@dataclass(frozen=True)
class JoinedEnough:
    most: int
