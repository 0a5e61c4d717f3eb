"""Jobs that run twice, late or never; workers that are killed between any two statements; Redis that loses its queues."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rq import Queue
from sqlalchemy import func, select, text

from gateway.calls import HOPS
from gateway.ledger import tables as ledger_tables
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.ledger.proof.facts import verify
from gateway.records import rows as records
from gateway.store import outbox
from gateway.world import SHARDS
from tests.cast import OTIENO, WANJIRU, Village, environ
from workers.jobs import POST, hold
from workers.nightly import carry_hops, forget, prove_books
from workers.post import post
from workers.relay import relay
from workers.run import Worker

PROJECT = Path(__file__).parent.parent
KILLS_MOST = 80  # statements of a posting job and its messages; the loop must end long before


def pay(village: Village, times: int = 1) -> None:
    village.workers_run_at_once = False
    source, destination = village.account_id(WANJIRU), village.account_id(OTIENO)
    for number in range(times):
        with village.world() as world:
            ledger.reserve(world, Wish("transfer", source, destination, 1_000 + number, "test", f"pay-{number}", "test"))


def sound(village: Village) -> None:
    with village.world() as world:
        assert verify(world) == []


def receipts(village: Village) -> list[tuple[str, int]]:
    """(number, how many messages were written to it)"""
    with village.world() as world:
        query = select(records.texts.c.number, func.count()).group_by(records.texts.c.number).order_by(records.texts.c.number)
        return [(row[0], row[1]) for row in world.read.execute(query)]


def test_the_posting_job_runs_twice_and_posts_once(village: Village) -> None:
    village.everybody()
    pay(village, 3)
    hold(village.site)

    assert [post(village.organisation.id, village.account_id(WANJIRU) % SHARDS) for _ in range(3)] == [3, 0, 0]
    assert village.balance(OTIENO) == 3_003
    assert receipts(village) == [(WANJIRU, 3), (OTIENO, 3)]
    sound(village)


def test_jobs_go_through_rq_as_json_and_close_their_rows(village: Village) -> None:
    village.everybody()
    pay(village)
    hold(village.site)
    assert relay(village.site) == 1
    Worker(village.site).work(burst=True, logging_level="ERROR")
    village.clock.passes(seconds=1)
    assert relay(village.site) == 2
    Worker(village.site).work(burst=True, logging_level="ERROR")

    assert [one.words[:8] for one in village.far_side.messages_to(OTIENO)] == ["KES 10 f"]
    with village.world() as world:
        assert {row.state for row in world.read.execute(select(outbox.outbox.c.state))} == {"done"}


def test_what_the_queue_lost_is_offered_again(village: Village) -> None:
    village.everybody()
    pay(village)
    relay(village.site)
    assert Queue(POST, connection=village.site.redis).count == 1
    relay(village.site)
    assert Queue(POST, connection=village.site.redis).count == 1, "one drain on its way is enough"
    village.site.redis.flushdb()

    hold(village.site)
    assert relay(village.site) == 1
    Worker(village.site).work(burst=True, logging_level="ERROR")

    assert village.balance(OTIENO) == 1_000


def states(village: Village) -> dict[str, str]:
    with village.world() as world:
        return {row.topic: row.state for row in world.read.execute(select(outbox.outbox.c.topic, outbox.outbox.c.state))}


def test_what_was_only_offered_is_never_parked(village: Village) -> None:
    """Workers were down for a day: nothing was tried, so nothing is tired."""
    village.everybody()
    pay(village)
    for _ in range(outbox.TRIES_MOST + 3):
        relay(village.site)
        village.clock.passes(hours=2)
    village.site.redis.flushdb()

    assert relay(village.site) == 1
    village.post()
    for _ in range(outbox.TRIES_MOST + 3):
        relay(village.site)
        village.clock.passes(hours=2)
    assert states(village) == {"text": "waiting"}
    village.workers_run()
    assert states(village) == {"text": "done"}


def test_a_message_refused_again_and_again_is_parked_until_somebody_looks(village: Village) -> None:
    village.everybody()
    village.far_side.faults.extend(["500"] * 40)
    pay(village)
    village.post()
    for _ in range(outbox.TRIES_MOST + 3):
        village.workers_run()
        village.clock.passes(hours=2)
    assert states(village) == {"text": "parked"}

    village.far_side.faults.clear()
    with village.site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert outbox.retry_parked(connection, village.clock()) == 2
    village.workers_run()
    assert states(village) == {"text": "done"}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_worker_killed_between_any_two_statements_loses_and_doubles_nothing(
    engine: str, request: pytest.FixtureRequest, redis_url: str, far_side, tmp_path: Path
) -> None:
    """A real process, SIGKILL, at its 1st, 2nd, 3rd … statement, until one run comes through."""
    from tests.conftest import _village

    url = request.getfixturevalue("sqlite_url" if engine == "sqlite" else "postgres_url")
    for village in _village(url, redis_url, far_side, tmp_path):
        village.everybody()
        pay(village, 2)
        for statement in range(1, KILLS_MOST):
            village.clock.passes(seconds=outbox.LEASE_S + 1)
            relay(village.site)
            done = subprocess.run(
                [sys.executable, "-m", "tests.worker_that_dies", str(statement)], env=environ(village), cwd=PROJECT, capture_output=True, check=False
            )
            sound(village)
            if done.returncode == 0 and village.balance(OTIENO) == 2_001:
                break
        else:
            raise AssertionError("the worker never came through")
        assert statement > 5

        assert village.balance(OTIENO) == 2_001
        assert receipts(village) == [(WANJIRU, 2), (OTIENO, 2)]
        with village.world() as world:
            assert world.read.scalar(select(func.count()).select_from(ledger_tables.postings).where(ledger_tables.postings.c.purpose == "principal")) == 4


def test_redis_wiped_in_mid_call_and_in_mid_posting(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*2*1*0722000002*100#")
    village.site.redis.flushdb()
    village.workers_run_at_once = False
    assert "Enter PIN" in phone.types("4715")  # lost right before the PIN: asked for again
    assert phone.types("4715").startswith("We are sending KES 100")
    village.site.redis.flushdb()
    village.workers_run()

    assert village.balance(OTIENO) == 100_00
    assert receipts(village) == [(WANJIRU, 1), (OTIENO, 1)]


def test_traces_are_carried_to_sql_once(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    phone.types("1")

    assert carry_hops(village.site) == 2
    assert carry_hops(village.site) == 0
    assert village.site.redis.llen(HOPS) == 0
    village.clock.passes(days=91)
    assert forget(village.site) >= 2


def test_the_nightly_proof_finds_what_is_wrong(village: Village) -> None:
    village.everybody()
    assert prove_books(village.site) == 0
    with village.world() as world:
        world.write.execute(text("UPDATE accounts SET seq = seq + 1 WHERE code = 'FEES'"))

    assert prove_books(village.site) == 1


def test_a_bad_trace_is_dropped_and_the_others_come_through(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).dials()
    good = village.site.redis.lrange(HOPS, 0, -1)[0]
    village.site.redis.rpush(HOPS, good.replace(b'"label":"', b'"labelled":"'), good)

    assert carry_hops(village.site) == 3
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(records.hops)) == 2
