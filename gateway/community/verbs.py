"""What is wrong with a payment or with anything else: a case. And words that nobody understood yet."""

from __future__ import annotations

from typing import Any

from gateway.community.items import rows
from gateway.community.items.model import IN_WORDS, Item, ItemNumber
from gateway.community.items.problems import may_show
from gateway.community.items.verbs import SAID_A_DAY, first_state, make
from gateway.community.model import ANSWER_HOURS, SMS_KEYS, CaseNumber, NoSuchRef, NotYours, Opened, OpenedFor, OpenedHere, TooMany
from gateway.community.topics.model import ANY
from gateway.ledger.model import Ref, is_ref
from gateway.ledger.rows import transfer_by_ref
from gateway.members import rows as members
from gateway.members.statements import payment_of
from gateway.members.verbs import the_member
from gateway.money.produce import contradict_day


def say_what_is_wrong(world: Any, caller: str, words: str, key: str) -> Opened | OpenedHere | TooMany:
    opened = _opened(make(world, caller, "wrong", words, key, topic=IN_WORDS))
    return opened if key.startswith(SMS_KEYS) else _showable(world, caller, opened)


def wrong_by_text(world: Any, caller: str, words: str, key: str) -> Opened | OpenedHere | OpenedFor | NoSuchRef | TooMany:
    """What is wrong, in words. When they begin with the ref of a payment, as receipts ask for, the case is about that one; one that is not the
    caller's is not found. When they begin with a day, what was brought on it is called wrong too.
    """
    first, _, rest = words.strip().partition(" ")
    ref = first.strip(".,:;").upper()
    transfer = transfer_by_ref(world, ref) if is_ref(ref) else None
    if transfer and payment_of(world, the_member(world, caller), str(transfer.id)):
        opened = _opened(make(world, caller, "wrong", rest, key, topic=IN_WORDS, about=str(transfer.id)))
        return OpenedFor(opened.case, Ref(ref), opened.hours) if isinstance(opened, Opened) else opened
    if is_ref(ref) and any(one.isdigit() for one in ref) and not ref.isdigit():
        return NoSuchRef(Ref(ref))
    opened_ = _showable(world, caller, _opened(make(world, caller, "wrong", words, key, topic=IN_WORDS)))
    if not isinstance(opened_, TooMany) and (day := contradict_day(world, caller, words)):
        return OpenedFor(opened_.case, Ref(day), opened_.hours)
    return opened_


def open_case(world: Any, caller: str, payment: str, what: str, key: str) -> Opened | TooMany | NotYours:
    """Something is wrong with one of the caller's own payments."""
    if payment_of(world, the_member(world, caller), payment) is None:
        return NotYours()
    return _opened(make(world, caller, "wrong", "", key, topic=what, about=payment))


def open_case_in_words(world: Any, caller: str, payment: str, words: str, key: str) -> Opened | TooMany | NotYours:
    if payment_of(world, the_member(world, caller), payment) is None:
        return NotYours()
    return _opened(make(world, caller, "wrong", words, key, topic=IN_WORDS, about=payment))


def _showable(world: Any, caller: str, opened: Opened | TooMany) -> Opened | OpenedHere | TooMany:
    """What its author may let all see is said to be so."""
    if isinstance(opened, TooMany) or not (members.by_number(world, caller) and may_show(world, caller, opened.case)):
        return opened
    return OpenedHere(opened.case, opened.hours, ItemNumber(opened.case))


def _opened(said: Item | None) -> Opened | TooMany:
    return Opened(CaseNumber(said.number), ANSWER_HOURS) if said else TooMany(SAID_A_DAY)


def sort(world: Any, key: str, kind: str) -> Item | None:
    """What was unsorted turns out to be an idea, something wrong, a question or news."""
    said = rows.by_key(world, key)
    if said is None or said.kind != "unsorted":
        return said
    state, _ = first_state(world, kind, members.by_number(world, said.phone), said.words)
    rows.change(world, said.id, kind=kind, state=state, topic=ANY if kind == "question" else said.topic)
    return rows.by_key(world, key)
