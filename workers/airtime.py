"""Ask the provider for one order of airtime."""

from __future__ import annotations

from gateway.money.airtime import amount_of, begin_order, note_order
from gateway.observe import log, metrics
from workers.jobs import held
from workers.text import port_of


def send_airtime(organisation_id: int, transfer_id: int) -> str:
    """Mark it as being asked for, ask once, note what came of it. A dead worker leaves a mark, and a person decides."""
    site = held()
    organisation = site.organisation(organisation_id)
    with site.world(organisation) as world:
        order = begin_order(world, transfer_id)
        amount = amount_of(world, order.amount) if order else ""
    if order is None:
        return "nothing"
    outcome = port_of(site).send_airtime(order.number, amount, organisation.currency, f"pamoja-{transfer_id}")
    with site.world(organisation) as world:
        note_order(world, transfer_id, outcome)
    kind = type(outcome).__name__.lower()
    metrics.airtime.labels(kind).inc()
    log.info("airtime_asked_for", transfer=transfer_id, status=kind)
    return kind
