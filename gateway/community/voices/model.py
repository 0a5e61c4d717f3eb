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
QUIET_BELOW = 0.9  # share of votes over share of members, from which a part of the members is called too quiet
BOARD_SHOWN = 14  # lines of the thank-you board: two pages
CHALLENGE_MOST = 20  # letters of a challenge between groups
CHALLENGE_DAYS = (7, 92)  # how long one lasts: a week, a season
FIRST_VOICES = 10  # who supports what will be done when hardly anybody has yet is ahead of the others

Sex = Literal["", "woman", "man"]
Age = Literal["", "under_25", "25_to_40", "41_to_60", "over_60"]
SEXES = ("woman", "man")
AGES = ("under_25", "25_to_40", "41_to_60", "over_60")
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
class Lead:
    """A member who is ahead, with the reasons: ideas that were done or planned, early support for what was done later, own use."""

    member_id: int
    hits: int
    ideas: int
    early: int
    uses: int
    score: float


def leads(hits: Mapping[int, tuple[int, int]], early: Mapping[int, int], uses: Mapping[int, int], most: int) -> list[Lead]:
    """Who to talk with first (von Hippel's lead users: ahead of the trend, with much to gain). `hits` are (done or planned, all) own ideas,
    `early` how often somebody was among the first to support what was done later, `uses` their payments. The score adds up how far each
    stands above the mean, in standard deviations; one whose ideas came to nothing and who was never early is not on the list.

    >>> [one.member_id for one in leads({1: (2, 4), 2: (0, 9)}, {3: 2}, {1: 5, 2: 90, 3: 40}, 9)]
    [3, 1]
    """
    ids = sorted({id for id, (done, _) in hits.items() if done} | {id for id, times in early.items() if times})
    given = {id: hits.get(id, (0, 0)) for id in ids}
    hit = _heights([given[id][0] / max(given[id][1], 1) ** 0.5 for id in ids])
    ahead, need = _heights([early.get(id, 0) for id in ids]), _heights([uses.get(id, 0) for id in ids])
    found = [
        Lead(id, *given[id], early.get(id, 0), uses.get(id, 0), round(a + b + c, 2)) for id, a, b, c in zip(ids, hit, ahead, need, strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.score, one.member_id))[:most]


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
