"""Produce: so many kilos at a price, written by a clerk, with a receipt that the member can contradict; advances; payday."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Account, Money, NoFunds, Reserved, Wish
from gateway.members import rows as members
from gateway.members.model import Day, Locked, Member, NotEnough, NotTaken, NotYours, Paused, Sent, TooBusy, UnderWay, WrongPin, short
from gateway.members.payments import known_answer, pay
from gateway.members.verbs import call_of, the_member, weigh_pin
from gateway.money import rows
from gateway.money.model import (
    ADVANCE_SHARE,
    Confirmed,
    Delivered,
    Kilos,
    KilosOfDay,
    NoSuchDay,
    NothingDue,
    NothingThatDay,
    NotThatMuch,
    Offerable,
    Offered,
    quantity,
    worth,
)
from menus.answers import Secret
from menus.days import day_meant
from menus.phrasebook import Row

LOAN_MOST = 10**12  # minor units; the advance itself is bounded by what is due
DUE, LOAN = "produce", "loan"  # products of a member's accounts: what the organisation owes them, what they owe it


def account_for(world: Any, member: Member, product: str) -> Account:
    """A member's account for produce or for advances, opened when it is first needed."""
    found = ledger_rows.account_or_none(world, member.id, product)
    if found is None:
        behind, floor, ceiling = ("P", 0, None) if product == DUE else ("L", -LOAN_MOST, 0)
        kind = "liability" if product == DUE else "asset"
        ledger.open_account(
            world, code=f"M{member.code}{behind}", name=member.name, product=product, kind=kind, owner_id=member.id, floor=floor, ceiling=ceiling
        )  # fmt: skip
        found = ledger_rows.account_of(world, member.id, product)
    return found


def write_delivery(world: Any, *, member: Member, product: str, thousandths: int, clerk: str, centre: str, key: str, day: dt.date) -> Any | None:
    """What a member brought, at the price that holds; None when nobody has set a price, or the key came before with something else.

    The member's produce account is credited by the poster, and the receipt says how to contradict it.
    """
    if known := rows.delivery_by_key(world, key):
        same = (known.member_id, known.product, known.thousandths) == (member.id, product, thousandths)
        return known if same else None
    price = rows.price_of(world, product)
    amount = worth(thousandths, price.price) if price else 0
    if price is None or amount <= 0:
        return None
    account = account_for(world, member, DUE)
    said = f"{quantity(thousandths, price.unit)} {product}"
    outcome = ledger.reserve(world, Wish(
        "disbursement", world.system_accounts[ledger.PRODUCE], account.id, amount, "clerk", f"delivery-{key}", f"clerk:{clerk}"[:60],
        subtype="produce", narrative=said, free=True,
    ))  # fmt: skip
    if not isinstance(outcome, Reserved):
        return None
    id = rows.add_delivery(
        world, key=key, member_id=member.id, product=product, unit=price.unit, thousandths=thousandths, price=price.price, amount=amount,
        clerk=clerk[:60], centre=centre[:20], day=day.isoformat(), transfer_id=outcome.transfer.id,
    )  # fmt: skip
    return rows.delivery(world, id)


def correct_delivery(world: Any, id: int, *, by: str, key: str) -> str:
    """A delivery was written wrong: it is turned back. Returns why not, or nothing."""
    found = rows.delivery(world, id)
    if found is None or found.state == "corrected":
        return "it is corrected already"
    outcome = ledger.reverse(world, found.transfer_id, key=key, authority=by[:60], narrative="corrected delivery")
    if not isinstance(outcome, Reserved):
        return "the member has used this money; make an adjustment"
    rows.change_delivery(world, id, "corrected")
    return ""


# On the phone.


def my_deliveries(world: Any, caller: str) -> list[Row]:
    """What the caller brought lately: day, how much, what it is worth."""
    member = the_member(world, caller)
    said = []
    for one in rows.deliveries_of(world, member.id, most=20):
        day = world.phrases.day(dt.datetime.fromisoformat(one.day), member.language)
        said.append(Row(str(one.id), f"{day} {quantity(one.thousandths, one.unit)} {_bare(world, one.amount)}{'?' if one.state == 'contradicted' else ''}"))
    return said


def _bare(world: Any, minor: int) -> str:
    return str(world.organisation.money(minor)).split(" ", 1)[1]


def week_kilos(world: Any, caller: str) -> Kilos:
    """What the caller brought in these seven days, of what they bring most."""
    member = members.by_number(world, caller)
    brought = week_of(world, [member.id]) if member else {}
    return next(iter(brought.values()), quantity(0, "kg"))


def week_of(world: Any, member_ids: Sequence[int]) -> dict[int, Kilos]:
    """Member -> what they brought in these seven days, of what they bring most; who brought nothing is not there."""
    since = (world.organisation.local(world.now()).date() - dt.timedelta(days=6)).isoformat()
    totals: dict[int, dict[str, int]] = {}
    for member_id, unit, thousandths in rows.brought_since(world, member_ids, since):
        totals.setdefault(member_id, {})[unit] = thousandths
    best = {id: max(units, key=lambda name: units[name]) for id, units in totals.items()}
    return {id: quantity(totals[id][unit], unit) for id, unit in best.items()}


def kilos_by_text(world: Any, caller: str, said: str) -> KilosOfDay | NothingThatDay | NoSuchDay:
    """What the caller brought on a day: all of it that is of one unit, and who wrote the last of it."""
    member, today = the_member(world, caller), world.organisation.local(world.now()).date()
    meant = day_meant(said, today, ahead=False)
    if meant is None:
        return NoSuchDay()
    day = Day(world.phrases.day(dt.datetime.combine(meant[0], dt.time()), member.language))
    some = [one for one in rows.deliveries_on(world, member.id, meant[0].isoformat()) if one.state != "corrected"]
    if not some:
        return NothingThatDay(day)
    last = some[0]
    same = [one for one in some if one.unit == last.unit]
    kilos, money = quantity(sum(one.thousandths for one in same), last.unit), world.organisation.money(sum(one.amount for one in same))
    return KilosOfDay(day, kilos, money, short(last.clerk), short(last.centre))


def look_at_delivery(world: Any, caller: str, delivery: str) -> Delivered | NotYours:
    member = the_member(world, caller)
    found = rows.delivery(world, int(delivery)) if delivery.isdigit() else None
    if found is None or found.member_id != member.id:
        return NotYours()
    day = Day(world.phrases.day(dt.datetime.fromisoformat(found.day), member.language))
    return Delivered(day, quantity(found.thousandths, found.unit), world.organisation.money(found.amount), short(found.clerk), short(found.centre))


def confirm_delivery(world: Any, caller: str, delivery: str) -> Confirmed | NotYours:
    """One key that says: it was so. Customers check quality best."""
    return _judge(world, caller, delivery, "confirmed")


def contradict_delivery(world: Any, caller: str, delivery: str) -> Confirmed | NotYours:
    """One key that says: it was not so. A person looks."""
    return _judge(world, caller, delivery, "contradicted")


OF_PRODUCE = frozenset("KILO KILOS KG MILK MAZIWA LITA LITRE LITRES MAZAO DELIVERY UZITO WEIGHT LAIT".split())  # words that say it is about what was brought


def contradict_day(world: Any, caller: str, said: str) -> str:
    """Words that begin with a day say that all deliveries of it are wrong. Returns the day, nothing where none was written then."""
    member, today = the_member(world, caller), world.organisation.local(world.now()).date()
    meant = day_meant(said, today, ahead=False)
    about_it = meant and (not meant[1].strip() or any(one.isdigit() for one in meant[1]) or OF_PRODUCE & set(meant[1].upper().split()))
    some = rows.deliveries_on(world, member.id, meant[0].isoformat()) if meant and about_it else []
    for one in some:
        _judge(world, caller, str(one.id), "contradicted")
    return str(world.phrases.day(dt.datetime.combine(meant[0], dt.time()), member.language)) if meant and some else ""


def _judge(world: Any, caller: str, delivery: str, state: str) -> Confirmed | NotYours:
    found = rows.delivery(world, int(delivery)) if delivery.isdigit() else None
    if found is None or found.member_id != the_member(world, caller).id:
        return NotYours()
    if found.state in ("written", "confirmed", "contradicted"):
        rows.change_delivery(world, found.id, state)
    return Confirmed()


# Advances: without interest, against what the organisation owes for produce.


def produce_due(world: Any, caller: str) -> Money:
    return _balance(world, caller, DUE, 1)


def loan_left(world: Any, caller: str) -> Money:
    return _balance(world, caller, LOAN, -1)


def _balance(world: Any, caller: str, product: str, sign: int) -> Money:
    member = members.by_number(world, caller)
    found = ledger_rows.account_or_none(world, member.id, product) if member else None
    money: Money = world.organisation.money(sign * found.balance if found else 0)
    return money


def _can_get(world: Any, member: Member) -> int:
    """One part in ADVANCE_SHARE of what is due, less what is still owed, in whole units."""
    due, loan = (ledger_rows.account_or_none(world, member.id, product) for product in (DUE, LOAN))
    owed = -(loan.balance - loan.held) if loan else 0
    scale = 10**world.organisation.digits
    most: int = max((due.available if due else 0) // ADVANCE_SHARE - owed, 0) // scale * scale
    return most


def offer_advance(world: Any, caller: str) -> Offered:
    member = the_member(world, caller)
    return Offered(world.organisation.money(_can_get(world, member)), loan_left(world, caller))


def quote_advance(world: Any, caller: str, amount: int) -> Offerable | NotThatMuch:
    return Offerable(world.organisation.money(0)) if amount <= _can_get(world, the_member(world, caller)) else NotThatMuch()


def quote_repay(world: Any, caller: str, amount: int) -> Offerable | NothingDue | NotThatMuch:
    if loan_left(world, caller).minor <= 0:
        return NothingDue()
    there = ledger_rows.account_of(world, the_member(world, caller).id).available
    return Offerable(world.organisation.money(0)) if min(amount, loan_left(world, caller).minor) <= there else NotThatMuch()


def take_advance(
    world: Any, caller: str, amount: int, pin: Secret, key: str
) -> Sent | UnderWay | WrongPin | Locked | TooBusy | NotThatMuch | NotTaken | Paused:
    """Money now, to be paid back from the next produce money. No interest, no fee."""
    if isinstance(known := known_answer(world, key), Sent | UnderWay | Paused):
        return known
    if refused := weigh_pin(world, caller, pin):
        return refused
    member = the_member(world, caller)
    loan = account_for(world, member, LOAN)
    ledger_rows.lock_accounts(world, [loan.id])  # two calls at once get one advance, not two
    if amount > _can_get(world, member):
        return NotThatMuch()
    savings = ledger_rows.account_of(world, member.id)
    outcome = pay(world, Wish(
        "disbursement", loan.id, savings.id, amount, "ussd", key, f"pin:{member.id}", subtype="advance", free=True, call=call_of(key)
    ))  # fmt: skip
    return outcome if isinstance(outcome, Sent | UnderWay | Paused) else NotTaken()


def repay_advance(
    world: Any, caller: str, amount: int, pin: Secret, key: str
) -> Sent | UnderWay | WrongPin | Locked | TooBusy | NothingDue | NotEnough | NotTaken | Paused:
    """Pay back on an advance from the savings; never more than is owed."""
    if isinstance(known := known_answer(world, key), Sent | UnderWay | NotEnough | Paused):
        return known
    if refused := weigh_pin(world, caller, pin):
        return refused
    member = the_member(world, caller)
    loan, savings = ledger_rows.account_or_none(world, member.id, LOAN), ledger_rows.account_of(world, member.id)
    owed = -loan.balance if loan else 0
    if loan is None or owed <= 0:
        return NothingDue()
    outcome = pay(world, Wish(
        "transfer", savings.id, loan.id, min(amount, owed), "ussd", key, f"pin:{member.id}", subtype="repayment", free=True, call=call_of(key)
    ))  # fmt: skip
    return outcome if isinstance(outcome, Sent | UnderWay | NotEnough | Paused) else NotTaken()


# Payday.


def payday_preview(world: Any) -> list[tuple[Account, int, int]]:
    """(produce account, to the advance, to the savings) of every member who has something due."""
    said = []
    for account in ledger_rows.all_accounts(world, product=DUE, most=100_000):
        if account.available > 0 and account.owner_id:
            loan = ledger_rows.account_or_none(world, account.owner_id, LOAN)
            back = min(account.available, max(-loan.balance, 0)) if loan else 0
            said.append((account, back, account.available - back))
    return said


def pay_day(world: Any, period: str, by: str) -> int:
    """Pay what is due for produce: first back on the advance, the rest to the savings, both or none. Idempotent by period."""
    paid, due = 0, payday_preview(world)
    ledger_rows.lock_accounts(world, [account.id for account, _, _ in due])  # in the order of their ids, as the poster takes them
    for account, back, rest in due:
        assert account.owner_id, "produce is somebody's"
        savings = ledger_rows.account_of(world, account.owner_id)
        wishes = []
        if back:
            loan = ledger_rows.account_of(world, account.owner_id, LOAN)
            wishes.append(Wish("transfer", account.id, loan.id, back, "payday", f"{period}-{account.id}-back", by[:60], subtype="repayment", free=True))
        if rest:
            wishes.append(Wish("disbursement", account.id, savings.id, rest, "payday", f"{period}-{account.id}", by[:60], subtype="payday", free=True))
        key = wishes[-1].key
        if ledger_rows.transfer_by_key(world, "payday", key) or ledger_rows.transfer_by_key(world, "payday", wishes[0].key):
            continue
        outcomes = ledger.reserve_chain(world, wishes)
        paid += not isinstance(outcomes[0], NoFunds) and all(isinstance(one, Reserved) for one in outcomes)
    return paid
