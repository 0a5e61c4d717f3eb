"""A real process that drains every shard of every organisation: `worker_that_drains.py DIES_AT MOST DELAY_S`; 0 lives."""

from __future__ import annotations

import os
import signal
import sys
import time

from sqlalchemy import event

from gateway.ledger.posting import rows as queue
from gateway.settings import Settings
from gateway.site import Site
from gateway.store.engine import OperationalError
from workers.post import post_batch


def main(dies_at: int, most: int, delay_s: float) -> None:
    time.sleep(delay_s)
    site = Site(Settings.from_env())
    count = 0

    def die(*_: object) -> None:
        nonlocal count
        count += 1
        if count == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(site.engine, "before_cursor_execute", die)
    for _ in range(200):
        with site.engine.connect().execution_options(writes=False) as connection:
            waiting = queue.waiting(connection)
        if not waiting:
            return
        for organisation_id, shard in waiting:
            try:
                post_batch(site, organisation_id, shard, most)
            except OperationalError:
                continue


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
