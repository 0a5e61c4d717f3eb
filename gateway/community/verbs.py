"""What members can say: an idea, something that is wrong, words that nobody understood yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import rows
from gateway.community.model import ANSWER_DAYS, ANSWER_HOURS, FEEDBACK_MOST, CaseNumber, Feedback, NotYours, Opened, Shared, TooMany
from gateway.members import rows as members
from gateway.members.model import check_digit
from gateway.members.statements import payment_of
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

SMS_KEYS = ("sms-", "text:")  # how the keys of what comes by SMS begin


def share_idea(world: Any, caller: str, words: str, key: str) -> Shared | TooMany:
    said = say(world, caller, words, key, kind="idea")
    return Shared(CaseNumber(said.number), ANSWER_DAYS) if said else TooMany(FEEDBACK_MOST)


def say_what_is_wrong(world: Any, caller: str, words: str, key: str) -> Opened | TooMany:
    return _opened(say(world, caller, words, key, kind="wrong", topic="in_words"))


def open_case(world: Any, caller: str, payment: str, what: str, key: str) -> Opened | TooMany | NotYours:
    """Something is wrong with one of the caller's own payments."""
    if payment_of(world, the_member(world, caller), payment) is None:
        return NotYours()
    return _opened(say(world, caller, "", key, kind="wrong", topic=what, about=payment))


def open_case_in_words(world: Any, caller: str, payment: str, words: str, key: str) -> Opened | TooMany | NotYours:
    if payment_of(world, the_member(world, caller), payment) is None:
        return NotYours()
    return _opened(say(world, caller, words, key, kind="wrong", topic="in_words", about=payment))


def _opened(said: Feedback | None) -> Opened | TooMany:
    return Opened(CaseNumber(said.number), ANSWER_HOURS) if said else TooMany(FEEDBACK_MOST)


def say(world: Any, caller: str, words: str, key: str, *, kind: str, topic: str = "", about: str = "") -> Feedback | None:
    """Keep what was said, once for a key, with all that may be a PIN as dots. None when this number has said too much today."""
    if known := rows.by_key(world, key):
        return known
    since = world.now() - dt.timedelta(days=1)
    if rows.said_since(world, caller, since) >= FEEDBACK_MOST:
        return None
    digits = str(rows.next_number(world))
    member = members.by_number(world, caller)
    rows.add(
        world, key=key, number=digits + check_digit(digits), kind=kind, topic=topic, words=masked(alphabet.heard(words)),
        member_id=member.id if member else None, phone=caller, about=about, channel="sms" if key.startswith(SMS_KEYS) else "ussd",
    )  # fmt: skip
    return rows.by_key(world, key)


def sort(world: Any, key: str, kind: str) -> Feedback | None:
    """What was unsorted turns out to be an idea, or something wrong."""
    said = rows.by_key(world, key)
    if said is None or said.kind != "unsorted":
        return said
    rows.change(world, said.id, kind=kind)
    return rows.by_key(world, key)
