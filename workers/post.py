"""Post what waits in one shard, many in one transaction."""

from __future__ import annotations

from collections import Counter

from gateway.ledger.model import Organisation, Settled
from gateway.ledger.posting import rows as queue
from gateway.ledger.posting import verbs as posting
from gateway.ledger.posting.model import Claimed
from gateway.members.receipts import tell_settled
from gateway.observe import log, metrics
from gateway.site import Site
from gateway.store.engine import OperationalError
from workers.jobs import draining, held

BATCHES_MOST = 50  # in one job; whatever is left rings again
POST_S = 20.0  # time for a batch


def post(organisation_id: int, shard: int) -> int:
    """Post everything that waits in one shard. How many came to their end. May run twice, late or not at all."""
    site, total = held(), 0
    site.redis.delete(draining(organisation_id, shard))  # what comes from here on may ring again
    for _ in range(BATCHES_MOST):
        settled = post_batch(site, organisation_id, shard)
        total += len(settled)
        if not settled:
            break
    return total


def post_batch(site: Site, organisation_id: int, shard: int, most: int = posting.BATCH_MOST) -> list[Settled]:
    """One batch: postings, balances, ends and receipts in one transaction; then tell who waits."""
    organisation = site.organisation(organisation_id)
    try:
        settled = _try(site, organisation, shard, most)
    except OperationalError:
        raise  # the database was away or busy: nothing is known to be wrong with what waits
    except Exception as error:
        log.error("batch_failed", error=type(error).__name__, count=most)
        settled = _one_by_one(site, organisation, shard, most)
    _note(settled)
    return settled


def _note(settled: list[Settled]) -> None:
    """One line for a batch, and one for each that was not posted."""
    if not settled:
        return
    counts = Counter(one.transfer.state for one in settled)
    for state, count in counts.items():
        metrics.posted.labels(state).inc(count)
    log.info("batch_posted", count=counts["posted"], transfer=settled[-1].transfer.id)
    for one in settled:
        if one.transfer.state != "posted":
            log.info("transfer_ended", transfer=one.transfer.id, state=one.transfer.state)


def _try(site: Site, organisation: Organisation, shard: int, most: int, only: int | None = None) -> list[Settled]:
    """One transaction. When the answer to its commit is lost, it is looked up, never posted again."""
    pick = (lambda claimed: [one for one in claimed if _whose(one) == only]) if only else None
    posted = posting.NOTHING
    try:
        with site.world(organisation, seconds=POST_S) as world:
            posted = posting.post_batch(world, shard, most, pick)
            tell_settled(world, posted.settled)
    except OperationalError:
        if not posted.id or not _is_there(site, organisation, posted.id):
            raise
        log.warning("commit_answer_lost", batch=posted.id)
    site.bell.announce([str(one.transfer.id) for one in posted.settled])
    return list(posted.settled)


def _is_there(site: Site, organisation: Organisation, batch_id: int) -> bool:
    with site.engine.connect().execution_options(writes=False) as connection:
        return queue.batch_is_there(connection, organisation.id, batch_id)


def _one_by_one(site: Site, organisation: Organisation, shard: int, most: int) -> list[Settled]:
    """One of them cannot be posted: find it and put it aside for a person; its mates are posted."""
    with site.world(organisation, seconds=POST_S) as world:
        waiting = {_whose(one): one for one in queue.claim(world, shard, most)}
        world.rollback()
    settled: list[Settled] = []
    for id in waiting:
        try:
            settled += _try(site, organisation, shard, most, only=id)
        except OperationalError:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {getattr(error, 'orig', error)!s}"
            log.error("transfer_quarantined", transfer=id, error=type(error).__name__)
            metrics.posted.labels("quarantined").inc()
            with site.world(organisation, seconds=POST_S) as world:
                posting.quarantine(world, [one.transfer.id for one in queue.claim(world, shard, most) if _whose(one) == id], why)
    return settled


def _whose(one: Claimed) -> int:
    """Linked transfers stand or fall together."""
    return one.transfer.chain_id or one.transfer.id
