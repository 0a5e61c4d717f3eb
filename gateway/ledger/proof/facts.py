"""The proof of the books: every invariant, from the rows alone. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gateway.ledger.model import Transfer
from gateway.ledger.proof import rows
from gateway.ledger.proof.model import Fault, chained, seal

FAULTS_MOST = 200  # named in one proof; more say no more


@dataclass
class Proof:
    """What was looked at, what is wrong, and the newest hash of the chain, for the daily export."""

    faults: list[Fault] = field(default_factory=list)
    accounts: int = 0
    transfers: int = 0
    head: str = ""

    @property
    def said(self) -> str:
        return "; ".join(f"{one.where}: {one.what}" for one in self.faults)


def prove(world: Any, *, history: bool = True) -> Proof:
    """Every account against its postings and its promises, every seal, the chain, every reversal and every period.

    With `history` False only the balances are looked at: quick enough for every hour.
    """
    proof = Proof()
    for fault in _faults(world, proof, history=history):
        proof.faults.append(fault)
        if len(proof.faults) == FAULTS_MOST:
            break
    proof.head = " ".join(one.hash[:16] for one in rows.heads(world))
    return proof


def verify(world: Any) -> list[Fault]:
    return prove(world).faults


def _faults(world: Any, proof: Proof, *, history: bool) -> Iterator[Fault]:
    yield from _balances(world, proof)
    for id in rows.lost(world):
        yield Fault(f"transfer {id}", "neither waits nor ended, or both")
    if history:
        yield from _lines(world)
        yield from _seals_and_chain(world, proof)
        for id in rows.unmirrored(world):
            yield Fault(f"transfer {id}", "does not turn what it says it turns")
        for period in rows.closed_periods(world):
            for line in period.hash.split():
                shard, seq, _ = line.split(":")
                if count := rows.posted_into(world, period, int(shard), int(seq)):
                    yield Fault(f"period to {period.ends_at:%Y-%m-%d}", f"{count} transfers were posted into it after it was closed")


def _balances(world: Any, proof: Proof) -> Iterator[Fault]:
    promised, sums = rows.promised(world), defaultdict[str, int](int)
    for row in rows.accounts_and_postings(world):
        proof.accounts += 1
        sums[row.currency] += row.credits - row.debits
        if (row.debits, row.credits) != (row.debited, row.credited):
            yield Fault(row.code, f"says {row.debits} out and {row.credits} in; its postings say {row.debited} and {row.credited}")
        if (row.seq, row.seq) != (row.lines, row.last_seq):
            yield Fault(row.code, f"counts {row.seq} lines, has {row.lines}, and the last is number {row.last_seq}")
        if row.held != promised.get(row.id, 0):
            yield Fault(row.code, f"holds {row.held}; its open transfers need {promised.get(row.id, 0)}")
        if row.floor is not None and row.credits - row.debits - row.held < row.floor:
            yield Fault(row.code, "is below its floor")
        if row.status == "closed" and (row.credits != row.debits or row.held):
            yield Fault(row.code, "is closed and not empty")
    for currency, total in sums.items():
        if total:
            yield Fault(f"all accounts in {currency}", f"add up to {total}, not to zero")


def _lines(world: Any) -> Iterator[Fault]:
    """Line by line: the balance behind it is the one before with its amount, and time goes on."""
    account, seq, balance, at = 0, 0, 0, None
    for row in rows.lines(world):
        if row.account_id != account:
            account, seq, balance, at = row.account_id, 0, 0, None
        if row.seq != seq + 1:
            yield Fault(f"account {account}", f"line {row.seq} stands behind line {seq}")
        if row.balance != balance + row.amount:
            yield Fault(f"account {account} line {row.seq}", f"leaves {row.balance} and should leave {balance + row.amount} (transfer {row.transfer_id})")
        if at is not None and row.posted_at < at:
            yield Fault(f"account {account} line {row.seq}", "was posted before the line above it")
        seq, balance, at = row.seq, row.balance, row.posted_at


def _seals_and_chain(world: Any, proof: Proof) -> Iterator[Fault]:
    """Every seal again from the rows, and the chain again from the seals."""
    seals = defaultdict[int, list[str]](list)
    for transfer, end, legs in rows.ended(world):
        proof.transfers += 1
        yield from _seal(transfer, end, legs)
        if end.e_batch_id is not None:
            seals[end.e_batch_id].append(end.e_seal)
    yield from _chain(world, seals)


def _seal(transfer: Transfer, end: Any, legs: list[tuple[Any, ...]]) -> Iterator[Fault]:
    if transfer.id is None:
        yield Fault(f"transfer {end.e_transfer_id}", "ended and was never asked for")
        return
    if seal(transfer, end.e_state, end.e_reason, end.e_posted_amount, end.e_done_at, legs) != end.e_seal:
        yield Fault(f"transfer {transfer.ref}", "its seal does not fit: it or its postings were changed")
    if any(leg[9] != end.e_done_at or leg[10] != transfer.currency for leg in legs):
        yield Fault(f"transfer {transfer.ref}", "its postings have another moment or currency than it")
    moved = sum(leg[3] for leg in legs)
    if moved != (end.e_posted_amount + transfer.fee if end.e_state == "posted" else 0):
        yield Fault(f"transfer {transfer.ref}", f"its postings move {moved}")


def _chain(world: Any, seals: dict[int, list[str]]) -> Iterator[Fault]:
    last: dict[int, tuple[int, str]] = {}  # shard -> number and hash of its last batch
    for batch in rows.chain(world):
        seq, before = last.get(batch.shard, (0, ""))
        held = seals.pop(batch.id, [])
        if (batch.seq, batch.before) != (seq + 1, before):
            yield Fault(f"batch {batch.shard}/{batch.seq}", "does not follow the one before")
        if batch.hash != chained(batch.before, held) or batch.size != len(held):
            yield Fault(f"batch {batch.shard}/{batch.seq}", "its hash does not fit what ended in it")
        last[batch.shard] = (batch.seq, batch.hash)
    for head in rows.heads(world):
        if (head.seq, head.hash) != last.get(head.shard, (0, "")):
            yield Fault(f"shard {head.shard}", "its head is not its last batch")
    for id in seals:
        yield Fault(f"batch {id}", "is missing")
