"""What can be done with money: open an account, reserve, post, reverse. Every outcome is named."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from gateway.ledger import facts, rows
from gateway.ledger.model import (
    MINOR_MOST,
    Account,
    Conflict,
    FeeMoved,
    NoFunds,
    NotTaken,
    OnHold,
    OverDayLimit,
    OverOnce,
    Reserved,
    Settled,
    Transfer,
    new_ref,
)
from gateway.store.tables import new_id

FEES = "FEES"  # the account that fees go to
FLOAT = "FLOAT"  # the organisation's own money at the bank; cash in comes from here
BATCH_MOST = 50  # transfers posted in one transaction, receipts included: their accounts stay locked for less than a hop waits for a lock


def open_account(
    world: Any, *, code: str, name: str, kind: str = "liability", owner_id: int | None = None, floor: int | None = 0, ceiling: int | None = None
) -> int:
    """A new account at zero. `floor` None means that it may go below zero, as the organisation's own do."""
    id = new_id()
    rows.add_account(world, id=id, code=code, name=name, kind=kind, owner_id=owner_id, floor=floor, ceiling=ceiling, opened_at=world.now())
    return id


def reserve(
    world: Any,
    *,
    kind: str,
    source_id: int,
    destination_id: int,
    amount: int,
    channel: str,
    key: str,
    authority: str,
    quoted_fee: int | None = None,
    reversal_of: int | None = None,
    call: str | None = None,
) -> Reserved | NoFunds | OverDayLimit | OverOnce | NotTaken | OnHold | FeeMoved:
    """Set money aside for a transfer until it is posted or rejected, and ask for the posting.

    The same key with the same content gives the same transfer for ever; with another content it raises Conflict. The same
    payment twice in one call is one payment: a PIN that is typed again because its answer was lost pays nothing twice.
    All decisions fall under the lock of the source account, so two at once cannot both use the last shilling.
    """
    asked = hashlib.sha256(f"{kind}|{source_id}|{destination_id}|{amount}|{reversal_of or ''}".encode()).hexdigest()
    source = rows.lock_accounts(world, [source_id])[source_id]
    if known := rows.transfer_by_key(world, channel, key):
        if known[1] != asked:
            raise Conflict(f"key {channel} {key} came before with another content")
        return Reserved(known[0], new=False)
    if call and (same := rows.transfer_of_call(world, call, kind=kind, source_id=source_id, destination_id=destination_id, amount=amount)):
        return Reserved(same, new=False)
    if because := rows.paused_because(world):
        return OnHold(because)
    fee = facts.fee(world, kind, amount)
    if quoted_fee is not None and fee != quoted_fee:
        return FeeMoved(fee)
    if refused := _refusal(world, kind, source, destination_id, amount, fee):
        return refused
    made_at, id = world.now(), new_id()
    rows.hold(world, source_id, amount + fee)
    if facts.limit(world, kind, "day") is not None:
        rows.use(world, source_id, facts.day_window(world, kind, made_at), amount)
    rows.add_transfer(
        world, id=id, channel=channel, key=key, request_hash=asked, kind=kind, source_id=source_id, destination_id=destination_id,
        amount=amount, fee=fee, fee_account_id=rows.account_by_code(world, FEES).id if fee else None, state="pending",
        ref=(ref := new_ref()), authority=authority, reversal_of=reversal_of, call=call, made_at=made_at,
    )  # fmt: skip
    world.outbox.add("post", str(id))
    transfer = Transfer(
        id, world.organisation.id, channel, key, kind, source_id, destination_id, amount, fee, "pending", None, ref, made_at, None, reversal_of, call
    )  # fmt: skip
    return Reserved(transfer, new=True)


def _refusal(world: Any, kind: str, source: Account, destination_id: int, amount: int, fee: int) -> NoFunds | OverDayLimit | OverOnce | NotTaken | None:
    once, day = facts.limit(world, kind, "once"), facts.limit(world, kind, "day")
    if once is not None and amount > once:
        return OverOnce(once)
    if source.status != "open":
        return NotTaken(f"the source is {source.status}")
    if source.floor is not None and amount + fee > source.available:
        return NoFunds(source, fee)
    if day is not None and amount > (left := day - rows.used(world, source.id, facts.day_window(world, kind, world.now()))):
        return OverDayLimit(max(left, 0))
    return NotTaken(why) if (why := _why_not(rows.account(world, destination_id), amount)) else None


def _why_not(destination: Account, amount: int) -> str:
    """Why this account cannot take the amount; empty when it can."""
    if destination.status not in ("open", "dormant"):
        return f"the receiver is {destination.status}"
    if destination.ceiling is not None and destination.balance + amount > destination.ceiling:
        return "the receiver would hold too much"
    return "too large" if destination.credits + amount > MINOR_MOST else ""


def post_pending(world: Any, most: int = BATCH_MOST) -> list[Settled]:
    """Bring the oldest pending transfers of this organisation to their end, all in this transaction.

    Claim, lock the accounts in id order, fold in memory in order of the transfers, write set-wise. One that cannot be
    posted is rejected, its hold released, and its mates go on.
    """
    claimed = rows.claim_pending(world, most)
    if not claimed:
        return []
    ids = {id for transfer, fee_account_id in claimed for id in (transfer.source_id, transfer.destination_id, fee_account_id) if id}
    books, now = rows.lock_accounts(world, ids), world.now()
    legs: list[dict[str, Any]] = []
    settled: list[Settled] = []
    for transfer, fee_account_id in claimed:
        why = _why_not(books[transfer.destination_id], transfer.amount)
        _release(books, transfer)
        if why:
            _give_back(world, transfer)
        else:
            legs.append(_leg(books, transfer, 1, transfer.destination_id, transfer.amount, "principal", now))
            if transfer.fee:
                assert fee_account_id, "a fee has a home"
                legs.append(_leg(books, transfer, 2, fee_account_id, transfer.fee, "fee", now))
        done = replace(transfer, state="rejected" if why else "posted", reason=why or None, done_at=now)
        settled.append(Settled(done, books[transfer.source_id].balance, books[transfer.destination_id].balance))
    ends = [{"_id": one.transfer.id, "_state": one.transfer.state, "_reason": one.transfer.reason, "_done_at": now} for one in settled]
    rows.write_batch(world, legs, books.values(), ends)
    return settled


def _release(books: dict[int, Account], transfer: Transfer) -> None:
    source = books[transfer.source_id]
    assert source.held >= transfer.total, f"transfer {transfer.id} holds {transfer.total}, its account only {source.held}"
    books[source.id] = replace(source, held=source.held - transfer.total)


def _leg(books: dict[int, Account], transfer: Transfer, leg: int, credit_id: int, amount: int, purpose: str, now: dt.datetime) -> dict[str, Any]:
    debit, credit = books[transfer.source_id], books[credit_id]
    debit = books[debit.id] = replace(debit, debits=debit.debits + amount, seq=debit.seq + 1)
    credit = books[credit.id] = replace(credit, credits=credit.credits + amount, seq=credit.seq + 1)
    return {
        "transfer_id": transfer.id, "leg": leg, "debit_account_id": debit.id, "credit_account_id": credit.id, "amount": amount, "purpose": purpose,
        "debit_seq": debit.seq, "credit_seq": credit.seq, "debit_balance": debit.balance, "credit_balance": credit.balance, "posted_at": now,
    }  # fmt: skip


def _give_back(world: Any, transfer: Transfer) -> None:
    if facts.limit(world, transfer.kind, "day") is not None:
        rows.use(world, transfer.source_id, facts.day_window(world, transfer.kind, transfer.made_at), -transfer.amount)


def reverse(world: Any, transfer_id: int, *, key: str, authority: str) -> Reserved | NoFunds | OverDayLimit | OverOnce | NotTaken | OnHold | FeeMoved:
    """A posted transfer goes back, once, whole, without a fee. A reversal is not reversed; the fee stays where it is."""
    transfer = rows.transfer(world, transfer_id)
    if transfer is None or transfer.state != "posted" or transfer.kind == "reversal":
        return NotTaken("only a posted transfer is reversed")
    return reserve(
        world, kind="reversal", source_id=transfer.destination_id, destination_id=transfer.source_id, amount=transfer.amount,
        channel="reversal", key=key, authority=authority, reversal_of=transfer.id,
    )  # fmt: skip
