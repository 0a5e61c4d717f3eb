"""Outbox rows become RQ jobs. The bell says when to look; the sweep finds what the bell lost."""

from __future__ import annotations

from typing import Any

from rq import Queue

from gateway.ledger.posting import rows as queue_rows
from gateway.observe import log, metrics
from gateway.site import Site
from gateway.store import outbox
from workers.airtime import send_airtime
from workers.jobs import DRAIN_S, POST, TEXT, draining, queue
from workers.post import post
from workers.text import send_text

OFFERED_MOST = 500  # rows taken in one look
RESULT_TTL_S = 60  # how long RQ remembers that a job went well
FAILURE_TTL_S = 3600
WORK = {"text": send_text, "airtime": send_airtime}  # both ask the provider, so both stand in the line that a slow provider may hold up


def relay(site: Site) -> int:
    """Offer what is due: a drain for each shard where something waits, and every job of the outbox."""

    with site.engine.connect().execution_options(writes=False) as connection:
        waiting = queue_rows.waiting(connection)
    for organisation_id, shard in waiting:
        if site.redis.set(draining(organisation_id, shard), 1, nx=True, ex=DRAIN_S):
            offers = queue(site.redis, POST)
            offers.enqueue(post, args=(organisation_id, shard), result_ttl=RESULT_TTL_S, failure_ttl=FAILURE_TTL_S)
            metrics.jobs.labels("post", "offered").inc()
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        jobs = outbox.lease(connection, site.now(), OFFERED_MOST)
    for job in jobs:
        _offer(queue(site.redis, TEXT), WORK[job.topic], (job.organisation_id, int(job.ref)), f"{job.topic}-{job.id}-{job.attempts}")
        metrics.jobs.labels(job.topic, "offered").inc()
    if jobs or waiting:
        log.debug("offered", count=len(jobs) + len(waiting))
    return len(jobs) + len(waiting)


def _offer(offers: Queue, work: Any, arguments: tuple[Any, ...], job_id: str) -> None:
    offers.enqueue(work, args=arguments, job_id=job_id, result_ttl=RESULT_TTL_S, failure_ttl=FAILURE_TTL_S)
