"""Who comes first, in formulas that people can be told in one sentence. Standard library only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random

Z = 1.2816  # of the Wilson bound: nine times in ten the true share is at least the bound (one-sided)
HALF_LIFE_DAYS = 90  # of what a helper has done


def wilson(good: int, bad: int) -> float:
    """The lower bound of the share of good: five of five is less sure than fifty of fifty (E. B. Wilson, 1927).

    >>> round(wilson(5, 0), 3), round(wilson(50, 0), 3), wilson(0, 0)
    (0.753, 0.968, 0.0)
    """
    total = good + bad
    if not total:
        return 0.0
    share, square = good / total, Z * Z / total
    spread = Z * math.sqrt((share * (1 - share) + square / 4) / total)
    return max((share + square / 2 - spread) / (1 + square), 0.0)


def effective_groups(sizes: Iterable[int]) -> float:
    """How many groups of equal size would be as mixed: 1 / sum of the squared shares (Laakso and Taagepera, 1979).

    >>> effective_groups([10]), effective_groups([5, 5]), round(effective_groups([9, 1]), 2)
    (1.0, 2.0, 1.22)
    """
    counted = [size for size in sizes if size > 0]
    total = sum(counted)
    return total * total / sum(size * size for size in counted) if total else 0.0


def support(good: int, bad: int, groups: Iterable[int]) -> float:
    """Ideas rise when most who voted agree and they come from many groups.

    >>> support(10, 0, [10]) < support(10, 0, [2] * 5), support(10, 10, [20]) < support(10, 0, [10])
    (True, True)
    """
    breadth = min(1.0, effective_groups(groups) / 5) * 0.5 + 0.5
    return wilson(good, bad) * math.log(1 + good) * breadth


def turn(seen: int, good: int, bad: int, *, same_language: bool) -> float:
    """The weight with which a statement comes up in quick votes: what few have seen and what divides comes sooner.

    >>> turn(0, 0, 0, same_language=True) > turn(8, 0, 0, same_language=True)
    True
    """
    total = good + bad
    divided = 1 - abs(good - bad) / total if total else 0.0
    return (1 + divided) / math.sqrt(1 + seen) * (1.0 if same_language else 0.5)


def pick(weights: Sequence[float], chance: Random) -> int:
    """One index, each as likely as its weight."""
    return chance.choices(range(len(weights)), weights)[0]


def reputation(helped: float, answered: float) -> float:
    """How likely an answer of this helper helps; who has answered nothing yet begins at a half."""
    return (helped + 2) / (answered + 4)


def rising(for_lately: int, said_lately: int, days: float) -> float:
    """How much an idea rises: votes and words of a week, by its age in days, for members dial by the week.

    >>> rising(0, 0, 1), round(rising(10, 2, 0), 2), rising(10, 2, 0) > rising(10, 2, 10)
    (0.0, 3.39, True)
    """
    return float(max(for_lately + 2 * said_lately - 1, 0) ** 0.8 / (days + 2) ** 1.2)


def faded(amount: float, days: float) -> float:
    """What was done so many days ago, halved every ninety."""
    return float(amount * 0.5 ** (days / HALF_LIFE_DAYS))


def burst(votes: int, mean: float, deviation: float, one_sided: int) -> bool:
    """Whether so many votes in an hour are more than chance gives and most of them from one group or from new accounts.

    >>> burst(30, 4, 2, 25), burst(30, 4, 2, 10), burst(9, 1, 0.5, 9)
    (True, False, False)
    """
    return votes >= BURST_LEAST and votes > mean + 4 * deviation and one_sided > ONE_SIDED * votes


ONE_SIDED = 0.6  # of the votes of an hour: from one group, or from new accounts
BURST_LEAST = 20  # votes in an hour below which nobody is braked: a baraza with a projector is no attack
