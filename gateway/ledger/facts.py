"""What can be told about money. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows
from gateway.ledger.model import Account


def fee(world: Any, kind: str, amount: int) -> int:
    """What a transfer of this kind and amount costs now, in minor units; the first band that holds the amount."""
    for band in rows.bands(world, kind):
        if band.low <= amount <= band.high:
            return band.fee(amount)
    return 0


def limit(world: Any, kind: str, scope: str) -> int | None:
    """The most that may leave an account `once` or in a `day` by this kind of transfer; None when nothing bounds it."""
    return rows.limit(world, kind, scope)


def day_window(world: Any, kind: str, moment: dt.datetime) -> str:
    """The name of a day's counter, in the organisation's own time."""
    return f"{kind} {world.organisation.local(moment).date().isoformat()}"


def day_left(world: Any, account: Account, kind: str = "transfer") -> int:
    """What can still be sent today: the day's limit or what is there, whichever is less."""
    most = limit(world, kind, "day")
    there = max(account.available, 0)
    return there if most is None else max(min(most - rows.used(world, account.id, day_window(world, kind, world.now())), there), 0)


@dataclass(frozen=True)
class Fault:
    """Where the books contradict themselves."""

    where: str
    what: str


def verify(world: Any) -> list[Fault]:
    """Every account against its postings, every hold against its pending transfers, and the sum of all, which is zero."""
    faults, sum_of_all, held = [], 0, rows.pending_totals(world)
    for row in rows.totals(world):
        sum_of_all += row.credits - row.debits
        if (row.debits, row.credits) != (row.debited, row.credited):
            faults.append(Fault(row.code, f"says {row.debits} out and {row.credits} in; its postings say {row.debited} and {row.credited}"))
        if row.seq != row.lines:
            faults.append(Fault(row.code, f"counts {row.seq} lines and has {row.lines}"))
        if row.held != held.get(row.id, 0):
            faults.append(Fault(row.code, f"holds {row.held}; its pending transfers need {held.get(row.id, 0)}"))
    if sum_of_all:
        faults.append(Fault("all accounts", f"add up to {sum_of_all}, not to zero"))
    return faults
