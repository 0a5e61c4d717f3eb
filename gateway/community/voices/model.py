"""Who takes part, and whose voice is missing. Frozen values and formulas; standard library only."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.members.model import Day

PART_DAYS = 30  # of which it is counted who took part
VOICE_DAYS = 90  # and whose votes are compared with their number
FEWEST = 5  # of fewer nothing is shown: one could guess who
FAR_MINUTES = 120  # from which a village is far: with the way there, the queue and the way back half of a day's work is gone
QUIET_BELOW = 0.9  # share of votes over share of members, from which a part of the members is called too quiet
BOARD_SHOWN = 14  # lines of the thank-you board: two pages
CHALLENGE_MOST = 20  # letters of a challenge between groups
CHALLENGE_DAYS = (7, 92)  # how long one lasts: a week, a season
FIRST_USERS = 10  # of a thing that one can do here: who tries it when hardly anybody has yet
OTHERS_TOOK = 5  # members who later keep a shortcut that somebody made first: then it was an invention
FIRST_VOICES = 10  # who supports what will be done when hardly anybody has yet is ahead of the others

Sex = Literal["", "woman", "man"]
Age = Literal["", "under_25", "25_to_40", "41_to_60", "over_60"]
SEXES = ("woman", "man")
AGES = ("under_25", "25_to_40", "41_to_60", "over_60")
WAYS = ("far", "near")  # as the way to the counter was asked in each village
NOT_SAID = "-"  # how a trait is taken back


@dataclass(frozen=True)
class Part:
    """A part of the members, and how much of all votes is theirs."""

    name: str
    members: int
    took_part: int
    votes: int


def ratio(part: Part, all_members: int, all_votes: int) -> float | None:
    """Share of the votes over share of the members: 1 is a voice as loud as their number. None of too few, or where nobody votes.

    >>> ratio(Part("women", 50, 20, 30), 100, 100), ratio(Part("women", 4, 4, 4), 100, 100)
    (0.6, None)
    """
    if part.members < FEWEST or not all_members or not all_votes:
        return None
    return round(part.votes / all_votes * all_members / part.members, 2)


@dataclass(frozen=True)
class Ahead:
    """What may set a member apart: (own ideas that were done, planned or among the best, all own ideas), early support for what was done later, things
    that they used among the first, shortcuts of theirs that others took up, payments of theirs.
    """

    hits: tuple[int, int] = (0, 0)
    support: int = 0
    first_uses: int = 0
    taken_up: int = 0
    uses: int = 0


@dataclass(frozen=True)
class Lead:
    """A member who is ahead, with the reasons."""

    member_id: int
    why: Ahead
    score: float


def leads(found: Mapping[int, Ahead], most: int) -> list[Lead]:
    """Who to talk with first (von Hippel's lead users: ahead of the trend, with much to gain). The score adds up how far each stands above the mean, in
    standard deviations, in four things: being early (support and first use), own ideas that came to something by the root of all of them, what others took
    up, and own use. One who only uses much, or tries all first, is not on the list.

    >>> some = {1: Ahead((2, 4), uses=5), 2: Ahead((0, 9), uses=90), 3: Ahead(support=2, uses=40), 4: Ahead(taken_up=1)}
    >>> [one.member_id for one in leads(some, 9)]
    [3, 1, 4]
    """
    ids = sorted(id for id, one in found.items() if one.hits[0] or one.support or one.taken_up)
    some = [found[id] for id in ids]
    parts = (
        _heights([one.hits[0] / max(one.hits[1], 1) ** 0.5 for one in some]), _heights([one.support + one.first_uses for one in some]),
        _heights([one.taken_up for one in some]), _heights([one.uses for one in some]),
    )  # fmt: skip
    scored = [Lead(id, one, round(sum(part[n] for part in parts), 2)) for n, (id, one) in enumerate(zip(ids, some, strict=True))]
    return sorted(scored, key=lambda one: (-one.score, one.member_id))[:most]


def _heights(values: Sequence[float]) -> list[float]:
    """How far each stands above the mean, in standard deviations."""
    if len(values) < 2 or not (spread := statistics.pstdev(values)):
        return [0.0 for _ in values]
    mean = statistics.fmean(values)
    return [(value - mean) / spread for value in values]


class TraitName(str):
    """A trait as a phone says it; it is in the catalogue."""

    longest: ClassVar[str] = "chini ya 25"


@dataclass(frozen=True)
class TraitKept:
    trait: TraitName


class TraitForgotten: ...


@dataclass(frozen=True)
class Challenge:
    id: int
    title: str
    since: dt.datetime
    until: dt.datetime
    state: Literal["open", "over"]


class ChallengeName(str):
    longest: ClassVar[str] = "x" * CHALLENGE_MOST


@dataclass(frozen=True)
class ChallengeShown:
    called: ChallengeName
    until: Day


class NoChallenge: ...
