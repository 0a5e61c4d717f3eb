"""What can be done with money: open an account, reserve, resolve a hold, reverse. Every outcome is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gateway.ledger import rows
from gateway.ledger.desk import Desk
from gateway.ledger.model import (
    AlreadyReversed,
    Conflict,
    FeeMoved,
    NoFunds,
    NotTaken,
    OnHold,
    Outcome,
    OverLimit,
    Resolved,
    ResolvedBefore,
    State,
    Transfer,
    Wish,
)
from gateway.ledger.posting import rows as queue
from gateway.ledger.proof.model import seal
from gateway.store.tables import new_id

# The organisation's own accounts: code -> (name, kind in the books). Those of another currency end in its code: FEES.PTS
FLOAT, CASH, FEES, TAX, SUSPENSE, ESCROW, REWARDS, AIRTIME, PRODUCE, SUBSIDY, CAPITAL = (
    "FLOAT", "CASH", "FEES", "TAX", "SUSPENSE", "ESCROW", "REWARDS", "AIRTIME", "PRODUCE", "SUBSIDY", "CAPITAL",
)  # fmt: skip
ESCROW_WAY = "escrow"  # the subtype of everything that goes into escrow or out of it
GROUP_LOAN, GROUP_BACK = "grouploan", "groupback"  # what a group lends of its money, and what comes back of that
SYSTEM = {
    FLOAT: ("Float at the bank", "asset"),
    CASH: ("Cash at the office", "asset"),
    FEES: ("Fees", "income"),
    TAX: ("Tax to be paid", "liability"),
    SUSPENSE: ("Suspense", "liability"),
    ESCROW: ("Escrow", "liability"),
    REWARDS: ("Rewards budget", "expense"),
    AIRTIME: ("Airtime supplier", "liability"),
    PRODUCE: ("Produce bought", "asset"),
    SUBSIDY: ("Fees paid for members", "expense"),
    CAPITAL: ("Own capital", "equity"),
}
EXPIRED_MOST = 500  # holds ended in one transaction
UNUSED = "nothing happened"


def open_account(
    world: Any, *, code: str, name: str, kind: str = "liability", product: str = "savings", owner_id: int | None = None, floor: int | None = 0,
    ceiling: int | None = None, currency: str = "", tier: int = 1,
) -> int:  # fmt: skip
    """A new account at zero. `floor` None means that it may go below zero, as the organisation's own do."""
    id = new_id()
    rows.add_account(
        world, id=id, code=code, name=name, kind=kind, product=product, owner_id=owner_id, floor=floor, ceiling=ceiling, tier=tier,
        currency=currency or world.organisation.currency, opened_at=world.now(),
    )  # fmt: skip
    return id


def open_system_accounts(world: Any, currency: str = "") -> None:
    """The organisation's own accounts in one of its currencies."""
    behind = f".{currency}" if currency and currency != world.organisation.currency else ""
    for code, (name, kind) in SYSTEM.items():
        floor = 0 if code == REWARDS else None  # rewards are given while there is budget
        open_account(world, code=code + behind, name=name, kind=kind, product="system", floor=floor, currency=currency)
    world.forget_prices()


def reserve(world: Any, wish: Wish) -> Outcome:
    """Ask for one transfer. Raises Conflict when its key came before with another content."""
    outcome = reserve_many(world, [wish])[0]
    if isinstance(outcome, Conflict):
        raise outcome
    return outcome


def reserve_many(world: Any, wishes: Sequence[Wish]) -> list[Outcome | Conflict]:
    """Set money aside for transfers until each is posted or comes to nothing, and ask for the posting; all in one transaction.

    The same key with the same content has the same answer for ever, a refusal included; with another content it is a
    Conflict and nothing moves. The same payment twice in one call is one payment: a PIN that is typed again because its
    answer was lost pays nothing twice. All is decided under the locks of the sources, so that two at once cannot both
    use the last shilling.
    """
    desk = Desk(world, wishes)
    outcomes = [desk.decide(wish) for wish in wishes]
    desk.write()
    return outcomes


def reserve_chain(world: Any, wishes: Sequence[Wish]) -> list[Outcome]:
    """Transfers that are posted all or not at all, in this order. Only the first is set aside: a later one may live on what
    an earlier one brings, and is looked at when they are posted. Any refusal refuses them all, and nothing is kept of it.
    """
    desk = Desk(world, wishes, chain_id=new_id())
    outcomes: list[Outcome] = []
    for wish in wishes:
        outcome = desk.decide(replace(wish, remembers_refusal=False))
        if isinstance(outcome, Conflict):
            raise outcome
        if isinstance(outcome, NoFunds | OverLimit | NotTaken | OnHold | FeeMoved):
            return [outcome]
        outcomes.append(outcome)
    desk.write()
    return outcomes


def post_hold(world: Any, id: int, amount: int | None = None) -> Resolved | ResolvedBefore | NotTaken:
    """Let what was held go to its receiver, all of it or the given part; the rest goes back. Once."""
    transfer = rows.transfer(world, id)
    if transfer is None:
        return NotTaken("there is no such hold")
    if amount is not None and not 0 < amount <= transfer.amount:
        return NotTaken("more than was held")
    if queue.let_go(world, id, amount):
        world.outbox.ring("post")
        return Resolved("pending")
    return _before(world, id)


def void_hold(world: Any, id: int, why: str = UNUSED) -> Resolved | ResolvedBefore | NotTaken:
    """Give back what was held. Once."""
    return _end_hold(world, id, "voided", why)


def expire_holds(world: Any) -> list[Transfer]:
    """End every hold whose time has come, by the clock and never early."""
    ended = []
    for id in queue.expired(world, world.now(), EXPIRED_MOST):
        if isinstance(_end_hold(world, id, "expired", "its time came"), Resolved) and (transfer := rows.transfer(world, id)):
            ended.append(transfer)
    return ended


def _end_hold(world: Any, id: int, state: State, why: str) -> Resolved | ResolvedBefore | NotTaken:
    if not queue.take_held(world, id):
        return _before(world, id)
    transfer = rows.transfer(world, id)
    assert transfer, "what is held was asked for"
    end_without_posting(world, transfer, state, why)
    return Resolved(state)


def end_without_posting(world: Any, transfer: Transfer, state: State, why: str) -> None:
    """Bring to an end what moves nothing: give back the promise and what it used of the limits. Its open row is gone."""
    if transfer.set_aside:
        rows.give_back(world, transfer.source_id, transfer.total)
    Desk.give_back(world, [transfer])
    done_at: dt.datetime = world.now()
    rows.add_ends(world, [(transfer.id, state, why[:80], 0, None, done_at, seal(transfer, state, why[:80], 0, done_at, ()))])
    if transfer.reversal_of:
        rows.drop_reversals(world, [transfer.id])


def _before(world: Any, id: int) -> ResolvedBefore | NotTaken:
    found = rows.transfer(world, id)
    return ResolvedBefore(found.state) if found else NotTaken("there is no such hold")


def reverse(
    world: Any, transfer_id: int, *, key: str, authority: str, amount: int | None = None, hold: bool = False, channel: str = "reversal", narrative: str = ""
) -> Outcome:
    """A posted transfer goes back, once, whole or in part, without a fee. A reversal is not reversed; the fee stays where it is. One that is refused, for
    the receiver has spent the money, is kept nowhere and may be asked for again.

    Raises AlreadyReversed when another reversal of it is there.
    """
    original = rows.transfer(world, transfer_id)
    if original is None or original.state != "posted" or original.kind == "reversal":
        return NotTaken("only a posted transfer is reversed")
    if original.subtype in (GROUP_LOAN, GROUP_BACK):
        return NotTaken("a loan comes back by being paid back, and what was paid back was owed")
    if original.subtype == ESCROW_WAY:
        return NotTaken("what is set apart goes on or back by what it was set apart for, or it would be paid twice")
    back = original.posted_amount if amount is None else amount
    if not 0 < back <= original.posted_amount:
        return NotTaken("more than was moved")
    by = rows.reversal_of(world, transfer_id)
    known = rows.transfer_by_key(world, channel, key)
    if by is not None and (known is None or known.id != by):
        raise AlreadyReversed(f"transfer {original.ref} is turned back already")
    return reserve(world, Wish(
        "reversal", original.destination_id, original.source_id, back, channel, key, authority, subtype=original.subtype,
        reversal_of=original.id, hold=hold, free=True, narrative=narrative, remembers_refusal=False,  # a refused one turns nothing, and is no row
    ))  # fmt: skip


def set_status(world: Any, account_id: int, status: str) -> bool:
    """Block, wake, or close an account; one that holds something, or has promised something, is not closed."""
    account = rows.lock_accounts(world, [account_id])[account_id]
    if status == "closed" and (account.balance or account.held):
        return False
    rows.change_account(world, account_id, status=status)
    return True


def release_quarantined(world: Any, id: int, *, post: bool) -> bool:
    """A person has looked at a transfer that could not be posted: try again, or give it up; with all that is linked to it."""
    transfer = rows.transfer(world, id)
    if transfer is None or transfer.state != "quarantined":
        return False
    ids = queue.linked_to(world, transfer.chain_id) if transfer.chain_id else [id]
    if post:
        queue.set_state(world, ids, "pending", None)
        world.outbox.ring("post")
        return True
    queue.drop(world, ids)
    for one in rows.transfers_in(world, ids).values():
        end_without_posting(world, one, "voided", "given up by a person")
    return True
