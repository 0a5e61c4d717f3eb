"""What the office does in a talk, and what the months bring. Each gives back what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.community.helping import keepers
from gateway.community.helping import verbs as asking
from gateway.community.items import rows as items
from gateway.community.items import states, voice_rows
from gateway.community.voices import challenges
from gateway.community.voices import verbs as voices
from gateway.members import rows as members
from tests.others import NUMBERS
from workers import nightly

if TYPE_CHECKING:
    from tests.phone import Talk


def answers_question(talk: Talk, number: str, words: str) -> list[str]:
    with talk.village.world() as world:
        asking.answer_officially(world, items.by_number(world, number), words, "Grace (support)", f"office-{number}")
    return []


def challenges_all(talk: Talk, title: str, days: str) -> list[str]:
    with talk.village.world() as world:
        assert challenges.begin(world, title, NUMBERS[days], "grace")
        challenges.count(world)
    return []


def counts_board(talk: Talk) -> list[str]:
    with talk.village.world() as world:
        voices.count_board(world)
        challenges.count(world)
    return []


def names_keeper(talk: Talk, name: str, topic: str) -> list[str]:
    with talk.village.world() as world:
        assert keepers.name_keeper(world, topic, members.by_number(world, talk.people[name]), f"{topic}-{name}")
    return []


def holds_word(talk: Talk, word: str, why: str) -> list[str]:
    with talk.village.world() as world:
        voice_rows.hold_word(world, word, why, "grace")
    return []


def judges(talk: Talk, number: str, done: str) -> list[str]:
    with talk.village.world() as world:
        after, why = {"lets": ("open", ""), "refuses": ("refused", "It names a person")}[done]
        states.go(world, items.by_number(world, number), after, "grace", why)
    return []


def shut_out(talk: Talk, name: str) -> list[str]:
    """Two persons have decided it, and the member was called."""
    with talk.village.world() as world:
        members.change_member(world, members.by_number(world, talk.people[name]).id, status="blocked")
    return []


def month_is_told(talk: Talk) -> list[str]:
    nightly.write_five_minutes(talk.village.site)
    return []
