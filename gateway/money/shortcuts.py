"""Shortcuts: a payment that was made once is kept under one key. Pressing it prepares the same payment, which asks for the PIN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Transfer
from gateway.members import rows as members
from gateway.members.model import Gone, Member, short
from gateway.members.payments import receiver_of
from gateway.members.verbs import the_member
from gateway.money import rows
from gateway.money.model import Count
from gateway.money.places import GROUP, place_with
from gateway.money.waiting import prepare_draft
from menus.phrasebook import Row

SHORTCUTS_MOST = 7  # as many as a screen has digits
PAYMENTS_SHOWN = 7  # of the newest, to choose one from
PAYMENTS_READ = 60  # newest transfers of an account that are looked through for them
KINDS = {("transfer", ""): "send", ("billpay", "group"): "group", ("merchantpayment", "airtime"): "airtime"}


class DraftNumber(str):
    """The id of a prepared payment, carried to where it is agreed to and never said."""

    longest = "9" * 19
    never_cut = True


@dataclass(frozen=True)
class Prepared:
    draft: DraftNumber


@dataclass(frozen=True)
class TooManyShortcuts:
    most: Count


class KeptShortcut: ...


class RemovedOne: ...


def keep_shortcut(world: Any, caller: str, payment: str) -> KeptShortcut | TooManyShortcuts | Gone:
    member = the_member(world, caller)
    found = _payment(world, member, payment)
    if found is None:
        return Gone()
    paid, to = found
    if len(rows.shortcuts_of(world, member.id)) >= SHORTCUTS_MOST:
        return TooManyShortcuts(Count(SHORTCUTS_MOST))
    rows.add_shortcut(world, member_id=member.id, kind=KINDS[paid.kind, paid.subtype], to=to, amount=paid.amount)
    return KeptShortcut()


def pay_again(world: Any, caller: str, payment: str, key: str) -> Prepared | Gone:
    """The same payment once more, prepared: who gets it is looked up anew, and the PIN is asked."""
    found = _payment(world, the_member(world, caller), payment)
    return _prepare(world, caller, KINDS[found[0].kind, found[0].subtype], found[1], found[0].amount, f"again-{key}") if found else Gone()


def can_repeat(world: Any, caller: str, payment: str) -> bool:
    key = ("can repeat", payment)  # two options of one screen ask
    if key not in world.seen:
        world.seen[key] = _payment(world, the_member(world, caller), payment) is not None
    return bool(world.seen[key])


def use_shortcut(world: Any, caller: str, shortcut: str, key: str) -> Prepared | Gone:
    """Prepare the payment again; whoever has left meanwhile is not paid."""
    member = the_member(world, caller)
    found = rows.shortcut(world, member.id, int(shortcut)) if shortcut.isdigit() else None
    return _prepare(world, caller, found.kind, found.to, found.amount, f"short-{key}") if found else Gone()


def _prepare(world: Any, caller: str, kind: str, to: str, amount: int, key: str) -> Prepared | Gone:
    if (kind == "send" and receiver_of(world, to) is None) or (kind == "group" and place_with(world, GROUP, to) is None):
        return Gone()
    return Prepared(DraftNumber(prepare_draft(world, caller, kind, to, amount, key)))


def remove_shortcut(world: Any, caller: str, remove: str) -> RemovedOne | Gone:
    member = the_member(world, caller)
    return RemovedOne() if remove.isdigit() and rows.drop_shortcut(world, member.id, int(remove)) else Gone()


def _payments(world: Any, member: Member) -> list[tuple[Transfer, str]]:
    """The newest payments of a member that can be made again, and to whom: each receiver and amount once."""
    account = ledger_rows.account_of(world, member.id)
    newest = ledger_rows.page_of_transfers(world, most=PAYMENTS_READ, accounts_in=[account.id], state="posted")
    mine = [one for one in newest if one.source_id == account.id and (one.kind, one.subtype) in KINDS]
    paid: dict[tuple[str, str, int], tuple[Transfer, str]] = {}
    for one, to in _to_whom(world, member, mine):
        paid.setdefault((KINDS[one.kind, one.subtype], to, one.amount), (one, to))
        if len(paid) == PAYMENTS_SHOWN:
            break
    return list(paid.values())


def _payment(world: Any, member: Member, payment: str) -> tuple[Transfer, str] | None:
    """One payment of a member that can be made again, and to whom."""
    one = ledger_rows.transfer(world, int(payment)) if payment.isdigit() else None
    mine = one and one.state == "posted" and one.source_id == ledger_rows.account_of(world, member.id).id and (one.kind, one.subtype) in KINDS
    return next(((paid, to) for paid, to in _to_whom(world, member, [one]) if to), None) if one and mine else None


def _to_whom(world: Any, member: Member, some: Sequence[Transfer]) -> Iterator[tuple[Transfer, str]]:
    """Each with the member code, the number of the group or the phone that it went to; nothing where that is nobody's any more."""
    went_to = ledger_rows.accounts_in(world, {one.destination_id for one in some})
    owners = members.by_ids(world, {one.owner_id for one in went_to.values() if one.owner_id})
    for one in some:
        kind, there = KINDS[one.kind, one.subtype], went_to[one.destination_id]
        if kind == "airtime":  # for two phones it goes to one account of ours
            order = rows.airtime(world, one.id)
            yield one, order.number if order else member.number
        else:
            yield one, there.code.removeprefix(GROUP) if kind == "group" else owners[there.owner_id].code if there.owner_id in owners else ""


def _called(world: Any, kind: str, to: str) -> str:
    match kind:
        case "send":
            found = receiver_of(world, to)
            return short(found.name) if found else to
        case "group":
            place = place_with(world, GROUP, to)
            return place.name if place else to
        case _:
            return f"{to[-4:]}"


# Facts.


def my_shortcuts(world: Any, caller: str) -> list[Row]:
    money = world.organisation.money
    kept = rows.shortcuts_of(world, the_member(world, caller).id)
    return [Row(str(one.id), f"{money(one.amount)} {_called(world, one.kind, one.to)}") for one in kept]


def payments_to_keep(world: Any, caller: str) -> list[Row]:
    member, money = the_member(world, caller), world.organisation.money
    return [Row(str(one.id), f"{money(one.amount)} {_called(world, KINDS[one.kind, one.subtype], to)}") for one, to in _payments(world, member)]
