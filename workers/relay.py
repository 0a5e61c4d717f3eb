"""Outbox rows become RQ jobs. The bell says when to look; the sweep finds what the bell lost."""

from __future__ import annotations

from typing import Any

from rq import Queue

from gateway.observe import log, metrics
from gateway.site import Site
from gateway.store import outbox
from workers.jobs import POST, TEXT, queue
from workers.post import post
from workers.text import send_text

OFFERED_MOST = 500  # rows taken in one look
RESULT_TTL_S = 60  # how long RQ remembers that a job went well
FAILURE_TTL_S = 3600


def relay(site: Site) -> int:
    """Offer every job that is due. A posting job takes all that is pending, so one is enough for each organisation."""
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        jobs = outbox.lease(connection, site.now(), OFFERED_MOST)
    if not jobs:
        return 0
    for organisation_id in {job.organisation_id for job in jobs if job.topic == "post"}:
        _offer(queue(site.redis, POST), post, (organisation_id,), f"post-{organisation_id}-{max(job.id for job in jobs)}")
    for job in jobs:
        if job.topic == "text":
            _offer(queue(site.redis, TEXT), send_text, (job.organisation_id, int(job.ref)), f"text-{job.id}-{job.attempts}")
        metrics.jobs.labels(job.topic, "offered").inc()
    log.debug("offered", count=len(jobs))
    return len(jobs)


def _offer(offers: Queue, work: Any, arguments: tuple[Any, ...], job_id: str) -> None:
    offers.enqueue(work, args=arguments, job_id=job_id, result_ttl=RESULT_TTL_S, failure_ttl=FAILURE_TTL_S)
