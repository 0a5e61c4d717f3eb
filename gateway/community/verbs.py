"""What is wrong with a payment or with anything else: a case. And words that nobody understood yet."""

from __future__ import annotations

from typing import Any

from gateway.community.items import rows
from gateway.community.items.model import Item
from gateway.community.items.verbs import SAID_A_DAY, first_state, make
from gateway.community.model import ANSWER_HOURS, CaseNumber, NotYours, Opened, TooMany
from gateway.members import rows as members
from gateway.members.statements import payment_of
from gateway.members.verbs import the_member


def say_what_is_wrong(world: Any, caller: str, words: str, key: str) -> Opened | TooMany:
    return _opened(make(world, caller, "wrong", words, key, topic="in_words"))


def open_case(world: Any, caller: str, payment: str, what: str, key: str) -> Opened | TooMany | NotYours:
    """Something is wrong with one of the caller's own payments."""
    if payment_of(world, the_member(world, caller), payment) is None:
        return NotYours()
    return _opened(make(world, caller, "wrong", "", key, topic=what, about=payment))


def open_case_in_words(world: Any, caller: str, payment: str, words: str, key: str) -> Opened | TooMany | NotYours:
    if payment_of(world, the_member(world, caller), payment) is None:
        return NotYours()
    return _opened(make(world, caller, "wrong", words, key, topic="in_words", about=payment))


def _opened(said: Item | None) -> Opened | TooMany:
    return Opened(CaseNumber(said.number), ANSWER_HOURS) if said else TooMany(SAID_A_DAY)


def sort(world: Any, key: str, kind: str) -> Item | None:
    """What was unsorted turns out to be an idea, or something wrong."""
    said = rows.by_key(world, key)
    if said is None or said.kind != "unsorted":
        return said
    state, _ = first_state(world, kind, members.by_number(world, said.phone), said.words)
    rows.change(world, said.id, kind=kind, state=state)
    return rows.by_key(world, key)
