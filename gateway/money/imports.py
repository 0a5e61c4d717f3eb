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
AGES = (("under a day", 1), ("one to three days", 3), ("three to seven days", 7))  # how old a line in suspense is, as it is shown


@dataclass(frozen=True)
class Read:
    """What came of a file."""

    id: int
    matched: int
    credited: int
    suspense: int
    known: int


def read_statement(world: Any, name: str, content: bytes, by: str) -> Read:
    """Take a statement of the bank or the mobile-money provider: a CSV with `ref, day, amount, number, note`.

    Money in with a member's number goes to that member; with a reference of ours it matches; all else goes to suspense, so
    that the float is what the statement says. A reference that came before changes nothing. Raises Unreadable.
    """
    table = _table(content)
    id = rows.add_import(world, name=name[:60], file_hash=hashlib.sha256(content).hexdigest(), lines=len(table), made_by=by)
    if id is None:
        raise Unreadable("This very file was read before.")
    counts = {"matched": 0, "credited": 0, "suspense": 0, "out": 0, "known": 0}
    for n, cells in enumerate(table, 2):
        counts[_take(world, id, n, cells)] += 1
    return Read(id, counts["matched"] + counts["out"], counts["credited"], counts["suspense"], counts["known"])


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


def _take(world: Any, import_id: int, n: int, cells: list[str]) -> str:
    ref, day, amount, number, note, *_ = [*(cell.strip() for cell in cells), "", "", "", "", ""]
    try:
        dt.date.fromisoformat(day)
        minor = Amount(1, 10**9).read(amount.removeprefix("-"), world.place)
    except (ValueError, Unclear) as error:
        raise Unreadable(f"Line {n}: a day like 2026-11-23 and an amount like 250.00 are needed.") from error
    if not ref:
        raise Unreadable(f"Line {n}: the provider's reference is missing.")
    known = {"import_id": import_id, "external_ref": ref[:60], "day": day, "amount": minor, "number": number[:16], "narrative": note[:120]}
    ours = _ours(world, ref, note, minor)
    if amount.startswith("-"):
        return _keep(world, known, "out" if not ours else "matched", ours)
    if ours:
        return _keep(world, known, "matched", ours)
    phone = world.place.phone(number) if number else None
    member = members.by_number(world, phone) if phone else None
    if member:
        return _keep(world, known, "credited", _post(world, ref, minor, ledger_rows.account_of(world, member.id).id, "import", note))
    return _keep(world, known, "suspense", _post(world, ref, minor, world.system_accounts[ledger.SUSPENSE], "suspense", note))


def _ours(world: Any, ref: str, note: str, minor: int) -> int | None:
    """A transfer of ours that the provider names, with the same amount."""
    for word in (ref, *note.replace(",", " ").split()):
        found = ledger_rows.transfer_by_ref(world, word.upper()) if word.isalnum() and len(word) <= 12 else None
        if found and found.amount == minor:
            return found.id
    return None


def _post(world: Any, ref: str, minor: int, account_id: int, subtype: str, note: str) -> int | None:
    wish = Wish(
        "deposit", world.system_accounts[ledger.FLOAT], account_id, minor, "import", f"import-{ref}"[:80], "import", subtype=subtype,
        narrative=note[:80], free=True,
    )  # fmt: skip
    outcome = ledger.reserve(world, wish)
    return outcome.transfer.id if isinstance(outcome, Reserved) else None


def _keep(world: Any, known: dict[str, Any], state: str, transfer_id: int | None) -> str:
    return state if rows.add_import_line(world, **known, state=state, transfer_id=transfer_id) else "known"


def assign(world: Any, line_id: int, code: str, by: str) -> str:
    """Money in suspense has found its owner: a member's or a group's account. Returns why not, or nothing."""
    line = rows.import_line(world, line_id)
    account = ledger_rows.account_with(world, code)
    if line is None or line.state != "suspense":
        return "this line is not in suspense"
    if account is None or account.product == "system":
        return f"there is no account {code} of a member or group"
    outcome = ledger.reserve(world, Wish(
        "inttransfer", world.system_accounts[ledger.SUSPENSE], account.id, line.amount, "suspense", f"assign-{line.id}", by[:60], subtype="import",
        narrative=line.narrative[:80],
    ))  # fmt: skip
    if not isinstance(outcome, Reserved):
        return "the account cannot take it"
    rows.change_import_line(world, line.id, state="assigned", owner=f"{code} by {by}"[:60], transfer_id=outcome.transfer.id)
    return ""
