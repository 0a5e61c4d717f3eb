"""Transfers a second through the poster, against pgbench TPC-B on the same server in the same minute."""

from __future__ import annotations

import itertools
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text

from gateway.ledger import verbs
from gateway.ledger.model import Organisation, Wish
from gateway.ledger.posting import rows as queue
from gateway.ledger.statements import rows as account_lines
from gateway.site import Site
from gateway.store.migrate import upgrade
from gateway.store.tables import new_id
from gateway.up.demo import found_organisation
from gateway.world import SHARDS
from tests.bench.figure import Figure
from tests.cast import make_settings
from tests.conftest import _run_sql
from tests.servers.postgres import Postgres
from workers.post import post_batch

ACCOUNTS = 10_000
ROUNDS = int(os.environ.get("PAMOJA_BENCH_ROUNDS", "5"))
ROUND_S = 3.0
FILL = {1: 1_500, 50: 12_000, 500: 25_000}  # transfers that wait at the beginning of a round
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

    def posted(self) -> int:
        with self.site.engine.connect().execution_options(writes=False) as connection:
            return int(connection.execute(text("SELECT COUNT(*) FROM postings")).scalar_one())

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


@contextmanager
def _server() -> Iterator[Postgres]:
    server = Postgres()
    server.unsafe = ()  # a figure with fsync off would be none
    server.start()
    try:
        yield server
    finally:
        server.stop()


def measure(home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    with _server() as server:
        for name in ("bench", "tpcb", "hordak"):
            _run_sql(server, f"CREATE DATABASE {name}")
        command = [str(server.bin / "pgbench"), "-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", "-i", "-q", "-s", "10", "tpcb"]
        subprocess.run(command, capture_output=True, check=True)
        yield from _postgresql(server, home, say)


def _postgresql(server: Postgres, home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """In turn within each round, so that a machine that slows down slows all of them."""
    ground = Ground(home, server.url.rsplit("/", 1)[0] + "/bench")
    ground.fill(1_000)
    ground.drain(500, 10, itertools.cycle(range(SHARDS)))
    ground.analyse()
    kinds: dict[str, Callable[[], float]] = {
        f"poster_pg_{batch}{'_hot' if hot else ''}{'_two_workers' if workers > 1 else ''}": partial(rate, ground, batch, hot=hot, workers=workers)
        for batch in FILL
        for hot in (False, True)
        for workers in (1, 2)
    }
    kinds["asked_to_posted_eight_callers"] = partial(end_to_end, ground)
    ours: dict[str, list[float]] = {name: [] for name in kinds}
    theirs: list[float] = []
    eight: list[float] = []
    for round_ in range(ROUNDS):
        theirs.append(pgbench(server, "tpcb", 2))
        for name, act in kinds.items():
            ours[name].append(act())
        eight.append(pgbench(server, "tpcb", CALLERS))
        said = ", ".join(f"{name.removeprefix('poster_pg_')} {values[-1]:.0f}/s" for name, values in ours.items())
        say(f"round {round_ + 1} of {ROUNDS}: TPC-B {theirs[-1]:.0f}/s, {said}")
    for name, values in ours.items():
        against, base = ("pgbench TPC-B, 8 clients", eight) if name.startswith("asked") else ("pgbench TPC-B, 2 clients", theirs)
        ratio = statistics.median(mine / other for mine, other in zip(values, base, strict=True))
        yield Figure(f"{name}_vs_tpcb", statistics.median(values), "transfers/s", against, statistics.median(base), ratio)
    for workers in ("", "_two_workers"):
        uniform, hot = statistics.median(ours[f"poster_pg_500{workers}"]), statistics.median(ours[f"poster_pg_500_hot{workers}"])
        yield Figure(f"poster_pg_hot_vs_uniform{workers}", hot, "transfers/s", "uniform accounts", uniform, hot / uniform)
    peer = hordak(server, home)
    yield Figure(
        "poster_pg_500_vs_hordak",
        statistics.median(ours["poster_pg_500"]),
        "transfers/s",
        "django-hordak",
        peer,
        statistics.median(ours["poster_pg_500"]) / peer,
    )


def end_to_end(ground: Ground) -> float:
    """Eight callers ask, each durable before its answer, while one worker posts: transfers that were both, a second."""
    while ground.waiting():  # what an earlier round left
        ground.drain(500, 5, itertools.cycle(range(SHARDS)))
    before, stop = ground.posted(), threading.Event()
    command = [sys.executable, "-m", "tests.bench.drainer", ground.url, str(ground.home), "500", str(ROUND_S + 1), "0", "stay"]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    time.sleep(1.0)

    def call(n: int) -> None:
        while not stop.is_set():
            source, destination = random.sample(ground.ids, 2)
            with ground.site.world(ground.organisation, seconds=60) as world:
                world.ask(Wish("inttransfer", source, destination, 100, "bench", str(next(ground.count)), "bench"))

    callers = [threading.Thread(target=call, args=(n,)) for n in range(CALLERS)]
    began = time.perf_counter()
    for caller in callers:
        caller.start()
    time.sleep(ROUND_S)
    stop.set()
    for caller in callers:
        caller.join()
    took = time.perf_counter() - began
    worker.communicate(timeout=60)
    while ground.waiting():
        ground.drain(500, 5, itertools.cycle(range(SHARDS)))
    return (ground.posted() - before) / took


def hordak(server: Postgres, home: Path) -> float:
    """The same transfer with django-hordak on the same server, in an environment of its own."""
    python = home / "hordak" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(home / "hordak")], check=True)
    lock = Path(__file__).parent / "requirements.txt"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], check=True, capture_output=True)
    command = [str(python), str(Path(__file__).parent / "hordak_peer.py"), "127.0.0.1", str(server.port), "hordak", str(ROUND_S)]
    count, seconds = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(count) / float(seconds)


def growth(home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """The same rate and the same mini-statement in a small ledger and in one of five million postings."""
    with _server() as server:
        _run_sql(server, "CREATE DATABASE growth")
        yield from _growth(Ground(home, server.url.rsplit("/", 1)[0] + "/growth"), say)


def _growth(ground: Ground, say: Callable[[str], None]) -> Iterator[Figure]:
    ground.fill(10_000)
    ground.drain(500, 30, itertools.cycle(range(SHARDS)))
    ground.analyse()
    began = ground.posted()
    small, mini_small = statistics.median(rate(ground, 500) for _ in range(3)), mini_statement(ground)
    against = f"the same with {began:,} to {ground.posted():,} postings"
    say(f"with {ground.posted():,} postings: {small:.0f}/s, a mini-statement {mini_small:.2f} ms")
    grow(ground, GROWTH)
    ground.analyse()
    large, mini_large = statistics.median(rate(ground, 500) for _ in range(3)), mini_statement(ground)
    say(f"with {ground.posted():,} postings: {large:.0f}/s, a mini-statement {mini_large:.2f} ms")
    yield Figure("poster_growth", large, "transfers/s", f"{against}, now {GROWTH:,}", small, small / large)
    yield Figure("mini_statement_growth", mini_large, "ms", against, mini_small, mini_large / mini_small)


def mini_statement(ground: Ground) -> float:
    """Milliseconds for the last five lines of an account."""
    times = []
    for id in random.sample(ground.ids, MINI_TIMES):
        with ground.site.world(ground.organisation, seconds=60) as world:
            world.read.exec_driver_sql("SELECT 1")
            began = time.perf_counter()
            account_lines.last_lines(world, id, 5)
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def grow(ground: Ground, postings: int) -> None:
    """Years of postings, written as they would stand there, without asking the guards five million times."""
    here = ground.organisation.id
    with ground.site.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in (
            "SET statement_timeout = 0", "SET session_replication_role = replica", "SET synchronous_commit = off",
            "CREATE TEMP TABLE people AS SELECT id, (row_number() OVER (ORDER BY id) - 1)::bigint AS n FROM accounts WHERE code LIKE 'B%'",
            "CREATE UNIQUE INDEX ON people (n)",
            f"""INSERT INTO transfers SELECT k, {here}, 'grown', k::text, '', 'inttransfer', '', a.id, b.id, 100, 0, 0, NULL, NULL, NULL, 'KES', true,
                'G' || k, 'bench', NULL, NULL, NULL, '', now() FROM generate_series(1, {postings}) k
                JOIN people a ON a.n = k % {ACCOUNTS} JOIN people b ON b.n = (k * 7 + 1) % {ACCOUNTS}""",
            f"""INSERT INTO ends SELECT k, {here}, 'posted', NULL, 100, 1, now(), '' FROM generate_series(1, {postings}) k""",
            f"""INSERT INTO postings SELECT k, 1, {here}, a.id, b.id, 100, 'KES', 'principal', 1000000 + 2 * (k / {ACCOUNTS}), 1000001 + 2 * (k / {ACCOUNTS}),
                0, 0, now() FROM generate_series(1, {postings}) k
                JOIN people a ON a.n = k % {ACCOUNTS} JOIN people b ON b.n = (k * 7 + 1) % {ACCOUNTS} WHERE a.id <> b.id""",
            "UPDATE accounts SET seq = seq + 10000000", "SET session_replication_role = DEFAULT", "VACUUM ANALYZE",
        ):  # fmt: skip
            connection.exec_driver_sql(statement.replace("%", "%%"))


def sqlite(home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """Two workers take turns: there is one writer."""
    ground = Ground(home, f"sqlite:///{home / 'bench.db'}")
    for batch in FILL:
        for hot in (False, True):
            for workers in (1, 2):
                rates = [rate(ground, batch, hot=hot, workers=workers) for _ in range(ROUNDS)]
                name = f"poster_sqlite_{batch}{'_hot' if hot else ''}{'_two_workers' if workers > 1 else ''}"
                say(f"{name}: {statistics.median(rates):.0f}/s")
                yield Figure(name, statistics.median(rates), "transfers/s", "the goal", 8_000, statistics.median(rates) / 8_000)
