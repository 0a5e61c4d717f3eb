"""Praise, and statements for quick votes: items like all others, each with one way to make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.counting import next_free
from gateway.community.items import brakes, rows, voice_rows
from gateway.community.items.model import OPEN, ItemNumber, Rests
from gateway.community.items.verbs import SAID_A_DAY, counted_with, make, title_of
from gateway.community.model import TooMany
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet
from menus.phrasebook import Row

SAY_MOST = 74  # letters of either: what one screen has room for
PRAISES_SHOWN = 14


@dataclass(frozen=True)
class WordsKept:
    """All can read them now."""

    number: ItemNumber
    item: ItemNumber


@dataclass(frozen=True)
class WordsWait:
    """A person looks first."""

    number: ItemNumber


def say_praise(world: Any, caller: str, words: str, key: str) -> WordsKept | WordsWait | TooMany | Rests:
    """What was good, for all to read; who else says so supports it."""
    return _say(world, caller, "praise", words, key)


def say_statement(world: Any, caller: str, words: str, key: str) -> WordsKept | WordsWait | TooMany | Rests:
    """A statement that others agree to or not, in quick votes."""
    return _say(world, caller, "statement", words, key)


def _say(world: Any, caller: str, kind: str, words: str, key: str) -> WordsKept | WordsWait | TooMany | Rests:
    if brakes.rests(world, "ideas"):
        return Rests()
    said = make(world, caller, kind, words[:SAY_MOST], key, group_id=counted_with(world, the_member(world, caller)))
    if said is None:
        return TooMany(SAID_A_DAY)
    number = ItemNumber(said.number)
    return WordsWait(number) if said.state == "held" else WordsKept(number, number)


def praises(world: Any, caller: str) -> list[Row]:
    """The newest first."""
    the_member(world, caller)
    return [Row(one.number, title_of(one)) for one in rows.newest(world, ("praise",), (*OPEN, "done", "closed"), PRAISES_SHOWN)]


def put_statement(world: Any, words: str, by: str, key: str) -> str:
    """A statement of the office's, said to be theirs. Its number; once for its key."""
    if known := rows.by_key(world, key):
        return known.number
    number = next_free(world)
    id = rows.add(
        world, key=key, number=number, kind="statement", topic="", words=masked(alphabet.plain(words))[:SAY_MOST], state="open", member_id=None, phone="",
        about="", channel="console", shown="name", group_id=None, language=world.organisation.language,
    )  # fmt: skip
    voice_rows.add_change(world, id, "new", "open", by, "")
    return number
