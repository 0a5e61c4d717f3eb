"""The fold: pending transfers and account balances in, postings, ends and new balances out. Standard library only.

It is the whole state machine of posting, in order and without a database, so that a model test can hold it in one hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from gateway.ledger.model import MINOR_MOST, Settled, State, Transfer
from gateway.ledger.proof.model import seal

TICK = dt.timedelta(microseconds=1)
ALWAYS = ("adjustment",)  # kinds that may touch an account that is blocked or dormant


@dataclass(frozen=True)
class Claimed:
    """A transfer whose turn it is. `amount` is what of a hold is to be posted; None is all."""

    transfer: Transfer
    amount: int | None = None

    @property
    def due(self) -> int:
        return self.transfer.amount if self.amount is None else self.amount


class Book:
    """One account while a batch is folded: it changes in place, because a batch touches it hundreds of times.

    `most` is what its tier may hold at most; None when nothing bounds it.
    """

    __slots__ = ("ceiling", "credits", "currency", "debits", "floor", "held", "id", "last_at", "most", "owner_id", "seq", "status", "tier")
    READ = ("id", "owner_id", "currency", "tier", "debits", "credits", "held", "floor", "ceiling", "status", "seq", "last_at")  # as a row brings it

    debits: int
    credits: int
    held: int
    seq: int
    floor: int | None
    ceiling: int | None

    def __init__(self, row: Sequence[Any]) -> None:
        (
            self.id, self.owner_id, self.currency, self.tier, self.debits, self.credits, self.held, self.floor, self.ceiling, self.status, self.seq,
            self.last_at,
        ) = row  # fmt: skip
        self.most: int | None = None

    @property
    def balance(self) -> int:
        return self.credits - self.debits

    def takes(self, amount: int) -> str:
        """Why this account cannot take the amount; empty when it can."""
        after = self.credits - self.debits + amount
        if (self.ceiling is not None and after > self.ceiling) or (self.most is not None and after > self.most):
            return "the receiver would hold too much"
        return "too large" if self.credits + amount > MINOR_MOST else ""

    def gives(self, amount: int) -> bool:
        return self.floor is None or self.credits - self.debits - self.held - amount >= self.floor

    def kept(self) -> tuple[int, int, int, int]:
        return self.debits, self.credits, self.held, self.seq

    def put_back(self, kept: tuple[int, int, int, int]) -> None:
        self.debits, self.credits, self.held, self.seq = kept


@dataclass
class Folded:
    """What is to be written: postings and ends as rows, the books, and for whom it is news."""

    legs: list[tuple[Any, ...]] = field(default_factory=list)
    ends: list[tuple[Any, ...]] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    seals: list[str] = field(default_factory=list)
    at: dt.datetime | None = None


def fold(claimed: Sequence[Claimed], books: dict[int, Book], *, now: dt.datetime, after: dt.datetime | None, batch_id: int, organisation_id: int) -> Folded:
    """Bring each to its end in order. Linked ones are posted all or not at all.

    Every moment is later than all that the chain (`after`) and the accounts have seen, even if the clock stepped back.
    """
    done, clock = Folded(), _ticking(now, [after, *(book.last_at for book in books.values())])
    for chain_id, linked in groupby(claimed, key=lambda one: one.transfer.chain_id or one.transfer.id):
        group = list(linked)
        kept = {id: books[id].kept() for one in group for id in _touched(one.transfer)} if len(group) > 1 else None
        moves, why = [], ""
        for one in group:
            _release(books, one.transfer)
            why = _why_not(books, one)
            if why:
                break
            moves.append((one, _move(books, one), books[one.transfer.source_id].balance, books[one.transfer.destination_id].balance))
        if why:
            if kept:
                for id, values in kept.items():
                    books[id].put_back(values)
                for one in group:
                    _release(books, one.transfer)
            for one in group:
                reason = why if one.transfer.chain_id is None else f"linked: {why}"
                source, destination = books[one.transfer.source_id].balance, books[one.transfer.destination_id].balance
                _end(done, one, "rejected", reason, clock(), (), (source, destination), batch_id, organisation_id, books)
            continue
        for one, legs, source, destination in moves:
            _end(done, one, "posted", None, clock(), legs, (source, destination), batch_id, organisation_id, books)
        assert chain_id
    done.at = clock()
    return done


def _ticking(now: dt.datetime, seen: Iterable[dt.datetime | None]) -> Callable[[], dt.datetime]:
    at = max([now, *(one + TICK for one in seen if one is not None)])

    def tick() -> dt.datetime:
        nonlocal at
        at += TICK
        return at

    return tick


def _touched(transfer: Transfer) -> Iterator[int]:
    for id in (transfer.source_id, transfer.destination_id, transfer.fee_payer_id, transfer.fee_account_id, transfer.tax_account_id):
        if id is not None:
            yield id


def accounts_of(claimed: Iterable[Claimed]) -> set[int]:
    return {id for one in claimed for id in _touched(one.transfer)}


def _release(books: dict[int, Book], transfer: Transfer) -> None:
    if transfer.set_aside:
        source = books[transfer.source_id]
        assert source.held >= transfer.total, f"transfer {transfer.id} holds {transfer.total}, its account only {source.held}"
        source.held -= transfer.total


def _why_not(books: dict[int, Book], one: Claimed) -> str:
    transfer, due = one.transfer, one.due
    source, destination = books[transfer.source_id], books[transfer.destination_id]
    if transfer.kind not in ALWAYS:
        if source.status != "open" and not transfer.set_aside:  # what was set aside before it was blocked is promised
            return f"the source is {source.status}"
        if destination.status != "open":
            return f"the receiver is {destination.status}"
    if why := destination.takes(due):
        return why
    if not source.gives(due + (transfer.fee if transfer.payer_pays else 0)):
        return "not enough"
    if transfer.fee and transfer.fee_payer_id == transfer.destination_id and not destination.gives(transfer.fee - due):
        return "not enough for the fee"
    return ""


def _move(books: dict[int, Book], one: Claimed) -> list[tuple[Any, ...]]:
    transfer = one.transfer
    legs = [_leg(books, 1, transfer.source_id, transfer.destination_id, one.due, "principal")]
    payer = transfer.source_id if transfer.fee_payer_id is None else transfer.fee_payer_id
    if transfer.fee > transfer.tax:
        assert transfer.fee_account_id, "a fee has a home"
        legs.append(_leg(books, 2, payer, transfer.fee_account_id, transfer.fee - transfer.tax, "fee"))
    if transfer.tax:
        assert transfer.tax_account_id, "a tax has a home"
        legs.append(_leg(books, 3, payer, transfer.tax_account_id, transfer.tax, "tax"))
    return legs


def _leg(books: dict[int, Book], leg: int, debit_id: int, credit_id: int, amount: int, purpose: str) -> tuple[Any, ...]:
    debit, credit = books[debit_id], books[credit_id]
    debit.debits += amount
    debit.seq += 1
    credit.credits += amount
    credit.seq += 1
    return (leg, debit_id, credit_id, amount, purpose, debit.seq, credit.seq, debit.credits - debit.debits, credit.credits - credit.debits)


def _end(
    done: Folded, one: Claimed, state: State, reason: str | None, at: dt.datetime, legs: Sequence[tuple[Any, ...]], balances: tuple[int, int],
    batch_id: int, organisation_id: int, books: dict[int, Book],
) -> None:  # fmt: skip
    transfer, moved = one.transfer, one.due if state == "posted" else 0
    sealed = seal(transfer, state, reason, moved, at, legs)
    for leg in legs:
        done.legs.append((transfer.id, organisation_id, transfer.currency, at, *leg))
        books[leg[1]].last_at = books[leg[2]].last_at = at
    done.ends.append((transfer.id, state, reason, moved, batch_id, at, sealed))
    done.seals.append(sealed)
    payer, payee = books[transfer.source_id].owner_id, books[transfer.destination_id].owner_id
    done.settled.append(Settled(transfer.ended_as(state, reason, moved, at), *balances, payer, payee))
