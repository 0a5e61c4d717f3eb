"""A member says how good the service is: one to five, the last of a month counts, and words besides go to a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.community.items.model import Few
from gateway.community.items.verbs import make
from gateway.community.stars import rows
from gateway.members.verbs import the_member

BEST = 5
STARS = tuple(str(n) for n in range(1, BEST + 1))
SHOWN_FROM = 5  # members of whom figures are shown: of fewer one could guess who said what
TOPIC = "stars"  # of the words that come with it: they stand among what is not sorted yet


@dataclass(frozen=True)
class StarsKept:
    stars: Few


class NoStars: ...


def rate_service(world: Any, caller: str, show: str) -> StarsKept:
    assert show in STARS, "the menu has no other"
    rows.put(world, f"{world.organisation.local(world.now()):%Y-%m}", the_member(world, caller).voice, int(show))
    return StarsKept(Few(int(show)))


def rate_by_text(world: Any, caller: str, said: str, key: str) -> StarsKept | NoStars:
    """`4 the queue is short now`: the number counts, the words are read by a person."""
    first, _, words = said.strip().partition(" ")
    number = first.strip(".,!/")
    if number not in STARS:
        return NoStars()
    if words.strip():
        make(world, caller, "unsorted", words.strip(), key, topic=TOPIC)
    return rate_service(world, caller, number)


def mean(heads: Mapping[int, int]) -> float | None:
    """Of one month; None of too few.

    >>> mean({5: 4, 1: 1}), mean({5: 4})
    (4.2, None)
    """
    count = sum(heads.values())
    return round(sum(stars * times for stars, times in heads.items()) / count, 1) if count >= SHOWN_FROM else None
