"""Airtime: the money is held, the provider asked once, and the provider's word posts it or gives it back.

What became of an order that nobody can tell is never guessed: it waits for a person, and the money stays held.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NOTHING_MOVED, Reserved, Wish
from gateway.members import rows as members
from gateway.members.model import FeeChanged, Locked, NotEnough, NotTaken, OverLimit, Paused, Quoted, TooBusy, TooMuch, UnderWay, WrongPin
from gateway.members.payments import quote_for, refused
from gateway.members.receipts import money_of
from gateway.members.verbs import call_of, the_member, weigh_pin
from gateway.money import rows
from gateway.money.model import AIRTIME_TRIES, HomeNumber, Mine
from gateway.records.model import phone_of
from gateway.records.verbs import Accepted, Outcome, Refused, Unknown, Unreached, write_text
from gateway.store import outbox
from menus.answers import Phone, Secret
from menus.book import notices
from menus.notice import Notice

SUCCESS, FAILED = "success", "failed"  # the provider's last words on an order


def my_number(world: Any, caller: str) -> Mine:
    """Airtime for the phone that calls."""
    return Mine(HomeNumber(Phone().say(phone_of(caller), world.place)))


def quote_airtime(world: Any, caller: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    return quote_for(world, ledger_rows.account_of(world, the_member(world, caller).id), "merchantpayment", "airtime", amount)


def buy_airtime(
    world: Any, caller: str, number: str, amount: int, pin: Secret, quoted_fee: int, key: str
) -> UnderWay | WrongPin | Locked | TooBusy | FeeChanged | NotEnough | OverLimit | NotTaken | Paused:
    """Order airtime for a phone: one's own or another's."""
    if wrong := weigh_pin(world, caller, pin):
        return wrong
    member = the_member(world, caller)
    source = ledger_rows.account_of(world, member.id)
    number = world.place.phone(number) or number
    wish = Wish(
        "merchantpayment", source.id, world.system_accounts[ledger.AIRTIME], amount, "ussd", key, f"pin:{member.id}", subtype="airtime",
        quoted_fee=quoted_fee, call=call_of(key),
    )  # fmt: skip
    return order_airtime(world, wish, number)


def order_airtime(world: Any, wish: Wish, number: str) -> UnderWay | FeeChanged | NotEnough | OverLimit | NotTaken | Paused:
    """Hold the money and write the order, in one transaction; a worker asks the provider."""
    outcome = ledger.reserve(world, replace(wish, hold=True, narrative=f"..{number[-3:]}"))
    if not isinstance(outcome, Reserved):
        return refused(world, outcome)
    if rows.add_airtime(world, transfer_id=outcome.transfer.id, number=number, amount=wish.amount):
        world.outbox.add("airtime", str(outcome.transfer.id))
    world.commit()
    return UnderWay(outcome.transfer.ref)


def order_for_points(world: Any, into: Wish, points: Wish, number: str) -> Any | None:
    """Airtime out of the budget of rewards for points of a member: both are held until the network has spoken, and go or come back together.
    The transfer of the money, or None when one of the two cannot be held.
    """
    bought = ledger.reserve(world, replace(into, hold=True, narrative=f"..{number[-3:]}", remembers_refusal=False))
    if not isinstance(bought, Reserved) or bought.transfer.state in NOTHING_MOVED:
        return None
    spent = ledger.reserve(world, replace(points, hold=True, remembers_refusal=False))
    if not isinstance(spent, Reserved):
        ledger.void_hold(world, bought.transfer.id, "the points were not there")
        return None
    if rows.add_airtime(world, transfer_id=bought.transfer.id, number=number, amount=into.amount):
        rows.add_airtime_points(world, bought.transfer.id, spent.transfer.id)
        world.outbox.add("airtime", str(bought.transfer.id))
    return bought.transfer


def amount_of(world: Any, minor: int) -> str:
    """An amount as the provider wants it: a decimal in whole units, with two places."""
    scale = 10**world.organisation.digits
    return f"{minor // scale}.{minor % scale * 100 // scale:02}"


def begin_order(world: Any, transfer_id: int) -> Any | None:
    """Mark an order as being sent, before the provider is asked. None when there is nothing to ask.

    One that is found in `sending` was in the hands of a worker that died: whether it went out, nobody knows.
    """
    order = rows.airtime(world, transfer_id, lock=True)
    if order is None or order.state not in ("waiting", "sending"):
        return None
    if order.state == "sending":
        note_order(world, transfer_id, Unknown("the worker died while asking"))
        return None
    rows.change_airtime(world, transfer_id, state="sending", tries=order.tries + 1)
    return order


def note_order(world: Any, transfer_id: int, outcome: Outcome) -> None:
    """Write down what the provider said of an order."""
    order = rows.airtime(world, transfer_id, lock=True)
    job = next(iter(outbox.about(world, "airtime", str(transfer_id))), None)
    if order is None or order.state in ("delivered", "failed"):
        return
    match outcome:
        case Accepted(id):
            rows.change_airtime(world, transfer_id, state="sent", request_id=id, said="sent")
            world.outbox.done("airtime", [str(transfer_id)])
            for early in rows.airtime_reports_of(world.write, id):  # it may have overtaken the answer
                note_airtime_report(world, transfer_id, early.status)
        case Unreached(why) if job and order.tries < AIRTIME_TRIES:
            rows.change_airtime(world, transfer_id, state="waiting", said=why[:120])
            world.outbox.again(job, why, order.tries)
        case Refused(code) | Unreached(code):
            world.outbox.done("airtime", [str(transfer_id)])
            _fail(world, transfer_id, code)
        case Unknown(why):
            rows.change_airtime(world, transfer_id, state="unknown", said=why[:120])
            if job:
                world.outbox.park(job, why)


def note_airtime_report(world: Any, transfer_id: int, status: str) -> None:
    """The provider's last word: post what was held, or give it back. Words that we do not know change nothing."""
    order = rows.airtime(world, transfer_id, lock=True)
    if order is None or order.state in ("delivered", "failed"):
        return
    if status.lower() == SUCCESS:
        _deliver(world, transfer_id, status)
    elif status.lower() == FAILED:
        _fail(world, transfer_id, status)


def catch_up(world: Any) -> int:
    """Reports that came while the answer to their order was being written: looked at again."""
    caught = 0
    for order in rows.airtime_in(world, ("sent",)):
        for report in rows.airtime_reports_of(world.write, order.request_id or ""):
            note_airtime_report(world, order.transfer_id, report.status)
            caught += 1
    return caught


def decide_airtime(world: Any, transfer_id: int, *, delivered: bool, by: str) -> str:
    """A person has found out what became of an order that nobody could tell."""
    order = rows.airtime(world, transfer_id, lock=True)
    if order is None or order.state not in ("unknown", "sent"):
        return "this order is not open"
    world.outbox.done("airtime", [str(transfer_id)])
    (_deliver if delivered else _fail)(world, transfer_id, f"decided by {by}")
    return ""


def _deliver(world: Any, transfer_id: int, said: str) -> None:
    rows.change_airtime(world, transfer_id, state="delivered", said=said[:120], done_at=world.now())
    ledger.post_hold(world, transfer_id)
    if points_id := rows.points_of_airtime(world, transfer_id):
        ledger.post_hold(world, points_id)
        _tell(world, transfer_id, points_id, notices.AIRTIME_FOR_POINTS)


def _fail(world: Any, transfer_id: int, said: str) -> None:
    rows.change_airtime(world, transfer_id, state="failed", said=said[:120], done_at=world.now())
    ledger.void_hold(world, transfer_id, f"airtime failed: {said}")
    points_id = rows.points_of_airtime(world, transfer_id)
    if points_id:
        ledger.void_hold(world, points_id, f"airtime failed: {said}")
    _tell(world, transfer_id, points_id or transfer_id, notices.POINTS_KEPT if points_id else notices.AIRTIME_FAILED)


def _tell(world: Any, transfer_id: int, paid_with: int, notice: Notice) -> None:
    """Tell whoever paid for airtime, with money or with points, what became of it."""
    transfer, paid = (ledger_rows.transfer(world, id) for id in (transfer_id, paid_with))
    owner_id = ledger_rows.account(world, paid.source_id).owner_id if paid else None
    member = members.by_id(world, owner_id) if owner_id else None
    if transfer and paid and member:
        words = world.phrases.say(
            notice, member.language, amount=money_of(world, transfer, transfer.amount), points=f"{paid.amount}", ref=transfer.ref,
            code=world.organisation.dial("2", "3"),
        )  # fmt: skip
        write_text(world, key=f"{notice.name}:{transfer.id}", number=member.number, kind="receipt", words=words, member_id=member.id, about=str(transfer.id))
