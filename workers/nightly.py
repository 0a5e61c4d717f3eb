"""What is looked after without anybody asking: traces to SQL, the books proved, old things forgotten."""

from __future__ import annotations

import datetime as dt

from gateway.conversation import HOPS, hop_from
from gateway.ledger import facts
from gateway.observe import log
from gateway.records import rows as records
from gateway.site import Site
from gateway.store import audit

HOPS_AT_ONCE = 500  # traces carried to SQL in one transaction
CARRYING, CARRYING_S = "pamoja:carrying", 10  # one clock at a time carries
HOPS_KEPT_DAYS = 90  # then a trace is forgotten (Kenya Data Protection Act 2019, s. 39: no longer than needed)


def carry_hops(site: Site) -> int:
    """Traces of hops from Redis to SQL. Taken off the list only after the commit: twice is better than never."""
    if not site.redis.set(CARRYING, 1, nx=True, ex=CARRYING_S):
        return 0  # another clock is at it
    try:
        return _carry(site)
    finally:
        site.redis.delete(CARRYING)


def _carry(site: Site) -> int:
    waiting = site.redis.lrange(HOPS, 0, HOPS_AT_ONCE - 1)
    if not waiting:
        return 0
    hops = [hop_from(one) for one in waiting]
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        records.add_hops(connection, hops)
    site.redis.ltrim(HOPS, len(waiting), -1)
    return len(hops)


def prove_books(site: Site) -> int:
    """Check every organisation's books and audit trail; say what is wrong. How many faults."""
    total = 0
    for organisation in site.organisations():
        with site.world(organisation, seconds=60) as world:
            faults = facts.verify(world)
            broken = audit.broken(world)
        for fault in faults:
            log.error("books_wrong", organisation=organisation.id, where=fault.where)
        if broken is not None:
            log.error("audit_broken", organisation=organisation.id, where=str(broken.seq))
        total += len(faults) + (broken is not None)
    return total


def forget_old_hops(site: Site) -> int:
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        return records.forget_hops(connection, site.now() - dt.timedelta(days=HOPS_KEPT_DAYS))
