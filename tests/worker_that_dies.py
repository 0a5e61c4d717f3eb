"""A real worker process that ends itself with SIGKILL at its n-th statement: `worker_that_dies.py N`."""

from __future__ import annotations

import os
import signal
import sys

from sqlalchemy import event

from gateway.settings import Settings
from gateway.site import Site
from workers.run import run_worker


def main(statement: int) -> None:
    site = Site(Settings.from_env())
    count = 0

    def die(*_: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(site.engine, "before_cursor_execute", die)
    event.listen(site.engine, "commit", die)
    run_worker(site, burst=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
