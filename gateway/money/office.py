"""The office: cash that a clerk takes or pays out, and a statement by SMS."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Outcome, Wish
from gateway.ledger.statements.facts import statement
from gateway.members.model import DRAFT_MINUTES, Enough, Member
from gateway.members.payments import TEXTS_A_DAY
from gateway.members.statements import called_side
from gateway.members.verbs import the_member
from gateway.money.model import Count, NothingDue, Parts
from gateway.money.produce import DUE, LOAN
from gateway.money.waiting import prepare_draft
from gateway.records import rows as records
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices

STATEMENT_PARTS = 4  # SMS that one statement may take; what does not fit is said to be at the office
PART_SEPTETS = 150  # every letter of a line is one septet, for names are spelt in GSM-7


def take_cash(world: Any, member: Member, amount: int, *, clerk: str, key: str) -> Outcome:
    """A clerk has counted cash that a member brought: it is in the savings at once, and the member is told."""
    account = ledger_rows.account_of(world, member.id)
    return ledger.reserve(world, Wish(
        "deposit", world.system_accounts[ledger.CASH], account.id, amount, "clerk", f"cash-{key}", f"clerk:{clerk}"[:60], subtype="office"
    ))  # fmt: skip


def ask_cash_out(world: Any, member: Member, amount: int, *, key: str) -> None:
    """A member stands at the counter: the withdrawal waits under 9 for the member's PIN, and is paid out when it is posted."""
    prepare_draft(world, member.number, "office", "CASH", amount, f"office-{key}")
    words = world.phrases.say(
        notices.CASH_ASKED, member.language, amount=world.organisation.money(amount), place=world.organisation.short_name,
        code_nine=world.organisation.dial("9"), minutes=str(DRAFT_MINUTES),
    )  # fmt: skip
    write_text(world, key=f"cash_asked:{key}", number=member.number, kind="receipt", words=words, member_id=member.id)


def text_statement(world: Any, caller: str, months: str, key: str) -> Parts | NothingDue | Enough:
    """This month's lines, or last month's, in as few SMS as they need."""
    member = the_member(world, caller)
    if records.replies_since(world, caller, world.now() - dt.timedelta(days=1)) + STATEMENT_PARTS > TEXTS_A_DAY:
        return Enough()
    begins, ends = month_of(world, 0 if months == "this" else 1)
    account = ledger_rows.account_of(world, member.id)
    found = statement(world, account, begins, ends)
    if found.count == 0:
        return NothingDue()
    parts = _in_parts(_lines(world, member, found))
    for n, part in enumerate(parts, 1):
        write_text(world, key=f"statement:{key}:{n}", number=caller, kind="reply", words=f"{n}/{len(parts)} {part}", member_id=member.id)
    return Parts(Count(len(parts)))


def month_of(world: Any, back: int) -> tuple[dt.datetime, dt.datetime]:
    """A calendar month in the organisation's own time: this one, or so many back."""
    local = world.organisation.local(world.now())
    months = local.year * 12 + local.month - 1 - back
    begin, end = (dt.datetime(n // 12, n % 12 + 1, 1, tzinfo=world.organisation.zone) for n in (months, months + 1))
    return begin, end


def _lines(world: Any, member: Member, found: Any) -> list[str]:
    def bare(minor: int) -> str:
        return str(world.organisation.money(minor)).split(" ", 1)[1]

    said = [f"{world.organisation.currency} {bare(found.opening)}"]
    for line in found.lines:
        day = world.phrases.day(world.organisation.local(line.posted_at), member.language)
        other = _other(world, member, line)
        said.append(f"{day} {'+' if line.amount > 0 else '-'}{bare(abs(line.amount))} {alphabet.cut(alphabet.plain(other), 10, by_letters=True)}")
    return [*said, f"= {bare(found.closing)}"]


def _other(world: Any, member: Member, line: Any) -> str:
    if line.purpose != "principal":
        return str(world.phrases.text("Fee", member.language))
    if line.product in ("system", DUE, LOAN):
        return called_side(world, line.product, line.code, member)
    return str(line.other.split()[0])


def _in_parts(lines: list[str]) -> list[str]:
    """Lines in as few messages as hold them; when there are too many, the oldest in the middle give way to a word that says so."""
    parts: list[str] = []
    for line in lines:
        if parts and len(f"{parts[-1]}. {line}") <= PART_SEPTETS:
            parts[-1] = f"{parts[-1]}. {line}"
        else:
            parts.append(line)
    if len(parts) > STATEMENT_PARTS:
        return [parts[0], *parts[-(STATEMENT_PARTS - 1) :]]
    return parts
