"""How a job comes to its site: RQ hands over an id, and the process knows the rest."""

from __future__ import annotations

from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from gateway.site import Site

POST, TEXT = "pamoja-post", "pamoja-text"  # money first: a provider that hangs must not hold up a posting
QUEUES = (POST, TEXT)
JOB_TIMEOUT_S = 30  # a batch takes a second, a message at most twelve

DRAIN_S = 5  # a drain that was offered is not offered again before this, unless it has begun

_site: Site | None = None


def hold(site: Site) -> None:
    """Once per process, before the first job."""
    global _site
    _site = site


def held() -> Site:
    assert _site is not None, "the worker process holds its site before it takes a job"
    return _site


def queue(connection: Redis, name: str) -> Queue:
    """JSON, never pickle: who can write to Redis must not be able to run code here."""
    return Queue(name, connection=connection, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT_S)


def draining(organisation_id: int, shard: int) -> str:
    """The mark that a drain of this shard is on its way. It only spares work: a second drain finds nothing to do."""
    return f"pamoja:draining:{organisation_id}:{shard}"
