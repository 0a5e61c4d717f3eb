"""Standing orders: the same payment every week or every month, agreed to once with the PIN, stopped at any time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Reserved, Wish
from gateway.members import rows as members
from gateway.members.model import Day, Gone, Locked, NotEnough, NotTaken, OverLimit, PlaceName, Quoted, TooBusy, TooMuch, WrongPin, short
from gateway.members.payments import quote_for, receiver_of
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import rows
from gateway.money.model import STANDING_FAILURES, STANDING_MOST, Ordered, QuotedStanding, Stopped, TooMany, next_run
from gateway.money.places import GROUP, PRODUCTS, place_with
from gateway.records.verbs import write_text
from menus.answers import Secret
from menus.book import notices
from menus.phrasebook import Row

DUE_MOST = 200  # run in one transaction
TO_MEMBER, TO_GROUP = ("transfer", "standing"), ("billpay", "group")  # kind and subtype of each payment: to a group it is what paying in costs

Offered = QuotedStanding | NotEnough | OverLimit | TooMuch | TooMany
Made = Ordered | WrongPin | Locked | TooBusy | NotTaken


def quote_standing(world: Any, caller: str, to: str, amount: int, every: str) -> Offered:
    return _quote(world, caller, amount, every, *TO_MEMBER)


def quote_standing_group(world: Any, caller: str, group: int, amount: int, every: str) -> Offered:
    return _quote(world, caller, amount, every, *TO_GROUP)


def _quote(world: Any, caller: str, amount: int, every: str, kind: str, subtype: str) -> Offered:
    member = the_member(world, caller)
    if len(rows.standing_of(world, member.id)) >= STANDING_MOST:
        return TooMany()
    match quote_for(world, ledger_rows.account_of(world, member.id), kind, subtype, amount):
        case Quoted(fee=fee):
            return QuotedStanding(fee, Day(world.phrases.day(next_run(world.organisation.local(world.now()), every, 1), member.language)))
        case refused:
            return refused


def make_standing(world: Any, caller: str, to: str, amount: int, every: str, pin: Secret, key: str) -> Made:
    """From the same hour of next week or next month on; nothing moves today."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    receiver = receiver_of(world, to)
    if receiver is None:
        return NotTaken()
    return _order(world, caller, ledger_rows.account_of(world, receiver.id).id, short(receiver.name), amount, every, key)


def make_standing_group(world: Any, caller: str, group: int, amount: int, every: str, pin: Secret, key: str) -> Made:
    """The same to a group: its account has each payment as one that was paid in."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    place = place_with(world, GROUP, str(group))
    return _order(world, caller, place.id, place.name, amount, every, key) if place else NotTaken()


def _order(world: Any, caller: str, destination_id: int, name: str, amount: int, every: str, key: str) -> Ordered:
    member = the_member(world, caller)
    first = world.organisation.local(world.now())
    next_at = next_run(first, every, 1)
    rows.add_standing(
        world, key=key, member_id=member.id, source_id=ledger_rows.account_of(world, member.id).id, name=name, destination_id=destination_id,
        amount=amount, every=every, first_at=first, next_at=next_at,
    )  # fmt: skip
    return Ordered(Day(world.phrases.day(next_at, member.language)))


def standing_lines(world: Any, caller: str) -> list[Row]:
    """The caller's active orders: amount, to whom, and when the next one is due."""
    member = the_member(world, caller)
    money, local, day = world.organisation.money, world.organisation.local, world.phrases.day
    return [Row(str(one.id), f"{money(one.amount)} {one.name} {day(local(one.next_at), member.language)}") for one in rows.standing_of(world, member.id)]


def stop_standing(world: Any, caller: str, order: str) -> Stopped | Gone:
    mine = [one for one in rows.standing_of(world, the_member(world, caller).id) if str(one.id) == order]
    if not mine:
        return Gone()
    rows.change_standing(world, mine[0].id, state="stopped", said="stopped by the member")
    return Stopped()


def stop_orders_to(world: Any, account_id: int, why: str, member_id: int | None = None) -> None:
    """Who has left a group does not pay it on; nobody pays one on that is closed."""
    for one in rows.standing_to(world, account_id) if member_id is None else rows.standing_of(world, member_id):
        if one.destination_id == account_id:
            rows.change_standing(world, one.id, state="stopped", said=why)


def run_due(world: Any) -> int:
    """Ask for every payment that is due. Its key is the order and the number of the run, so that no run pays twice."""
    due = rows.due_standing(world, DUE_MOST)
    if due:
        ledger_rows.lock_accounts(world, [one.source_id for one in due])  # in the order of their ids, as the poster takes them
    for one in due:
        kind, subtype = TO_GROUP if ledger_rows.account(world, one.destination_id).product == PRODUCTS[GROUP] else TO_MEMBER
        wish = Wish(kind, one.source_id, one.destination_id, one.amount, "standing", f"{one.id}-{one.runs + 1}", f"standing:{one.id}", subtype=subtype)
        outcome = ledger.reserve(world, wish)
        paid, runs = isinstance(outcome, Reserved), one.runs + 1
        next_at = _next(world, one, runs + 1)
        failures = 0 if paid else one.failures + 1
        state = "stopped" if failures >= STANDING_FAILURES else "active"
        said = "" if paid else f"{type(outcome).__name__}"
        rows.change_standing(world, one.id, runs=runs, next_at=next_at, failures=failures, state=state, said=said)
        if not paid:
            _tell_failed(world, one, next_at)
    return len(due)


def _next(world: Any, one: Any, runs: int) -> dt.datetime:
    """The next day that is still to come: what a long outage missed is not paid all at once."""
    first = world.organisation.local(one.first_at)
    next_at = next_run(first, one.every, runs)
    while next_at <= world.now():
        runs += 1
        next_at = next_run(first, one.every, runs)
    return next_at


def _tell_failed(world: Any, one: Any, next_at: dt.datetime) -> None:
    member = members.by_id(world, one.member_id)
    if member:
        words = world.phrases.say(
            notices.STANDING_FAILED, member.language, amount=world.organisation.money(one.amount), place=PlaceName(one.name),
            day=world.phrases.day(world.organisation.local(next_at), member.language), code=world.organisation.dial("2", "7"),
        )  # fmt: skip
        write_text(world, key=f"standing:{one.id}:{one.runs + 1}", number=member.number, kind="receipt", words=words, member_id=member.id)
