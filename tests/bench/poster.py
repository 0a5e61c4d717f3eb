"""Transfers a second through the poster, against pgbench TPC-B on the same server in the same minute."""

from __future__ import annotations

import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from gateway.ledger import verbs
from gateway.ledger.model import Organisation, Wish
from gateway.ledger.posting import rows as queue
from gateway.settings import Settings
from gateway.site import Site
from gateway.store.migrate import upgrade
from gateway.store.tables import new_id
from gateway.up.demo import found_organisation
from gateway.world import SHARDS
from tests.bench.figure import Figure
from tests.cast import make_settings
from tests.servers.postgres import Postgres
from workers.post import post_batch

ACCOUNTS = 10_000
ROUNDS = int(os.environ.get("PAMOJA_BENCH_ROUNDS", "5"))
ROUND_S = 4.0
FILL = {1: 1_500, 50: 15_000, 500: 30_000}  # transfers that wait at the beginning of a round
GROWTH = int(os.environ.get("PAMOJA_BENCH_POSTINGS", "5000000"))
MINI_TIMES = 200
CALLERS = 8


class Ground:
    """An organisation with ten thousand funded accounts on one database."""

    def __init__(self, home: Path, url: str) -> None:
        settings = make_settings(home, url, "redis://127.0.0.1:1", "http://127.0.0.1:1")
        self.site, self.home, self.url = Site(settings), home, url
        upgrade(self.site.engine)
        self.organisation = Organisation(new_id(), "Bench", "Bench", "Africa/Nairobi", "KES", 2, "en", "*384*1#", "1", "254", 9)
        with self.site.world(self.organisation, seconds=60) as world:
            found_organisation(world)
            self.ids = [new_id() for _ in range(ACCOUNTS)]
            self._accounts(world)
        self.count = itertools.count()
        self.site.bell = _Silent()  # type: ignore[assignment]

    def _accounts(self, world: Any) -> None:
        from gateway.ledger.tables import accounts
        from gateway.store.many import insert_many

        here, now = self.organisation.id, world.now()
        columns = (
            "id",
            "organisation_id",
            "code",
            "name",
            "kind",
            "product",
            "currency",
            "debits",
            "credits",
            "held",
            "floor",
            "tier",
            "status",
            "seq",
            "opened_at",
        )
        rows = [(id, here, f"B{n}", "Bench", "liability", "savings", "KES", 0, 0, 0, -(10**15), 1, "open", 0, now) for n, id in enumerate(self.ids)]
        insert_many(world.write, accounts, columns, rows)

    def fill(self, count: int, *, hot: bool = False) -> None:
        """So many transfers that wait; with `hot` every second one goes to the same account."""
        for _ in range(0, count, 1_000):
            wishes = []
            for n in range(min(1_000, count)):
                source, destination = random.sample(self.ids, 2)
                if hot and n % 2 and source != self.ids[0]:
                    destination = self.ids[0]
                wishes.append(Wish("inttransfer", source, destination, 100, "bench", str(next(self.count)), "bench"))
            with self.site.world(self.organisation, seconds=60) as world:
                verbs.reserve_many(world, wishes)

    def drain(self, batch: int, seconds: float, shards: Iterator[int]) -> int:
        posted, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            settled = post_batch(self.site, self.organisation.id, next(shards), batch)
            posted += len(settled)
            if not settled and not self.waiting():
                break
        return posted

    def waiting(self) -> bool:
        with self.site.engine.connect().execution_options(writes=False) as connection:
            return bool(queue.waiting(connection))

    def analyse(self) -> None:
        with self.site.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


class _Silent:
    """Nobody waits here."""

    def wake(self, topics: list[str]) -> None: ...
    def announce(self, refs: list[str]) -> None: ...


def pgbench(server: Postgres, database: str, clients: int, seconds: float = ROUND_S) -> float:
    """TPC-B at scale 10 with prepared statements: transactions a second."""
    command = [str(server.bin / "pgbench"), "-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", "-n", "-M", "prepared", "-c", str(clients)]
    done = subprocess.run([*command, "-j", str(min(clients, 2)), "-T", str(int(seconds)), database], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(line.split()[2])


def rate(ground: Ground, batch: int, *, hot: bool = False, workers: int = 1) -> float:
    """Transfers a second of so many workers, each a process of its own when there is more than one."""
    ground.fill(FILL[batch] * (2 if workers > 1 else 1), hot=hot)
    began = time.perf_counter()
    if workers == 1:
        posted = ground.drain(batch, ROUND_S, itertools.cycle(range(SHARDS)))
        return posted / (time.perf_counter() - began)
    command = [sys.executable, "-m", "tests.bench.drainer", ground.url, str(ground.home), str(batch), str(ROUND_S)]
    running = [subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True) for n in range(workers)]
    counts = [one.communicate(timeout=60)[0].split() for one in running]
    return sum(float(count) / float(seconds) for count, seconds in counts)


def measure(home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    server = Postgres()
    server.unsafe = ()  # a figure with fsync off would be none
    server.start()
    try:
        yield from _postgresql(server, home, say)
    finally:
        server.stop()
    yield from _sqlite(home, say)


def _postgresql(server: Postgres, home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    from tests.conftest import _run_sql

    for name in ("bench", "tpcb"):
        _run_sql(server, f"CREATE DATABASE {name}")
    subprocess.run(
        [str(server.bin / "pgbench"), "-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", "-i", "-q", "-s", "10", "tpcb"],
        capture_output=True,
        check=True,
    )
    ground = Ground(home / "pg", server.url.rsplit("/", 1)[0] + "/bench")
    ground.fill(1_000)
    ground.drain(500, 10, itertools.cycle(range(SHARDS)))
    ground.analyse()
    kinds: dict[str, Callable[[], float]] = {
        "poster_pg_1": lambda: rate(ground, 1),
        "poster_pg_50": lambda: rate(ground, 50),
        "poster_pg_500": lambda: rate(ground, 500),
        "poster_pg_500_hot": lambda: rate(ground, 500, hot=True),
        "poster_pg_500_two_workers": lambda: rate(ground, 500, workers=2),
        "poster_pg_500_hot_two_workers": lambda: rate(ground, 500, hot=True, workers=2),
    }
    ours: dict[str, list[float]] = {name: [] for name in kinds}
    theirs: list[float] = []
    for round_ in range(ROUNDS):
        theirs.append(pgbench(server, "tpcb", 2))
        for name, act in kinds.items():
            ours[name].append(act())
        say(f"round {round_ + 1} of {ROUNDS}: TPC-B {theirs[-1]:.0f}/s, " + ", ".join(f"{name[7:]} {values[-1]:.0f}/s" for name, values in ours.items()))
    base = statistics.median(theirs)
    for name, values in ours.items():
        yield Figure(
            f"{name}_vs_tpcb", statistics.median(values), "transfers/s", "pgbench TPC-B, 2 clients", base, statistics.median(map(_ratio, values, theirs))
        )
    uniform, hot = statistics.median(ours["poster_pg_500"]), statistics.median(ours["poster_pg_500_hot"])
    yield Figure("poster_pg_hot_vs_uniform", hot, "transfers/s", "uniform accounts", uniform, hot / uniform)


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs


def _sqlite(home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    ground = Ground(home / "lite", f"sqlite:///{home / 'bench.db'}")
    for batch in (1, 50, 500):
        rates = [rate(ground, batch) for _ in range(ROUNDS)]
        say(f"SQLite, batch {batch}: {statistics.median(rates):.0f}/s")
        yield Figure(f"poster_sqlite_{batch}", statistics.median(rates), "transfers/s", "the goal of 8,000", 8_000, statistics.median(rates) / 8_000)


__all__ = ["Settings", "measure", "tempfile", "threading"]
