"""What members can do with their money: look somebody up, ask the price, send, prepare a payment by SMS and agree to it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from gateway.ledger import facts as books
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account, FeeMoved, NoFunds, OnHold, Refusal, Reserved, Transfer, Wish, from_reason
from gateway.ledger.model import NotTaken as Untaken
from gateway.ledger.model import OverLimit as Over
from gateway.members import rows
from gateway.members.model import (
    AskedTooOften,
    Enough,
    FeeChanged,
    Found,
    Locked,
    Member,
    NotAMember,
    NotEnough,
    NotTaken,
    NotYours,
    OnItsWay,
    OverLimit,
    Paused,
    Quoted,
    Seen,
    Sent,
    TooBusy,
    TooMuch,
    UnderWay,
    WrongPin,
    Yourself,
    short,
    tail,
)
from gateway.members.receipts import called
from gateway.members.statements import payment_of, words_of_payment
from gateway.members.verbs import call_of, may_look_up, the_member, weigh_pin
from gateway.records import rows as records
from gateway.records.verbs import write_text
from gateway.world import ANSWER_S, POSTING_WAIT_S
from menus.answers import Secret
from menus.book import notices

TEXTS_A_DAY = 20  # SMS that one number may ask for from the menu
NEWS_FOR = dt.timedelta(minutes=15)  # as long as a call that broke off may be carried on with
SHORT_NAP_S = 0.05  # between looks at the database while Redis is away
Refused = NotEnough | OverLimit | NotTaken | Paused | FeeChanged


def find_member(world: Any, caller: str, to: str) -> Found | NotAMember | Yourself | AskedTooOften:
    """Show a name before money is spoken of; each look-up is counted."""
    if not may_look_up(world, caller):
        return AskedTooOften()
    receiver = receiver_of(world, to)
    if receiver is None:
        return NotAMember()
    if receiver.id == the_member(world, caller).id:
        return Yourself()
    return Found(short(receiver.name), tail(receiver.number))


def receiver_of(world: Any, to: str) -> Member | None:
    """The active member behind a phone number or a member code."""
    member = rows.by_number(world, to) if to.startswith("+") else rows.by_code(world, to)
    return member if member and member.status == "active" else None


def quote(world: Any, caller: str, to: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch | NotAMember:
    """What sending would cost and leave. The fee that is quoted is the fee that is charged."""
    if receiver_of(world, to) is None:
        return NotAMember()
    return _quote(world, the_member(world, caller), amount)


def _quote(world: Any, member: Member, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    return quote_for(world, ledger_rows.account_of(world, member.id), "transfer", "", amount)


def quote_for(world: Any, account: Account, kind: str, subtype: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    """What a payment of any kind would cost this account and leave on it."""
    money = world.organisation.money
    fee, once = books.fee(world, kind, amount, subtype=subtype), books.once(world, account, kind, subtype=subtype)
    if once is not None and amount > once:
        return TooMuch(money(once))
    if amount + fee > account.available:
        return NotEnough(money(fee))
    left = books.left(world, account, kind, subtype=subtype)
    if left is not None and amount > left:
        return OverLimit(money(left))
    return Quoted(money(fee), money(account.available - amount - fee), fee)


def send_money(
    world: Any, caller: str, to: str, amount: int, pin: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | WrongPin | Locked | TooBusy | FeeChanged | NotEnough | OverLimit | NotTaken | Paused:
    """The PIN is right: set the money aside, commit, and wait a moment for the worker to post it."""
    if (known := known_answer(world, key)) is not None:
        return known
    if wrong := weigh_pin(world, caller, pin):
        return wrong
    receiver = receiver_of(world, to)
    if receiver is None:
        return NotTaken()
    return _send(world, the_member(world, caller), receiver, amount, quoted_fee, "ussd", key, call_of(key))


def _send(world: Any, member: Member, receiver: Member, amount: int, quoted_fee: int, channel: str, key: str, call: str) -> Sent | UnderWay | Refused:
    source, destination = ledger_rows.account_of(world, member.id), ledger_rows.account_of(world, receiver.id)
    return pay(world, Wish("transfer", source.id, destination.id, amount, channel, key, f"pin:{member.id}", quoted_fee=quoted_fee, call=call))


def pay(world: Any, wish: Wish) -> Sent | UnderWay | Refused:
    """Ask for a payment, durably, and wait a moment for the worker to post it."""
    outcome = world.ask(wish)
    if isinstance(outcome, Reserved):
        return wait_for(world, outcome.transfer)
    return refused(world, outcome)


def known_answer(world: Any, key: str) -> Sent | UnderWay | Refused | None:
    """What this very turn was answered before: the same turn heard twice is one payment and one answer."""
    known = ledger_rows.transfer_by_key(world, "ussd", key)
    if known is None:
        return None
    return refused(world, from_reason(known.reason or "")) if known.state == "refused" else wait_for(world, known)


def refused(world: Any, outcome: Refusal | OnHold | FeeMoved) -> Refused:
    """What the ledger refused, in the menus' words."""
    money = world.organisation.money
    match outcome:
        case NoFunds(fee=fee):
            return NotEnough(money(fee))
        case Over(left=left):
            return OverLimit(money(left))
        case Untaken():
            return NotTaken()
        case FeeMoved(fee):
            return FeeChanged(money(fee))
        case OnHold():
            return Paused()


def wait_for(world: Any, transfer: Transfer) -> Sent | UnderWay | NotTaken:
    """How far the transfer is, after waiting for the worker at most POSTING_WAIT_S and never past the turn's deadline."""
    world.commit()
    end = time.monotonic() + min(POSTING_WAIT_S, world.time_left() - ANSWER_S)
    while True:
        if not world.time_left():
            return UnderWay(transfer.ref)
        now = ledger_rows.transfer(world, transfer.id)
        assert now, "a reserved transfer is a row"
        if now.state == "posted":
            left = ledger_rows.account(world, now.source_id)
            return Sent(now.ref, world.organisation.money(left.available))
        if now.ended:
            return NotTaken()
        if (left_s := end - time.monotonic()) <= 0:
            return UnderWay(now.ref)
        world.commit()  # let go of the connection while waiting
        if not world.bell.wait_for(str(transfer.id), left_s):
            time.sleep(min(SHORT_NAP_S, left_s))


def what_became_of(world: Any, caller: str, call: str) -> str | None:
    """What a call has paid already, in a sentence; for a call that we lost and hear again."""
    member = rows.by_number(world, caller)
    paid = ledger_rows.transfer_of_call(world, call) if member else None
    if member is None or paid is None or paid.state == "rejected":
        return None
    account = ledger_rows.account(world, paid.destination_id)
    receiver = rows.by_id(world, account.owner_id) if account.owner_id else None
    said: str = world.phrases.say(
        notices.PAID_ALREADY, member.language, amount=world.organisation.money(paid.amount), to_name=called(world, receiver, account), ref=paid.ref
    )
    return said


def last_news(world: Any, caller: str) -> str | None:
    """What became of a payment whose call broke off before its answer was seen: said first when the same phone dials again."""
    member = rows.by_number(world, caller)
    known = member is not None and member.status == "active" and not member.shared
    paid = ledger_rows.last_asked(world, member.id, world.now() - NEWS_FOR) if member and known else None
    if member is None or paid is None or paid.call is None or paid.state == "refused":
        return None
    end = records.end_of(world, paid.call)
    if end and end.status == "Success":
        return None
    to = ledger_rows.account(world, paid.destination_id)
    receiver = rows.by_id(world, to.owner_id) if to.owner_id else None
    notice = {"posted": notices.NEWS_SENT, "rejected": notices.NEWS_NOT_SENT, "voided": notices.NEWS_NOT_SENT, "expired": notices.NEWS_NOT_SENT}
    said: str = world.phrases.say(
        notice.get(paid.state, notices.NEWS_UNDER_WAY), member.language, amount=world.organisation.money(paid.amount),
        to_name=called(world, receiver, to), ref=paid.ref,
    )  # fmt: skip
    return said


def text_balance(world: Any, caller: str, key: str) -> OnItsWay | Enough:
    """The balance by SMS, to the number that asks."""
    if _enough_texts(world, caller):
        return Enough()
    member, now = the_member(world, caller), world.organisation.local(world.now())
    account = ledger_rows.account_of(world, member.id)
    words = world.phrases.say(
        notices.BALANCE, member.language, balance=world.organisation.money(account.available),
        day=world.phrases.day(now, member.language), time=f"{now:%H:%M}", code=world.organisation.dial(),
    )  # fmt: skip
    write_text(world, key=f"balance:{key}", number=caller, kind="reply", words=words, member_id=member.id)
    return OnItsWay()


def _enough_texts(world: Any, caller: str) -> bool:
    """Each SMS costs the organisation money; who reads on the screen pays nothing."""
    return records.replies_since(world, caller, world.now() - dt.timedelta(days=1)) >= TEXTS_A_DAY


def look_at(world: Any, caller: str, payment: str) -> Seen | NotYours:
    """One payment of one's own."""
    return payment_of(world, the_member(world, caller), payment) or NotYours()


def text_payment(world: Any, caller: str, payment: str, key: str) -> OnItsWay | NotYours | Enough:
    if _enough_texts(world, caller):
        return Enough()
    member = the_member(world, caller)
    seen = payment_of(world, member, payment)
    if seen is None:
        return NotYours()
    words = words_of_payment(world, member, seen)
    write_text(world, key=f"payment:{key}", number=caller, kind="reply", words=words, member_id=member.id, about=payment)
    return OnItsWay()
