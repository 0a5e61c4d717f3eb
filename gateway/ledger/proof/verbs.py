"""What the proof may do: write down what it found, stop all transfers, close a period."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.proof import rows
from gateway.ledger.proof.facts import Proof
from gateway.store import audit

STOPPED = "The books do not add up. "  # how the reason of a stop begins that only a person lifts


def keep(world: Any, proof: Proof) -> bool:
    """Write down what was found, and stop all sending when something is wrong. Whether it stopped now."""
    paused = ledger_rows.paused_because(world)
    stops = bool(proof.faults) and not (paused or "").startswith(STOPPED)  # a pause for another reason does not hide this one
    if stops:
        ledger_rows.pause(world, STOPPED + proof.said)
        audit.note(world, "nightly proof", "sending_stopped", "organisation", faults=len(proof.faults), first=str(proof.faults[0]))
    rows.add_proof(
        world, faults=len(proof.faults), said=proof.said[:2000], accounts=proof.accounts, transfers=proof.transfers, head=proof.head, stopped=stops
    )  # fmt: skip
    return stops


def close_period(world: Any, ends_at: dt.datetime, by: str) -> str:
    """No posting falls before `ends_at` any more. Returns why it cannot be closed, or nothing.

    A period closes behind the clock and behind the last period, and keeps the heads of the chain as they stand.
    """
    if ends_at >= world.now():
        return "a period is closed when it is over"
    lines = rows.lock_lines(world)  # a batch that is under way ends before the period does
    known = rows.closed_periods(world)
    begins_at = known[-1].ends_at if known else dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    if ends_at <= begins_at:
        return "that day is closed already"
    heads = " ".join(f"{one.shard}:{one.seq}:{one.hash[:16]}" for one in lines)
    rows.add_period(world, begins_at=begins_at, ends_at=ends_at, closed_by=by, closed_at=world.now(), hash=heads)
    return ""
