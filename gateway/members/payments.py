"""What members can do with their money: look somebody up, ask the price, send, prepare a payment by SMS and agree to it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any

from gateway.ledger import facts as books
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import FeeMoved, NoFunds, OnHold, OverDayLimit, OverOnce, Ref, Reserved, Settled, Transfer
from gateway.ledger.model import NotTaken as Untaken
from gateway.members import rows
from gateway.members.model import (
    DRAFT_MINUTES,
    LOOKUPS_MOST,
    AskedTooOften,
    DraftPayment,
    Dropped,
    Enough,
    FeeChanged,
    Found,
    Gone,
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
    Ready,
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
from gateway.members.statements import payment_of, words_of_payment
from gateway.members.verbs import call_of, the_member, weigh_pin
from gateway.records import rows as records
from gateway.records.verbs import write_text
from gateway.world import POSTING_WAIT_S
from menus.answers import Secret
from menus.book import notices

TEXTS_A_DAY = 20  # SMS that one number may ask for from the menu
SHORT_NAP_S = 0.05  # between looks at the database while Redis is away
Refused = NotEnough | OverLimit | NotTaken | Paused | FeeChanged


def find_member(world: Any, caller: str, to: str) -> Found | NotAMember | Yourself | AskedTooOften:
    """Show a name before money is spoken of. Counted, so that nobody reads the register by dialling through it."""
    if rows.count_lookup(world, caller, world.organisation.local(world.now()).date().isoformat()) > LOOKUPS_MOST:
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
    money = world.organisation.money
    account = ledger_rows.account_of(world, member.id)
    fee, once = books.fee(world, "transfer", amount), books.limit(world, "transfer", "once")
    if once is not None and amount > once:
        return TooMuch(money(once))
    if amount + fee > account.available:
        return NotEnough(money(fee))
    if amount > (left := books.day_left(world, account)):
        return OverLimit(money(left))
    return Quoted(money(fee), money(account.available - amount - fee), fee)


def send_money(
    world: Any, caller: str, to: str, amount: int, pin: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | WrongPin | Locked | TooBusy | FeeChanged | NotEnough | OverLimit | NotTaken | Paused:
    """The PIN is right: set the money aside, commit, and wait a moment for the worker to post it."""
    if known := ledger_rows.transfer_by_key(world, "ussd", key):  # the same turn heard twice
        return _wait_for(world, known[0])
    if refused := weigh_pin(world, caller, pin):
        return refused
    receiver = receiver_of(world, to)
    if receiver is None:
        return NotTaken()
    return _send(world, the_member(world, caller), receiver, amount, quoted_fee, "ussd", key, call_of(key))


def _send(world: Any, member: Member, receiver: Member, amount: int, quoted_fee: int, channel: str, key: str, call: str) -> Sent | UnderWay | Refused:
    source, destination = ledger_rows.account_of(world, member.id), ledger_rows.account_of(world, receiver.id)
    outcome = ledger.reserve(
        world, kind="transfer", source_id=source.id, destination_id=destination.id, amount=amount,
        channel=channel, key=key, authority=f"pin:{member.id}", quoted_fee=quoted_fee, call=call,
    )  # fmt: skip
    money = world.organisation.money
    match outcome:
        case Reserved(transfer):
            world.commit()
            return _wait_for(world, transfer)
        case NoFunds(fee=fee):
            return NotEnough(money(fee))
        case OverDayLimit(left):
            return OverLimit(money(left))
        case OverOnce(most):
            return OverLimit(money(most))
        case Untaken():
            return NotTaken()
        case FeeMoved(fee):
            return FeeChanged(money(fee))
        case OnHold():
            return Paused()


def _wait_for(world: Any, transfer: Transfer) -> Sent | UnderWay | NotTaken:
    """How far the transfer is, after waiting for the worker at most POSTING_WAIT_S and never past the turn's deadline."""
    world.commit()
    end = time.monotonic() + min(POSTING_WAIT_S, world.time_left())
    while True:
        now = ledger_rows.transfer(world, transfer.id)
        assert now, "a reserved transfer is a row"
        if now.state == "posted":
            left = ledger_rows.account(world, now.source_id)
            return Sent(now.ref, world.organisation.money(left.available))
        if now.state == "rejected":
            return NotTaken()
        if (left_s := end - time.monotonic()) <= 0:
            return UnderWay(now.ref)
        world.commit()  # let go of the connection while waiting
        if not world.bell.wait_for(str(transfer.id), left_s):
            time.sleep(min(SHORT_NAP_S, left_s))


def prepare_draft(world: Any, caller: str, to: str, amount: int, key: str) -> None:
    """Keep a payment that was asked for by SMS until it is agreed to with the PIN."""
    receiver = receiver_of(world, to)
    assert receiver, "the flow has just found this member"
    ends_at = world.now() + dt.timedelta(minutes=DRAFT_MINUTES)
    rows.add_draft(world, key=key, member_id=the_member(world, caller).id, to_number=receiver.number, amount=amount, ends_at=ends_at)


def take_draft(world: Any, caller: str, draft: str) -> Ready | Gone | NotEnough | OverLimit:
    """Look at a prepared payment again, with today's fee and balance."""
    member = the_member(world, caller)
    found = _open_draft(world, member, draft)
    receiver = receiver_of(world, found.to_number) if found else None
    if not found or not receiver:
        return Gone()
    match _quote(world, member, found.amount):
        case Quoted(fee, left, quoted_fee):
            return Ready(world.organisation.money(found.amount), short(receiver.name), tail(receiver.number), fee, left, quoted_fee)
        case TooMuch(most):
            return OverLimit(most)
        case refused:
            return refused


def send_draft(
    world: Any, caller: str, draft: str, pin: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | Gone | WrongPin | Locked | TooBusy | NotEnough | OverLimit | NotTaken | Paused:
    """Agree to a prepared payment. Its own id is the key, so it is paid once, whoever agrees however often."""
    if known := ledger_rows.transfer_by_key(world, "draft", draft):
        return _wait_for(world, known[0])
    member = the_member(world, caller)
    found = _open_draft(world, member, draft)
    if found is None:
        return Gone()
    if refused := weigh_pin(world, caller, pin):
        return refused
    receiver = receiver_of(world, found.to_number)
    if receiver is None:
        return NotTaken()
    outcome = _send(world, member, receiver, found.amount, quoted_fee, "draft", draft, call_of(key))
    if isinstance(outcome, Sent | UnderWay):
        rows.end_draft(world, found.id, "agreed")
    return Gone() if isinstance(outcome, FeeChanged) else outcome


def what_became_of(world: Any, caller: str, call: str) -> str | None:
    """What a call has paid already, in a sentence; for a call that we lost and hear again."""
    member = rows.by_number(world, caller)
    paid = ledger_rows.transfer_of_call(world, call) if member else None
    if member is None or paid is None or paid.state == "rejected":
        return None
    receiver = _owner(world, paid.destination_id)
    said: str = world.phrases.say(
        notices.PAID_ALREADY, member.language, amount=world.organisation.money(paid.amount), to_name=_called(receiver, world), ref=paid.ref
    )
    return said


def drop_draft(world: Any, caller: str, draft: str) -> Dropped | Gone:
    found = _open_draft(world, the_member(world, caller), draft)
    if found is None:
        return Gone()
    rows.end_draft(world, found.id, "stopped")
    return Dropped()


def _open_draft(world: Any, member: Member, draft: str) -> DraftPayment | None:
    found = rows.draft(world, int(draft), member.id)
    return found if found and found.state == "waiting" and found.ends_at > world.now() else None


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


def tell_settled(world: Any, settled: Sequence[Settled]) -> None:
    """Receipts for both sides of what was posted, and the truth to who asked for what was not. In the poster's transaction."""
    if not settled:
        return
    world.outbox.done("post", [str(one.transfer.id) for one in settled])
    accounts = ledger_rows.accounts_in(world, {id for one in settled for id in (one.transfer.source_id, one.transfer.destination_id)})
    owners = rows.by_ids(world, {account.owner_id for account in accounts.values() if account.owner_id})
    for one in settled:
        payer, payee = (owners.get(accounts[id].owner_id or 0) for id in (one.transfer.source_id, one.transfer.destination_id))
        if one.transfer.state == "posted":
            _tell(world, one, payer, notices.SENT, to_name=_called(payee, world), balance=one.source_balance)
            _tell(world, one, payee, notices.RECEIVED, from_name=_called(payer, world), balance=one.destination_balance)
        else:
            _tell(world, one, payer, notices.NOT_SENT, to_name=_called(payee, world), balance=one.source_balance)


def _owner(world: Any, account_id: int) -> Member | None:
    owner_id = ledger_rows.account(world, account_id).owner_id
    return rows.by_id(world, owner_id) if owner_id else None


def _called(member: Member | None, world: Any) -> str:
    return short(member.name) if member else world.organisation.short_name


def _tell(world: Any, one: Settled, member: Member | None, notice: Any, *, balance: int, **words: Any) -> None:
    if member is None:
        return
    money, transfer = world.organisation.money, one.transfer
    local = world.organisation.local(transfer.done_at or transfer.made_at)
    said = world.phrases.say(
        notice, member.language, amount=money(transfer.amount), fee=money(transfer.fee), balance=money(balance), ref=Ref(transfer.ref),
        day=world.phrases.day(local, member.language), time=f"{local:%H:%M}", **words,
    )  # fmt: skip
    key = f"{notice.name}:{transfer.id}:{member.id}"
    write_text(world, key=key, number=member.number, kind="receipt", words=said, member_id=member.id, about=str(transfer.id))
