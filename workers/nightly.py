"""What is looked after without anybody asking: traces to SQL, the books proved, old things forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from gateway.conversation import HOPS, hop_from
from gateway.ledger import facts
from gateway.members import rows as members
from gateway.observe import log
from gateway.operators import rows as operators
from gateway.records import rows as records
from gateway.site import Site
from gateway.store import audit, outbox
from gateway.store.engine import OperationalError

HOPS_AT_ONCE = 500  # traces carried to SQL in one transaction
REPORTS_KEPT_DAYS = 90
JOBS_KEPT_DAYS = 30
PASSING_KEPT_DAYS = 2  # counters of a day, choices of a PIN that came to nothing, sessions and tries of the console
CARRYING, CARRYING_S = "pamoja:carrying", 10  # one clock at a time carries
HOPS_KEPT_DAYS = 90  # then a trace is forgotten (Kenya Data Protection Act 2019, s. 39: no longer than needed)


def carry_hops(site: Site) -> int:
    """Traces of hops from Redis to SQL. Taken off the list only after the commit: twice is better than never."""
    if not site.redis.set(CARRYING, 1, nx=True, ex=CARRYING_S):
        return 0  # another clock is at it
    try:
        total = carried = _carry(site)
        while carried == HOPS_AT_ONCE:  # a market day: go on until the list is short
            site.redis.expire(CARRYING, CARRYING_S)
            carried = _carry(site)
            total += carried
        return total
    finally:
        site.redis.delete(CARRYING)


def _carry(site: Site) -> int:
    waiting = site.redis.lrange(HOPS, 0, HOPS_AT_ONCE - 1)
    if not waiting:
        return 0
    try:
        _keep(site, waiting)
    except Exception as error:  # one of them is bad: find it, and let the others through
        log.warning("traces_one_by_one", error=type(error).__name__, count=len(waiting))
        for one in waiting:
            try:
                _keep(site, [one])
            except OperationalError:
                raise
            except Exception as bad:
                log.error("trace_dropped", error=type(bad).__name__)
    site.redis.ltrim(HOPS, len(waiting), -1)
    return len(waiting)


def _keep(site: Site, waiting: Sequence[bytes | str]) -> None:
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        records.add_hops(connection, [hop_from(one) for one in waiting])


def prove_books(site: Site) -> int:
    """Check every organisation's books and audit trail; say what is wrong. How many faults."""
    total = 0
    for organisation in site.organisations():
        with site.world(organisation, seconds=600, snapshot=True) as world:
            faults = facts.verify(world)
            broken = audit.broken(world)
        for fault in faults:
            log.error("books_wrong", organisation=organisation.id, where=fault.where)
        if broken is not None:
            log.error("audit_broken", organisation=organisation.id, where=str(broken.seq))
        total += len(faults) + (broken is not None)
    return total


def forget(site: Site) -> int:
    """What has been kept as long as it is needed: traces, reports, ended sessions, old counters, jobs that are done."""
    now, gone = site.now(), 0
    chores: tuple[tuple[Callable[[Any, dt.datetime], int], int], ...] = (
        (records.forget_hops, HOPS_KEPT_DAYS), (records.forget_reports, REPORTS_KEPT_DAYS), (outbox.forget_done, JOBS_KEPT_DAYS),
        (members.forget_passing, PASSING_KEPT_DAYS), (operators.forget_passing, PASSING_KEPT_DAYS),
    )  # fmt: skip
    for forget_old, days in chores:
        with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
            gone += forget_old(connection, now - dt.timedelta(days=days))
    return gone
