"""What time does to loans of groups: what nobody agreed to ends, what is paid back is over, and who owes is reminded, kindly and seldom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import rows as groups
from gateway.community.groups.leading import send, texts_left, to_tell
from gateway.community.lending import rows
from gateway.community.lending.model import ASKED_DAYS, REMINDED_DAYS, Loan
from gateway.community.lending.verbs import owed, tell_no
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import NOTHING_MOVED
from gateway.members import rows as members
from menus.book import notices

AT_ONCE = 500  # loans in one look; the next look goes on behind them


def look_after(world: Any) -> int:
    """End, close and remind. How many loans were changed."""
    return _end_asked(world) + _each_lent(world)


def _all(world: Any, state: str) -> list[Loan]:
    found: list[Loan] = []
    while some := rows.all_running(world, state, AT_ONCE, found[-1].id if found else 0):
        found += some
    return found


def _end_asked(world: Any) -> int:
    ended, until = 0, world.now() - dt.timedelta(days=ASKED_DAYS)
    for one in _all(world, "asked"):
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
    for listed in _all(world, "lent"):
        one = rows.loan(world, listed.id, lock=True)
        out = ledger_rows.transfer(world, one.transfer_id) if one and one.transfer_id else None
        if one is None or one.state != "lent" or out is None:
            continue
        if out.state in NOTHING_MOVED:  # it never came to the borrower
            rows.change(world, one.id, state="failed", ended_at=world.now())
            changed += 1
        elif rows.paid_back(world, [one.id], posted=True).get(one.id, 0) >= one.amount:
            rows.change(world, one.id, state="paid", ended_at=world.now())
            changed += 1
        else:
            changed += _remind(world, one)
    return changed


def _remind(world: Any, one: Loan) -> int:
    """Three times at most: before it is due, on its day, and a week after; from then on people speak with each other."""
    assert one.due_at, "what is lent is due"
    days = (world.organisation.local(world.now()).date() - world.organisation.local(one.due_at).date()).days
    come = sum(days >= day for day in REMINDED_DAYS)
    left = owed(world, one)
    if come <= one.reminded or not left:
        return 0
    rows.change(world, one.id, reminded=come)
    group, borrower = groups.by_id(world, one.group_id), members.by_id(world, one.member_id)
    if group is None or borrower is None or not texts_left(world, group) or borrower.id not in {each.id for each in to_tell(world, group, but=0)}:
        return 1
    day = world.phrases.day(world.organisation.local(one.due_at), borrower.language)
    code = world.organisation.dial("3", "2", "6")
    send(world, group, [borrower], notices.LOAN_DUE, f"loan-due:{one.id}:{come}", amount=world.organisation.money(left), day=day, code=code)
    return 1
