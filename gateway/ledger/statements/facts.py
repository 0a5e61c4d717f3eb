"""Statements: the last lines, a span with its opening and closing balance, balances as of any moment, the trial balance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gateway.ledger.model import Account
from gateway.ledger.statements import rows


@dataclass(frozen=True)
class Statement:
    """An account from `begins_at` to `ends_at` (not included), in minor units. `lines` are read once, as a stream."""

    account: Account
    begins_at: dt.datetime
    ends_at: dt.datetime
    opening: int
    closing: int
    count: int
    lines: Iterator[Any]


@dataclass(frozen=True)
class TrialLine:
    code: str
    name: str
    kind: str
    currency: str
    debits: int
    credits: int

    @property
    def balance(self) -> int:
        return self.credits - self.debits


def statement(world: Any, account: Account, begins_at: dt.datetime, ends_at: dt.datetime) -> Statement:
    """Everything between two moments. The first and the last line are found by halving, not by reading all before them."""
    before, last = lines_before(world, account, begins_at), lines_before(world, account, ends_at)
    opening, closing = balance_behind(world, account.id, before), balance_behind(world, account.id, last)
    return Statement(account, begins_at, ends_at, opening, closing, last - before, rows.lines_between(world, account.id, before + 1, last))


def as_of(world: Any, account: Account, at: dt.datetime) -> int:
    """What the account held at a moment, in minor units."""
    return balance_behind(world, account.id, lines_before(world, account, at))


def lines_before(world: Any, account: Account, at: dt.datetime) -> int:
    """How many lines were posted before a moment. An account's lines are in the order of time, so halving finds it."""
    low, high = 0, account.seq
    while low < high:
        middle = (low + high + 1) // 2
        line = rows.line(world, account.id, middle)
        assert line, f"account {account.code} has no line {middle}"
        if line.posted_at < at:
            low = middle
        else:
            high = middle - 1
    return low


def balance_behind(world: Any, account_id: int, seq: int) -> int:
    if seq == 0:
        return 0
    line = rows.line(world, account_id, seq)
    assert line, f"account {account_id} has no line {seq}"
    after: int = line.after
    return after


def trial_balance(world: Any, at: dt.datetime | None = None) -> list[TrialLine]:
    """Every account with its two sides, as of now or any moment; per currency the sides add up to the same."""
    return [TrialLine(row.code, row.name, row.kind, row.currency, int(row.debits), int(row.credits)) for row in rows.movements(world, at or world.now())]
