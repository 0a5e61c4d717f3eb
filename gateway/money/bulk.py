"""Paying many at once from a file: read and shown first, agreed to by a second person, then line by line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Conflict, NoFunds, OnHold, Reserved, Wish
from gateway.members.payments import receiver_of
from gateway.money import bulk_rows as rows
from gateway.money.model import BULK_LINES
from menus.answers import Amount, Unclear

AT_ONCE = 200  # lines asked for in one transaction
MOST = 1_000_000  # of one line, in whole units
RUN = "run"  # how the mark of a batch begins that we have counted ourselves; that of a file is its hash
COLUMNS = ("to", "amount", "note")
ENDED = {"posted": "posted", "rejected": "rejected", "voided": "rejected", "refused": "rejected"}


class Unreadable(Exception):
    """The file is no table of payments. Says why, for the person who chose it."""


@dataclass(frozen=True)
class Line:
    """A line of the file as it was understood: whom it is for, or why it cannot be."""

    line: int
    to: str
    name: str
    account_id: int | None
    amount: int
    narrative: str
    state: str
    why: str


def read_file(world: Any, content: bytes) -> list[Line]:
    """Every line of a CSV with the columns `to`, `amount`, `note`: a phone number or a member code, an amount in whole units."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not a text in UTF-8. Save it as CSV (UTF-8).") from error
    dialect = csv.excel
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    table = list(csv.reader(io.StringIO(text), dialect, delimiter=delimiter))
    heads = [head.strip().lower() for head in table[0]] if table else []
    if heads[:2] != list(COLUMNS[:2]):
        raise Unreadable("The first line must name the columns: to,amount,note")
    lines = [row for row in table[1:] if any(cell.strip() for cell in row)]
    if not lines:
        raise Unreadable("The file has no lines below its heads.")
    if len(lines) > BULK_LINES:
        raise Unreadable(f"The file has {len(lines)} lines; at most {BULK_LINES} go at once.")
    return list(_read(world, lines))


def _read(world: Any, lines: list[list[str]]) -> Iterator[Line]:
    seen: set[tuple[str, int]] = set()
    for n, cells in enumerate(lines, 2):
        to, amount, note, *_ = [*(cell.strip() for cell in cells), "", "", ""]
        minor, why = 0, ""
        try:
            minor = Amount(1, MOST).read(amount, world.place)
        except Unclear:
            why = f"{amount or 'nothing'} is not an amount from 1 to {MOST:,}"
        member = receiver_of(world, world.place.phone(to) or to)
        if member is None:
            why = why or "nobody has this number or code"
        account = ledger_rows.account_of(world, member.id) if member else None
        if member and not why and (member.number, minor) in seen:
            why = "the same payment stands above"
        if member:
            seen.add((member.number, minor))
        yield Line(n, to[:40], member.name[:60] if member else "", account.id if account else None, minor, note[:80], "wrong" if why else "ready", why)


def keep(world: Any, name: str, content: bytes, lines: list[Line], by: str) -> int | None:
    """Keep what was read for the second person. None when this very file was kept before."""
    ready = [one for one in lines if one.state == "ready"]
    file_hash = hashlib.sha256(content).hexdigest()
    return rows.add_bulk(
        world, name=name[:60], file_hash=file_hash, state="created", total=sum(one.amount for one in ready), made_by=by,
        lines=[{name: getattr(one, name) for name in ("line", "to", "name", "account_id", "amount", "narrative", "state", "why")} for one in lines],
    )  # fmt: skip


def keep_run(world: Any, kind: str, period: str, name: str, lines: list[Line], by: str) -> int | None:
    """Keep payments that we have counted ourselves, once for a kind and a period; what was thrown away may be counted anew. None when there is one."""
    before = [one for one in runs_of(world, kind) if one.file_hash.split(":")[2] == period]
    if any(one.state != "cancelled" for one in before):
        return None
    return rows.add_bulk(
        world, name=name[:60], file_hash=f"{RUN}:{kind}:{period}:{len(before)}", state="created", total=sum(one.amount for one in lines), made_by=by,
        lines=[{name: getattr(one, name) for name in ("line", "to", "name", "account_id", "amount", "narrative", "state", "why")} for one in lines],
    )  # fmt: skip


def runs_of(world: Any, kind: str) -> list[Any]:
    """Batches of a kind that we have counted ourselves, the newest first."""
    return rows.bulk_runs_of(world, f"{RUN}:{kind}:")


def _subtype(batch: Any) -> str:
    """What a payment of this batch is called in the books."""
    return str(batch.file_hash.split(":")[1]) if batch.file_hash.startswith(f"{RUN}:") else "bulk"


def begin(world: Any, id: int) -> str:
    """A second person has agreed: the lines are asked for, some at a time, by the clock's next rounds too."""
    if not rows.move_bulk(world, id, "created", state="approved"):
        return "this batch is not waiting"
    go_on(world, id)
    return ""


def cancel(world: Any, id: int) -> bool:
    return rows.move_bulk(world, id, "created", state="cancelled", done_at=world.now())


def go_on(world: Any, id: int) -> int:
    """Ask for the next lines, note what became of the earlier ones, and close the batch when none is left. How many were asked for.

    A line's key is its batch and its number: whoever comes first, however often, it is paid once.
    """
    asked = rows.lines_of(world, id, state="asked", most=AT_ONCE * 10)
    known = ledger_rows.transfers_in(world, [one.transfer_id for one in asked if one.transfer_id])
    ended = [(one.id, ENDED[one.state], one.reason or "") for one in known.values() if one.state in ENDED]
    rows.end_lines(world, ended)
    ready = rows.lines_of(world, id, state="ready", most=AT_ONCE)
    if ready and ledger_rows.paused_because(world):
        return 0
    subtype = _subtype(rows.bulk(world, id))
    source = ledger.FLOAT if subtype == "bulk" else ledger.REWARDS  # what we counted ourselves is paid from a budget that two persons set
    wishes = [
        Wish(
            "disbursement", world.system_accounts[source], one.account_id, one.amount, "bulk", f"{id}-{one.line}", f"bulk:{id}", subtype=subtype,
            narrative=one.narrative, free=True, remembers_refusal=source == ledger.FLOAT,
        )
        for one in ready
    ]  # fmt: skip
    for line, outcome in zip(ready, ledger.reserve_many(world, wishes) if wishes else [], strict=True):
        if isinstance(outcome, Reserved):
            rows.change_line(world, id, line.line, state="asked", transfer_id=outcome.transfer.id)
        elif not isinstance(outcome, OnHold) and not (source == ledger.REWARDS and isinstance(outcome, NoFunds)):  # then the line waits
            why = str(outcome) if isinstance(outcome, Conflict) else type(outcome).__name__
            rows.change_line(world, id, line.line, state="rejected", why=getattr(outcome, "why", why)[:120])
    left = rows.count_lines(world, id)
    if not left.get("ready") and not left.get("asked"):
        rows.change_bulk(world, id, state="completed", done_at=world.now())
    return len(ready)


def go_on_with_all(world: Any) -> int:
    return sum(go_on(world, id) for id in rows.bulk_unfinished(world))
