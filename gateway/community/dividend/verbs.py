"""A run of the dividend: counted for a month that is over, shown before anything moves, paid once when a second person has agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.bargain import rows as bargain
from gateway.community.dividend import rows
from gateway.community.dividend.model import shares
from gateway.ledger import rows as ledger_rows
from gateway.members import rows as members
from gateway.members.model import short
from gateway.members.rows import AT_ONCE
from gateway.money import bulk, rewards

KIND = "dividend"
SHARE_MOST = 50  # of a hundred of what was saved: the other half keeps the service running


class NoDividend(ValueError):
    """It cannot be run. Says why, for the person who asks."""


@dataclass(frozen=True)
class Counted:
    """What a month was worth: who used, who helped, and the share of each, in minor units."""

    month: dt.date
    used: dict[int, int]
    helped: dict[int, int]
    given: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.given.values())


def worth_sharing(world: Any, month: dt.date, percent: int) -> int:
    """So much of a hundred of what members' own work has saved the staff in a month, less what was given back in rewards already.
    Raises NoDividend while the month is not counted, or nothing is left of it.
    """
    if not 0 < percent <= SHARE_MOST:
        raise NoDividend(f"the part shared out is 1 to {SHARE_MOST} of 100")
    sides = bargain.month_here(world, f"{month:%Y-%m}")
    if sides is None:
        raise NoDividend("what that month has saved is not counted yet: write down the rates on the page Fair share")
    if (left := sides.staff - sides.rewards) <= 0:
        raise NoDividend("nothing was saved in that month that was not given back already")
    return percent * left // 100


def count(world: Any, month: dt.date, budget: int) -> Counted:
    """The shares of a month. Raises NoDividend: only what is over is counted, and only those who are members still have a share."""
    local = world.organisation.local(world.now())
    since = dt.datetime.combine(month.replace(day=1), dt.time(), world.organisation.zone)
    until = (since + dt.timedelta(days=32)).replace(day=1)
    if until > local:
        raise NoDividend("that month is not over yet")
    used, helped = (read(world, since.astimezone(dt.UTC), until.astimezone(dt.UTC)) for read in (rows.payments, rows.useful))
    active = members.active_among(world, {*used, *helped})
    used, helped = ({whose: times for whose, times in counts.items() if whose in active} for counts in (used, helped))
    given = shares(budget, used, helped)
    if not given:
        raise NoDividend("nobody used the service or helped in that month")
    return Counted(since.date(), used, helped, given)


def keep(world: Any, counted: Counted, by: str) -> int:
    """Keep the run as a batch of payments for the second person; its id. Raises NoDividend when this month has a run already, or the budget
    of rewards is smaller than the sum: it is paid from there.
    """
    left = rewards.left(world)[1]
    if counted.total > left.minor:
        raise NoDividend(f"the budget of money has {left} left; ask for more on the page Helpers")
    lines: list[bulk.Line] = []
    everybody = sorted(counted.given)
    for start in range(0, len(everybody), AT_ONCE):
        known = members.by_ids(world, everybody[start : start + AT_ONCE])
        accounts = {one.owner_id: one.id for one in ledger_rows.accounts_of(world, known) if one.product == "savings"}
        lines += [
            bulk.Line(n, known[whose].code, short(known[whose].name), accounts[whose], counted.given[whose], f"{counted.month:%m/%Y}", "ready", "")
            for n, whose in enumerate(everybody[start : start + AT_ONCE], start + 2)
        ]
    id = bulk.keep_run(world, KIND, f"{counted.month:%Y-%m}", f"Dividend {counted.month:%B %Y}", lines, by)
    if id is None:
        raise NoDividend("this month has a run already")
    return id
