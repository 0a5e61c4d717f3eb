"""One worker process of the benchmark: `drainer URL HOME BATCH SECONDS FIRST_SHARD [stay]`; prints how many and in what time."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from gateway.observe import set_up_logs
from gateway.site import Site
from gateway.store.engine import OperationalError
from gateway.world import SHARDS
from tests.bench.poster import _Silent
from tests.cast import make_settings
from workers.post import post_batch


def main(url: str, home: str, batch: int, seconds: float, first: int, *, stays: bool) -> None:
    set_up_logs("bench", "error")
    site = Site(make_settings(Path(home), url, "redis://127.0.0.1:1", "http://127.0.0.1:1"))
    site.bell = _Silent()  # type: ignore[assignment]
    organisation = site.organisations()[0]
    posted, empty, began = 0, 0, time.perf_counter()
    for shard in itertools.cycle([(first + n) % SHARDS for n in range(SHARDS)]):
        try:
            settled = post_batch(site, organisation.id, shard, batch)
        except OperationalError:  # SQLite has one writer, and the other of us had it all the time: as a worker's job we come again
            continue
        posted += len(settled)
        empty = 0 if settled else empty + 1
        if (empty > SHARDS and not stays) or time.perf_counter() - began > seconds:
            break
        if empty > SHARDS:
            time.sleep(0.005)  # as a worker that the bell will wake
    print(posted, time.perf_counter() - began)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]), stays="stay" in sys.argv)
