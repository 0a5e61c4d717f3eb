"""What time does to loans of groups: what nobody agreed to ends, what is paid back is over, and who owes is reminded, kindly and seldom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from gateway.community.groups import rows as groups
from gateway.community.groups.leading import send, texts_left, to_tell
from gateway.community.lending import rows
from gateway.community.lending.model import ASKED_DAYS, REMINDED_DAYS, Loan
from gateway.community.lending.verbs import owed, tell_no
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import NOTHING_MOVED
from gateway.members import rows as members
from menus.book import more_notices

AT_ONCE = 500  # loans in one look; the next look goes on behind them


def look_after(world: Any) -> int:
    """End, close and remind. How many loans were changed."""
    return _end_asked(world) + _each_lent(world)


def _in_batches(world: Any, state: str) -> Iterator[list[Loan]]:
    """What was changed in one is committed before the next: nobody waits for a lock longer than a batch takes."""
    after = 0
    while some := rows.all_running(world, state, AT_ONCE, after):
        yield some
        after = some[-1].id
        world.commit()


def _end_asked(world: Any) -> int:
    ended, until = 0, world.now() - dt.timedelta(days=ASKED_DAYS)
    for some in _in_batches(world, "asked"):
        for one in some:
            if one.asked_at > until:
                continue
            locked, group = rows.loan(world, one.id, lock=True), groups.by_id(world, one.group_id)
            if locked and locked.state == "asked":
                rows.change(world, one.id, state="ended", ended_at=world.now())
                if group and (borrower := members.by_id(world, one.member_id)):
                    tell_no(world, group, one, borrower)
                ended += 1
    return ended


def _each_lent(world: Any) -> int:
    changed = 0
    for some in _in_batches(world, "lent"):
        outs = ledger_rows.transfers_in(world, [one.transfer_id for one in some if one.transfer_id])
        back = rows.paid_back(world, [one.id for one in some], posted=True)
        for one in some:
            out = outs.get(one.transfer_id or 0)
            failed, over = out is not None and out.state in NOTHING_MOVED, back.get(one.id, 0) >= one.amount
            if failed or over:
                changed += _close(world, one, "failed" if failed else "paid")
            elif out is not None and out.state == "posted" and _come(world, one) > one.reminded:
                changed += _remind(world, one)
    return changed


def _close(world: Any, listed: Loan, state: str) -> int:
    """It never came to the borrower, or all of it is back. Once."""
    one = rows.loan(world, listed.id, lock=True)
    if one is None or one.state != "lent":
        return 0
    rows.change(world, one.id, state=state, ended_at=world.now())
    group, borrower = groups.by_id(world, one.group_id), members.by_id(world, one.member_id)
    if state == "failed" and group and borrower:
        send(world, group, [borrower], more_notices.LOAN_FAILED, f"loan-failed:{one.id}", amount=world.organisation.money(one.amount))
    return 1


def _come(world: Any, one: Loan) -> int:
    """How many of the days on which a borrower is reminded have come."""
    assert one.due_at, "what is lent is due"
    days = (world.organisation.local(world.now()).date() - world.organisation.local(one.due_at).date()).days
    return sum(days >= day for day in REMINDED_DAYS)


def _remind(world: Any, listed: Loan) -> int:
    """Three times at most: before it is due, on its day, and a week after; from then on people speak with each other."""
    one = rows.loan(world, listed.id, lock=True)
    if one is None or one.state != "lent" or one.due_at is None or (come := _come(world, one)) <= one.reminded or not owed(world, one):
        return 0
    rows.change(world, one.id, reminded=come)
    group, borrower = groups.by_id(world, one.group_id), members.by_id(world, one.member_id)
    if group is None or borrower is None or not texts_left(world, group) or borrower.id not in {each.id for each in to_tell(world, group, but=0)}:
        return 1
    day = world.phrases.day(world.organisation.local(one.due_at), borrower.language)
    send(world, group, [borrower], more_notices.LOAN_DUE, f"loan-due:{one.id}:{come}", day=day)
    return 1
