"""The worker process: takes jobs one by one, in this process, until told to stop.

RQ's own worker forks for every job: that costs 20 ms, and the child lives on when the parent is killed, so that a retry
runs beside it. Here a killed worker is dead, and the outbox row it worked on is offered again.
"""

from __future__ import annotations

from collections.abc import Sequence

from rq import SimpleWorker
from rq.serializers import JSONSerializer

from gateway.observe import log
from gateway.site import Site
from workers.jobs import QUEUES, hold, queue

SEEN_DEAD_S = 60  # RQ forgets a dead worker after this


class Worker(SimpleWorker):
    """RQ's simple worker, quiet, and with a short memory of the dead."""

    def __init__(self, site: Site, names: Sequence[str] = QUEUES) -> None:
        connection = site.patient_redis()
        super().__init__(
            [queue(connection, name) for name in names], connection=connection, serializer=JSONSerializer, worker_ttl=SEEN_DEAD_S, log_job_description=False
        )
        self.push_exc_handler(self._say_what_failed)  # type: ignore[no-untyped-call]

    @staticmethod
    def _say_what_failed(job: object, kind: type[BaseException], error: BaseException, trace: object) -> bool:
        """The outbox knows that it is not done and offers it again; here only the name of the failure is kept."""
        log.error("job_failed", job=str(getattr(job, "id", "")), error=kind.__name__)
        return True


def run_worker(site: Site, names: Sequence[str] = QUEUES, *, burst: bool = False) -> None:
    """Take jobs from these queues, the first before the others."""
    hold(site)
    Worker(site, names).work(burst=burst, logging_level="ERROR", with_scheduler=False)
