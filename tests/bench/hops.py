"""Hops a second of a balance enquiry, time from the PIN to the posting and to the receipt, memory at rest."""

from __future__ import annotations

import itertools
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import redis
import requests
from sqlalchemy import select

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.members import rows as members
from gateway.members.model import SETTLED_FROM, check_digit
from gateway.records import rows as records
from gateway.settings import Settings
from gateway.site import Site
from gateway.store import outbox
from gateway.up.demo import deposit
from gateway.world import SHARDS
from tests.bench import load
from tests.bench.figure import Figure
from tests.test_whole import Instance, hop, start, stop, three_free_ports
from workers.post import post_batch

PEER, BIN = Path(__file__).parent / "peer", Path(sys.executable).parent
ENQUIRY = ("", "1", "1*1", "1*1*0", "1*1*0*00")  # dial, My money, Balance, back; and home, so that nothing is left to be offered at the next dial


def to_and_fro(first: str, key: str, times: int = 6) -> tuple[str, ...]:
    """A call that goes into a screen and back out of it: nothing, `6`, `6*1`, `6*1*0`, `6*1*0*1` …, and home at last."""
    typed = [*first.split("*"), *itertools.islice(itertools.cycle([key, "0"]), 2 * times), "00"]
    return ("", *("*".join(typed[:n]) for n in range(1, len(typed) + 1)))


# Kind of hop -> a call made of little else, and where in it those hops stand.
KINDS: dict[str, tuple[Sequence[str], Sequence[int]]] = {
    "menu": (to_and_fro("6", "1"), range(2, 13)),
    "list": (to_and_fro("1", "2"), range(2, 13, 2)),
    "verb": (to_and_fro("2*3", "1"), range(3, 14, 2)),
    "pin": (("", "6", "6*5", "6*5*1", "6*5*1*4715", "6*5*1*4715*00"), (4,)),  # the old PIN, before a new one: argon2 and nothing behind it
}
PEOPLE = 2_000  # callers; enough that nobody dials like a machine
ROUNDS = int(os.environ.get("PAMOJA_BENCH_ROUNDS", "7"))
ROUND_S = 4.0
PAYMENTS = 30


def measure(home: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    instance = start(home / "bench", three_free_ports())
    try:
        seed(instance)
        yield from memory(instance)
        yield from enquiries(instance, say)
        yield from payments(instance)
    finally:
        stop(instance)


def site_of(instance: Instance) -> Site:
    return Site(Settings.from_env({"PAMOJA_HOME": str(instance.home)}))


def number_of(n: int) -> str:
    return f"+2547{60_000_000 + n:08d}"


def seed(instance: Instance) -> None:
    """Two thousand members with an account and a first line in it; they all share one PIN's hash."""
    site = site_of(instance)
    organisation = site.organisations()[0]
    with site.world(organisation, seconds=120) as world:
        known = members.by_number(world, "+254711000001")
        assert known
        for n in range(PEOPLE):
            digits = f"{1000 + n}"
            id = members.add_member(
                world,
                number=number_of(n),
                name="Nyambura",
                language="en",
                code=digits + check_digit(digits) + "B",
                pin_hash=known.pin_hash,
                dials=SETTLED_FROM,
            )
            deposit(world, ledger.open_account(world, code=f"B{n}", name="Nyambura", owner_id=id), 100_000, f"bench-{n}")
    for shard in range(SHARDS):
        while post_batch(site, organisation.id, shard):
            pass
    with site.world(organisation, seconds=120) as world:  # nobody is told of these
        world.write.execute(records.texts.delete())
        world.write.execute(outbox.outbox.delete())
    site.close()


@contextmanager
def empty_view(port: int) -> Iterator[str]:
    """The empty view on the same server with the same processes and threads."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "tests.bench.empty:app", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error"])
    try:
        yield _when_up(port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def enquiries(instance: Instance, say: Callable[[str], None]) -> Iterator[Figure]:
    """In turn, ours, the empty view and the peer, so that a machine that slows down slows all of them."""
    callers = itertools.cycle(range(PEOPLE))

    client = redis.Redis.from_url(Settings.from_env({"PAMOJA_HOME": str(instance.home)}).redis_url)

    def load_of(url: str, texts: Sequence[str], lines: int = 16) -> load.Load:
        for key in client.scan_iter("pamoja:dropped:*"):  # calls that were under way when a round ended are not offered in the next
            client.delete(key)
        return load.calls(url, texts, lambda: number_of(next(callers)), seconds=ROUND_S, lines=lines)

    rates: dict[str, list[float]] = defaultdict(list)
    with empty_view(three_free_ports()) as empty, node_peer(three_free_ports(), instance) as peer:
        url = instance.urls()["ussd"]
        for round_ in range(ROUNDS + 1):
            now = {
                "enquiry": load_of(url, ENQUIRY).rate, "peer": load_of(peer, ENQUIRY).rate, "empty": load_of(empty, ENQUIRY).rate,
                **{kind: load_of(url, texts).rate for kind, (texts, _) in KINDS.items()},
            }  # fmt: skip
            say(f"round {round_} of {ROUNDS}: " + ", ".join(f"{name} {rate:.0f}/s" for name, rate in now.items()))
            if round_:  # the first warms up
                for name, rate in now.items():
                    rates[name].append(rate)
        half = {kind: load_of(url, texts, lines=2) for kind, (texts, _) in KINDS.items()}
        half_empty = load_of(empty, ENQUIRY, lines=2)
    yield from _of_rates(rates)
    for kind, (_, hops) in KINDS.items():
        for share, name in ((0.5, "p50"), (0.99, "p99")):
            mine, other = half[kind].percentile(share, hops), half_empty.percentile(share)
            yield Figure(f"hop_{kind}_{name}_ms", mine, "ms", "empty Flask view, two lines", other, mine / other)


def _of_rates(rates: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    """Costs against the empty view (how many times dearer), and the enquiry against the peer (how many times quicker)."""

    def against(ours: str, theirs: str) -> float:
        return statistics.median(mine / other for mine, other in zip(rates[ours], rates[theirs], strict=True))

    empty = statistics.median(rates["empty"])
    for kind in (*KINDS, "enquiry"):
        yield Figure(
            f"hop_{kind}_cost_vs_empty_view", statistics.median(rates[kind]), "hops/s", "empty Flask view", empty, 1 / against(kind, "empty")
        )  # fmt: skip
    peer = statistics.median(rates["peer"])
    yield Figure("enquiry_vs_node_peer", statistics.median(rates["enquiry"]), "hops/s", "ussd-menu-builder on Express", peer, against("enquiry", "peer"))


@contextmanager
def node_peer(port: int, instance: Instance) -> Iterator[str]:
    """The peer with as many processes as we have, on the same Redis."""
    if not (PEER / "node_modules" / "express").exists():
        subprocess.run([str(BIN / "npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=PEER, check=True, capture_output=True)
    redis_url = Settings.from_env({"PAMOJA_HOME": str(instance.home)}).redis_url
    command = [str(BIN / "node"), "server.js", str(port), redis_url.removeprefix("unix://").split("?")[0], "2"]
    process = subprocess.Popen(command, cwd=PEER, start_new_session=True)
    try:
        yield _when_up(port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # npm's node is a program that starts the real one, and that one starts its workers
        process.wait(timeout=10)


def _when_up(port: int) -> str:
    url = f"http://127.0.0.1:{port}/ussd"
    while True:
        try:
            requests.post(url, data={"sessionId": "1", "phoneNumber": "1", "text": ""}, timeout=1)
            return url
        except requests.RequestException:
            time.sleep(0.1)


def payments(instance: Instance) -> Iterator[Figure]:
    """From the moment the PIN hop is sent; the ends are the rows' own times, of the same clock."""
    urls, site = instance.urls(), site_of(instance)
    organisation = site.organisations()[0]
    answered, posted, handed, menu = [], [], [], []
    for n in range(PAYMENTS):
        payer, call = number_of(n), f"ATUid_pay{n}"
        text = f"2*1*0{number_of(n + 100)[4:]}*120"
        began = time.perf_counter()
        hop(urls, payer, text, call)
        menu.append((time.perf_counter() - began) * 1000)
        sent_at = time.time()
        assert "Sent KES 120" in hop(urls, payer, text + "*4715", call)
        answered.append((time.time() - sent_at) * 1000)
        time.sleep(0.5)
        with site.world(organisation) as world:
            transfer = ledger_rows.transfer_of_call(world, call)
            assert transfer
            assert transfer.done_at
            texts = world.read.execute(select(records.texts.c.sent_at).where(records.texts.c.about == str(transfer.id))).scalars().all()
        posted.append((transfer.done_at.timestamp() - sent_at) * 1000)
        handed.append((max(moment.timestamp() for moment in texts) - sent_at) * 1000)
    site.close()
    base = statistics.median(menu)
    for name, times in (("pin_hop_to_answer_ms", answered), ("pin_hop_to_posted_ms", posted), ("pin_hop_to_receipt_ms", handed)):
        yield Figure(name, statistics.median(times), "ms", "dialling with four answers", base, statistics.median(times) / base)


def memory(instance: Instance) -> Iterator[Figure]:
    """Resident memory at rest, of each kind of process, against the empty view's worker."""
    with empty_view(three_free_ports()) as _:
        empty = max(resident("tests.bench.empty"))
    for name, pattern in (("web", "gateway web"), ("worker", "workers worker"), ("clock", "workers clock"), ("redis", str(instance.home / "redis"))):
        found = [one for one in resident(pattern, instance) if one > 1]
        yield Figure(f"memory_{name}_mb", max(found), "MB", "empty Flask worker", empty, max(found) / empty)


def resident(pattern: str, instance: Instance | None = None) -> list[float]:
    """MB of every process that fits, and of its children."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,rss,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    rows = [line.split(None, 3) for line in listed]
    wanted = {pid for pid, _, _, command in rows if pattern in command}
    for _ in range(3):
        wanted |= {pid for pid, parent, _, _ in rows if parent in wanted}
    return [int(size) / 1024 for pid, _, size, _ in rows if pid in wanted]
