"""Where nobody knows: topics that members ask about, and few answer. Staff see them, and who would be a helper reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.helping import gap_rows, rows
from gateway.community.topics.model import ANY
from gateway.community.topics.verbs import codes, listed
from gateway.members import rows as members

DAYS = 30  # of which questions are counted
ASKED_FROM = 3  # questions of a topic below which nothing can be said of it
ANSWERED_SHARE = 0.5  # of them answered, below which help is missing
HELPERS_LEAST = 2  # and helpers, below which one who rests is one too few
NAMED = 2  # topics that a member reads
MISSING = "Help is missing with: {topics}"  # in the catalogue
HELPERS_COUNTED = 500


@dataclass(frozen=True)
class Known:
    """How it stands with a topic: questions of these days, those with an answer, those whose answer helped, and who helps with it."""

    topic: str
    asked: int
    answered: int
    helped: int
    helpers: int

    @property
    def is_gap(self) -> bool:
        """
        >>> [Known("cows", *one).is_gap for one in ((2, 0, 0, 0), (3, 0, 0, 9), (9, 9, 0, 1), (9, 5, 0, 2), (9, 4, 0, 2))]
        [False, True, True, False, True]
        """
        return self.asked >= ASKED_FROM and (self.answered < ANSWERED_SHARE * self.asked or self.helpers < HELPERS_LEAST)


def by_topic(world: Any) -> list[Known]:
    """The widest gap first; what nobody asks about is last."""
    asked = gap_rows.questions(world, world.now() - dt.timedelta(days=DAYS))
    active = rows.helpers_of(world, "", world.now(), HELPERS_COUNTED)
    found = [Known(topic, *asked.get(topic, (0, 0, 0)), sum(topic in one.topics for one in active)) for topic in codes(world)]
    return sorted(found, key=lambda one: (not one.is_gap, -(one.asked - one.answered), -one.asked))


def wanted_topics(world: Any, caller: str) -> str:
    """Those in which help is missing most, in a sentence behind another; nothing where it is missing in none."""
    member = members.by_number(world, caller)
    language = member.language if member else world.organisation.language
    some = [one.topic for one in by_topic(world) if one.is_gap and one.topic != ANY][:NAMED]
    named = listed(world, some, language)
    return f". {world.phrases.text(MISSING, language).format(topics=named)}" if named else ""
