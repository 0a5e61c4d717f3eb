"""Points and escrow: thanks that can be used, given out of a budget; money set apart until somebody has earned it."""

from __future__ import annotations

from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.currencies import POINTS
from gateway.ledger.model import Account, Money, NotTaken, Outcome, Wish
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.money.airtime import order_for_points

BUDGET, USED = f"{ledger.REWARDS}.{POINTS}", f"{ledger.CAPITAL}.{POINTS}"


def points_account(world: Any, member: Member) -> Account:
    """A member's points, opened when the first are given."""
    found = ledger_rows.account_or_none(world, member.id, "points")
    if found is None:
        ledger.open_account(world, code=f"M{member.code}S", name=member.name, product="points", owner_id=member.id, currency=POINTS)
        found = ledger_rows.account_of(world, member.id, "points")
    return found


def points(world: Any, caller: str) -> Money:
    member = members.by_number(world, caller)
    found = ledger_rows.account_or_none(world, member.id, "points") if member else None
    return Money(found.available if found else 0, POINTS, 0)


def fund(world: Any, amount: int, *, key: str, by: str, money: bool = False) -> Outcome:
    """Set the budget of rewards: so many points that may be given away, or so much money that used points may become."""
    source, budget = (ledger.CAPITAL, ledger.REWARDS) if money else (USED, BUDGET)
    wish = Wish("inttransfer", world.system_accounts[source], world.system_accounts[budget], amount, "rewards", key, by[:60], subtype="budget")
    return ledger.reserve(world, wish)


def left(world: Any) -> tuple[int, Money]:
    """What is left of both budgets: points, and money."""
    points, money = (ledger_rows.account(world, world.system_accounts[code]).available for code in (BUDGET, ledger.REWARDS))
    return points, world.organisation.money(money)


def reward(world: Any, member: Member, amount: int, why: str, *, key: str, by: str, subtype: str = "reward") -> Outcome:
    """Give points, once for a key, while there is budget: the budget's account cannot go below zero."""
    account = points_account(world, member)
    return ledger.reserve(world, Wish(
        "disbursement", world.system_accounts[BUDGET], account.id, amount, "rewards", key, by[:60], subtype=subtype, narrative=why[:80], free=True
    ))  # fmt: skip


def take_back(world: Any, member: Member, amount: int, *, key: str, by: str) -> Outcome:
    """Points that were not earned go back into the budget, once for a key."""
    account, budget = points_account(world, member), world.system_accounts[BUDGET]
    return ledger.reserve(world, Wish("inttransfer", account.id, budget, amount, "rewards", key[:80], by[:60], subtype="points", free=True))


def use_points(world: Any, member: Member, amount: int, into: Wish) -> list[Outcome]:
    """Points become something else (airtime, savings), both or neither."""
    account = points_account(world, member)
    spent = Wish("inttransfer", account.id, world.system_accounts[USED], amount, into.channel, f"{into.key}-points"[:80], into.authority, subtype="points")
    return ledger.reserve_chain(world, [spent, into])


def points_for_airtime(world: Any, member: Member, amount: int, minor: int, number: str, *, key: str) -> bool:
    """Points become airtime for a phone, out of the budget of money; both wait for the network's word."""
    by, codes = f"pin:{member.id}", world.system_accounts
    into = Wish("merchantpayment", codes[ledger.REWARDS], codes[ledger.AIRTIME], minor, "rewards", key, by, subtype="airtime", free=True)
    spent = Wish("inttransfer", points_account(world, member).id, codes[USED], amount, "rewards", f"{key}-points"[:80], by, subtype="points")
    return order_for_points(world, into, spent, number) is not None


# Escrow.


def _escrow(world: Any, currency: str) -> int:
    return int(world.system_accounts[ledger.ESCROW if currency == world.organisation.currency else f"{ledger.ESCROW}.{currency}"])


def in_escrow(world: Any, *, points: bool = False) -> int:
    """What the escrow account of money, or that of points, holds."""
    return ledger_rows.account(world, _escrow(world, POINTS if points else world.organisation.currency)).balance


def set_apart(world: Any, payer: Account, amount: int, *, key: str, by: str, why: str) -> Outcome:
    """Money or points of a member go into escrow until it is awarded or given back."""
    return ledger.reserve(world, Wish(
        "inttransfer", payer.id, _escrow(world, payer.currency), amount, "escrow", f"in-{key}"[:80], by[:60], subtype="escrow", narrative=why[:80]
    ))  # fmt: skip


def award(world: Any, transfer_id: int, to: Account, *, by: str, again: int = 0) -> Outcome:
    """What was set apart goes to who has earned it. The key is what was set apart, so it is awarded or given back, once;
    `again` counts how often a way out was refused when it was to be posted.
    """
    return _out(world, transfer_id, to, by, again)


def give_back(world: Any, transfer_id: int, *, by: str, again: int = 0) -> Outcome:
    """What was set apart goes back to who set it apart."""
    found = ledger_rows.transfer(world, transfer_id)
    return _out(world, transfer_id, ledger_rows.account(world, found.source_id), by, again) if found else NotTaken("nothing was set apart")


def _out(world: Any, transfer_id: int, to: Account, by: str, again: int) -> Outcome:
    found = ledger_rows.transfer(world, transfer_id)
    if found is None or found.state != "posted" or found.destination_id != _escrow(world, found.currency):
        return NotTaken("nothing was set apart")
    key = f"out-{transfer_id}" + f"-{again}" * bool(again)
    return ledger.reserve(world, Wish(
        "inttransfer", found.destination_id, to.id, found.posted_amount, "escrow", key, by[:60], subtype="escrow",
        narrative=found.narrative, remembers_refusal=False,
    ))  # fmt: skip
