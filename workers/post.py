"""Post what is pending, many in one transaction."""

from __future__ import annotations

from gateway.ledger import verbs as ledger
from gateway.ledger.model import Settled
from gateway.members import payments
from gateway.observe import log, metrics
from gateway.site import Site
from workers.jobs import held

BATCHES_MOST = 50  # in one job; whatever is left rings again
POST_S = 10.0  # time for a batch


def post(organisation_id: int) -> int:
    """Post everything that waits in one organisation. How many came to their end. May run twice, late or not at all."""
    site, total = held(), 0
    for _ in range(BATCHES_MOST):
        settled = post_batch(site, organisation_id)
        total += len(settled)
        if len(settled) < ledger.BATCH_MOST:
            break
    return total


def post_batch(site: Site, organisation_id: int) -> list[Settled]:
    """One batch: postings, balances, ends and receipts in one transaction; then tell who waits."""
    organisation = site.organisation(organisation_id)
    with site.world(organisation, seconds=POST_S) as world:
        settled = ledger.post_pending(world)
        payments.tell_settled(world, settled)
    site.bell.announce([str(one.transfer.id) for one in settled])
    for one in settled:
        metrics.posted.labels(one.transfer.state).inc()
        log.info("transfer_ended", transfer=one.transfer.id, state=one.transfer.state)
    return settled
