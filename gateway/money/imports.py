"""A provider's statement against our books: what matches, what is a member's, and what nobody knows waits in suspense."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Reserved, Wish
from gateway.members import rows as members
from gateway.money import rows
from gateway.money.bulk import Unreadable
from menus.answers import Amount, Unclear

COLUMNS = ("ref", "day", "amount", "number", "note")
LINES_MOST = 20_000
REF_MOST = 90  # letters of a provider's reference that are kept as they are
AGES = (("under a day", 1), ("one to three days", 3), ("three to seven days", 7))  # how old a line in suspense is, as it is shown


@dataclass(frozen=True)
class Read:
    """What a file holds: lines that are new, and lines that an earlier file had already."""

    id: int
    new: int
    known: int


def read_statement(world: Any, name: str, content: bytes, by: str) -> Read:
    """Keep a statement of the bank or the mobile-money provider: a CSV with `ref, day, amount, number, note`.

    Nothing is booked yet: a second person looks first. A reference that came before is not kept again. Raises Unreadable.
    """
    table = _table(content)
    file_hash = hashlib.sha256(content).hexdigest()
    id = rows.add_import(world, name=name[:60], file_hash=file_hash, state="read", lines=len(table), made_by=by)
    if id is None:
        raise Unreadable("This very file was read before.")
    new = sum(rows.add_import_line(world, import_id=id, state="read", **_read(world, n, cells)) for n, cells in enumerate(table, 2))
    return Read(id, new, len(table) - new)


def book(world: Any, id: int) -> str:
    """A second person has agreed: money in with a member's number goes to that member; with a reference of ours it matches;
    all else goes to suspense, so that the float is what the statement says. Returns why not, or nothing.
    """
    if paused := ledger_rows.paused_because(world):
        return f"all sending rests: {paused}"
    if not rows.begin_booking(world, id):
        return "this statement is booked already"
    for line in rows.import_lines_of(world, import_id=id, state="read", most=LINES_MOST):
        state, transfer_id = _take(world, line)
        rows.change_import_line(world, line.id, state=state, transfer_id=transfer_id)
    return ""


def mend(world: Any) -> int:
    """What the poster could not give to the account it was meant for waits in suspense again."""
    mended = 0
    for line in rows.import_lines_unposted(world):
        assigned = line.state == "assigned"
        transfer_id = None if assigned else _post(world, f"{line.id}-back", line.amount, world.system_accounts[ledger.SUSPENSE], "suspense", line.narrative)
        rows.change_import_line(world, line.id, state="suspense", owner="", transfer_id=transfer_id)
        mended += 1
    return mended


def _table(content: bytes) -> list[list[str]]:
    try:
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable("The file is not a CSV in UTF-8.") from error
    if not table or [head.strip().lower() for head in table[0]][: len(COLUMNS)] != list(COLUMNS):
        raise Unreadable("The first line must name the columns: " + ",".join(COLUMNS))
    if len(table) > LINES_MOST:
        raise Unreadable(f"At most {LINES_MOST} lines go at once.")
    return [row for row in table[1:] if any(cell.strip() for cell in row)]


def _read(world: Any, n: int, cells: list[str]) -> dict[str, Any]:
    """One line as it was understood. A very long reference is kept by its beginning and its hash, so that no two are one."""
    ref, day, amount, number, note, *_ = [*(cell.strip() for cell in cells), "", "", "", "", ""]
    try:
        dt.date.fromisoformat(day)
        minor = Amount(1, 10**9).read(amount.removeprefix("-"), world.place)
    except (ValueError, Unclear) as error:
        raise Unreadable(f"Line {n}: a day like 2026-11-23 and an amount like 250.00 are needed.") from error
    if not ref:
        raise Unreadable(f"Line {n}: the provider's reference is missing.")
    if len(ref) > REF_MOST:
        ref = f"{ref[:REF_MOST]}~{hashlib.sha256(ref.encode()).hexdigest()[:16]}"
    signed = -minor if amount.startswith("-") else minor
    return {"external_ref": ref, "day": day, "amount": signed, "number": (world.place.phone(number) or number)[:16], "narrative": note[:120]}


def _take(world: Any, line: Any) -> tuple[str, int | None]:
    """(what becomes of a line, by which transfer)"""
    if ours := _ours(world, line.external_ref, line.narrative, abs(line.amount)):
        return "matched", ours
    if line.amount < 0:
        return "out", None
    member = members.by_number(world, line.number) if line.number else None
    if member and (posted := _post(world, str(line.id), line.amount, ledger_rows.account_of(world, member.id).id, "import", line.narrative)):
        return "credited", posted
    return "suspense", _post(world, f"{line.id}-suspense", line.amount, world.system_accounts[ledger.SUSPENSE], "suspense", line.narrative)


def _ours(world: Any, ref: str, note: str, minor: int) -> int | None:
    """A posted transfer of ours that the provider names, with the same amount, and that no other line has matched."""
    for word in (ref, *note.replace(",", " ").split()):
        found = ledger_rows.transfer_by_ref(world, word.upper()) if word.isalnum() and len(word) <= 12 else None
        if found and found.state == "posted" and found.amount == minor and not rows.matched_before(world, found.id):
            return found.id
    return None


def _post(world: Any, key: str, minor: int, account_id: int, subtype: str, note: str) -> int | None:
    wish = Wish(
        "deposit", world.system_accounts[ledger.FLOAT], account_id, minor, "import", f"import-{key}", "import", subtype=subtype, narrative=note[:80], free=True,
        remembers_refusal=False,
    )  # fmt: skip
    outcome = ledger.reserve(world, wish)
    return outcome.transfer.id if isinstance(outcome, Reserved) else None


def assign(world: Any, line_id: int, code: str, by: str, key: str) -> str:
    """Money in suspense has found its owner: a member's or a group's account. Returns why not, or nothing."""
    line = rows.import_line(world, line_id)
    account = ledger_rows.account_with(world, code)
    if line is None or line.state != "suspense":
        return "this line is not in suspense"
    if account is None or account.product == "system":
        return f"there is no account {code} of a member or group"
    outcome = ledger.reserve(world, Wish(
        "inttransfer", world.system_accounts[ledger.SUSPENSE], account.id, line.amount, "suspense", f"assign-{line.id}-{key}", by[:60], subtype="import",
        narrative=line.narrative[:80], remembers_refusal=False,
    ))  # fmt: skip
    if not isinstance(outcome, Reserved):
        return "the account cannot take it"
    rows.change_import_line(world, line.id, state="assigned", owner=f"{code} by {by}"[:60], transfer_id=outcome.transfer.id)
    return ""
