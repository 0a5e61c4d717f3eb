"""Posting in batches: crashes at every call, doubled and killed workers, one bad wish among good ones, an answer that is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc, func, select

from gateway.ledger import rows, verbs
from gateway.ledger.model import MINOR_MOST, Reserved, Wish
from gateway.ledger.posting import rows as queue
from gateway.ledger.posting.model import Claimed
from gateway.ledger.posting.verbs import post_batch, quarantine
from gateway.ledger.proof.facts import verify
from gateway.ledger.tables import batches, ends, postings
from gateway.store.engine import OperationalError
from gateway.world import SHARDS
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, environ
from tests.ledger.faults import Died, dying_at
from workers.jobs import hold
from workers.post import post
from workers.post import post_batch as post_in_worker

PROJECT = Path(__file__).parent.parent.parent
CALLS_MOST = 80  # calls to the database in one batch; the loop must end long before


def ask(village: Village, key: str, amount: int, source: int, destination: int, **more: Any) -> Any:
    with village.world() as world:
        return verbs.reserve(world, Wish("transfer", source, destination, amount, "test", key, "test", **more))


def many(village: Village, count: int, amount: int = 1_000) -> list[int]:
    """So many transfers from one member to another that wait for the poster."""
    village.workers_run_at_once = False
    source, destination = village.account_id(WANJIRU), village.account_id(OTIENO)
    return [ask(village, f"m{n}", amount + n, source, destination).transfer.id for n in range(count)]


def sound(village: Village) -> None:
    with village.world() as world:
        assert verify(world) == []


def shard_of(village: Village, number: str = WANJIRU) -> int:
    return village.account_id(number) % SHARDS


@pytest.mark.parametrize("count", [1, 15])
def test_a_crash_at_every_call_of_a_batch_leaves_nothing_half_done(village: Village, count: int) -> None:
    village.everybody()
    many(village, count)
    before = (village.balance(WANJIRU), village.balance(OTIENO))
    for call in range(1, CALLS_MOST):
        try:
            with dying_at(village, call):
                post_in_worker(village.site, village.organisation.id, shard_of(village))
            break
        except Died:
            assert (village.balance(WANJIRU), village.balance(OTIENO)) == before
            sound(village)
    assert call > 8

    assert village.balance(OTIENO) == sum(1_000 + n for n in range(count))
    sound(village)


def test_a_crash_at_every_call_of_the_asking_promises_nothing(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    source, destination = village.account_id(WANJIRU), village.account_id(OTIENO)
    for call in range(1, CALLS_MOST):
        try:
            with dying_at(village, call):
                ask(village, "one", 5_000, source, destination)
            break
        except Died:
            sound(village)
    assert call > 4
    village.post()

    assert village.balance(OTIENO) == 5_000


def test_a_job_that_runs_twice_or_late_changes_nothing(village: Village) -> None:
    village.everybody()
    many(village, 3)
    hold(village.site)

    assert [post(village.organisation.id, shard_of(village)) for _ in range(3)] == [3, 0, 0]
    sound(village)


def test_a_batch_takes_what_it_may_and_the_next_the_rest(village: Village) -> None:
    village.everybody()
    ids = many(village, 7)
    taken = []
    while settled := post_in_worker(village.site, village.organisation.id, shard_of(village), 3):
        taken.append([one.transfer.id for one in settled])

    assert taken == [ids[:3], ids[3:6], ids[6:]]
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(batches)) == len(taken) + 2  # two deposits of before
    sound(village)


def test_two_drain_one_shard_and_one_goes_away(village: Village) -> None:
    village.everybody()
    many(village, 30)
    shard = shard_of(village)

    def drain(_: int) -> int:
        count = 0
        while village.balance(OTIENO) < sum(1_000 + n for n in range(30)):
            count += len(_patient(lambda: post_in_worker(village.site, village.organisation.id, shard, 10)))
        return count

    with ThreadPoolExecutor(4) as workers:
        counts = list(workers.map(drain, range(4)))

    assert sum(counts) == 30
    sound(village)


def _patient(act: Any) -> Any:
    for _ in range(40):
        try:
            return act()
        except exc.OperationalError:
            continue
    raise AssertionError("never got its turn")


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_of_which_one_is_killed(village: Village, workers: int) -> None:
    """Real processes; one of them dies by SIGKILL in the middle; the others bring everything to its end."""
    village.everybody()
    with village.world() as world:
        people = [verbs.open_account(world, code=f"P{n}", name=f"P{n}") for n in range(8)]
        for id in people:
            verbs.reserve(world, Wish("deposit", world.system_accounts["FLOAT"], id, 100_000, "test", f"d{id}", "test"))
    village.post()
    village.workers_run_at_once = False
    for n in range(60):
        assert isinstance(ask(village, f"w{n}", 500 + n, people[n % 8], people[(n + 3) % 8]), Reserved)

    def starts(dies_at: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "tests.worker_that_drains", dies_at, "7", "0"], env=environ(village), cwd=PROJECT)

    assert starts("6").wait(timeout=60) == -signal.SIGKILL  # on a busy machine it would come too late to find any work, had the others begun
    others = [starts("0") for _ in range(workers - 1)]
    assert [one.wait(timeout=60) for one in others] == [0] * (workers - 1)
    village.post()
    with village.world() as world:
        ended = world.read.scalar(select(func.count()).select_from(ends).where(ends.c.state == "posted"))
    assert ended == 60 + 8 + 2
    sound(village)


def poison(village: Village, id: int) -> None:
    """The database will not take the postings of this transfer."""
    when = f"CREATE TRIGGER poison BEFORE INSERT ON postings {{}} WHEN (NEW.transfer_id = {id})"
    run(village, {
        "sqlite": [when.format("FOR EACH ROW") + " BEGIN SELECT RAISE(ABORT, 'this one is poison'); END"],
        "postgresql": [
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this one is poison'; END $$",
            when.format("FOR EACH ROW") + " EXECUTE FUNCTION poison()",
        ],
    })  # fmt: skip


def cure(village: Village) -> None:
    run(village, {"sqlite": ["DROP TRIGGER poison"], "postgresql": ["DROP TRIGGER poison ON postings"]})


def run(village: Village, statements: dict[str, list[str]]) -> None:
    with village.world() as world:
        for statement in statements[world.write.dialect.name]:
            world.write.exec_driver_sql(statement)


def test_a_connection_that_breaks_in_a_copy_puts_nothing_aside(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the driver says in a COPY is what it says in any statement: the database was away, and nothing is wrong with what waits."""
    import psycopg

    village.everybody()
    count = len(many(village, 5))

    def break_off(*_: Any, **__: Any) -> Any:
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(psycopg.Cursor, "copy", break_off)
    if village.settings.database_url.startswith("sqlite"):  # no COPY there
        assert len(post_in_worker(village.site, village.organisation.id, shard_of(village))) == count
        return
    with pytest.raises(OperationalError):
        post_in_worker(village.site, village.organisation.id, shard_of(village))
    monkeypatch.undo()
    assert village.post() == count
    sound(village)


def test_one_that_cannot_be_written_is_put_aside_and_its_mates_are_posted(village: Village) -> None:
    village.everybody()
    ids = many(village, 5)
    bad = ids[2]

    poison(village, bad)
    settled = post_in_worker(village.site, village.organisation.id, shard_of(village))
    cure(village)

    assert [one.transfer.id for one in settled] == [id for id in ids if id != bad]
    with village.world() as world:
        found = rows.transfer(world, bad)
    assert found
    assert found.state == "quarantined"
    kind = "IntegrityError" if village.settings.database_url.startswith("sqlite") else "ProgrammingError"
    assert (found.reason or "").startswith(f"{kind}: this one is poison")
    sound(village)
    with village.world() as world:
        assert verbs.release_quarantined(world, bad, post=True)
    village.post()
    assert village.balance(OTIENO) == sum(1_000 + n for n in range(5))
    sound(village)


def test_a_quarantined_one_can_be_given_up(village: Village) -> None:
    village.everybody()
    (id,) = many(village, 1)
    with village.world() as world:
        quarantine(world, [id], "poison")
    assert village.post() == 0
    with village.world() as world:
        assert verbs.release_quarantined(world, id, post=False)
        assert not verbs.release_quarantined(world, id, post=True)

    assert village.balance(WANJIRU) == 50_000
    sound(village)


@pytest.mark.parametrize("reached", [True, False])
def test_an_answer_to_a_commit_that_is_lost_is_looked_up(village: Village, reached: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection breaks at COMMIT, before or after the database took it: nothing is posted twice, nothing is lost."""
    from sqlalchemy import Connection

    village.everybody()
    many(village, 2)
    commit, broken = Connection.commit, []

    def lose(connection: Connection) -> None:
        if not broken:
            broken.append(True)
            if reached:
                commit(connection)
            raise OperationalError("COMMIT", {}, Exception("server closed the connection unexpectedly"))
        commit(connection)

    monkeypatch.setattr(Connection, "commit", lose)
    if reached:
        assert len(post_in_worker(village.site, village.organisation.id, shard_of(village))) == 2
    else:
        with pytest.raises(OperationalError):
            post_in_worker(village.site, village.organisation.id, shard_of(village))
    monkeypatch.undo()
    village.post()

    assert village.balance(OTIENO) == 2_001
    sound(village)


def test_linked_transfers_are_posted_all_or_not_at_all(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    wanjiru, otieno = village.account_id(WANJIRU), village.account_id(OTIENO)
    with village.world() as world:
        through = verbs.open_account(world, code="THROUGH", name="Through")
    links = [Wish("transfer", wanjiru, through, 10_000, "test", "c1", "test"), Wish("transfer", through, otieno, 9_000, "test", "c2", "test", free=True)]
    with village.world() as world:
        assert all(isinstance(one, Reserved) for one in verbs.reserve_chain(world, links))
    village.post()
    assert village.balance(OTIENO) == 9_000

    with village.world() as world:  # the second lives on the first, and takes more than it brings
        links = [Wish("transfer", wanjiru, through, 1_000, "test", "c3", "test"), Wish("transfer", through, otieno, 9_000, "test", "c4", "test", free=True)]
        first, second = verbs.reserve_chain(world, links)
        assert isinstance(first, Reserved)
        assert isinstance(second, Reserved)
    with village.world() as world:
        settled = post_batch(world, first.transfer.chain_id % SHARDS, 1).settled
    assert [(one.transfer.state, one.transfer.reason) for one in settled] == [("rejected", "linked: not enough")] * 2
    assert (village.balance(WANJIRU), village.balance(OTIENO)) == (40_000, 9_000)
    sound(village)


def test_amounts_near_the_end_of_the_column_are_refused_cleanly(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one, two = (verbs.open_account(world, code=code, name=code, floor=None) for code in ("BIG1", "BIG2"))
        assert isinstance(verbs.reserve(world, Wish("adjustment", one, two, MINOR_MOST, "test", "big", "test")), Reserved)
    village.post()
    with village.world() as world:
        refused = verbs.reserve(world, Wish("adjustment", one, two, MINOR_MOST, "test", "bigger", "test"))

    assert refused == verbs.NotTaken("too large")
    with village.world() as world:
        assert rows.account(world, two).balance == MINOR_MOST
    sound(village)


def test_every_line_has_its_number_and_its_balance(village: Village) -> None:
    """Two workers, many payments back and forth: the lines of each account are 1, 2, 3 … and each balance follows."""
    village.everybody()
    village.has("Kamau", "+254744000004", 3_000, "8361")
    village.workers_run_at_once = False
    ids = [village.account_id(number) for number in (WANJIRU, OTIENO, "+254744000004")]
    for n in range(40):
        ask(village, f"l{n}", 100 + n, ids[n % 3], ids[(n + 1) % 3])
        if n % 5 == 0:
            village.post()
    village.post()

    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(postings)) >= 40
    sound(village)


def test_a_chain_is_whole_whoever_came_between(village: Village) -> None:
    """Another wish's number falls between the legs of a chain, and a batch is cut there."""
    village.everybody()
    village.workers_run_at_once = False
    wanjiru, otieno = village.account_id(WANJIRU), village.account_id(OTIENO)
    with village.world() as world:
        through = verbs.open_account(world, code="THROUGH", name="Through")
    links = [Wish("transfer", wanjiru, through, 1_000, "test", "c1", "test"), Wish("transfer", through, otieno, 9_000, "test", "c2", "test", free=True)]
    with village.world() as world:
        outcomes = verbs.reserve_chain(world, links)
    first, second = (one.transfer for one in outcomes if isinstance(one, Reserved))
    claimed = [Claimed(one) for one in (first, replace(first, id=first.id + 1, chain_id=None, key="x"), second)]
    assert [one.transfer.key for one in sorted(claimed, key=lambda one: (one.transfer.chain_id or one.transfer.id, one.transfer.id))] == ["c1", "c2", "x"]
    with village.world() as world:
        assert [one.transfer.key for one in queue.claim(world, first.chain_id % SHARDS, 1)] == ["c1", "c2"]
        world.rollback()
    assert village.post() == 2
    with village.world() as world:
        assert {one.state for one in rows.transfers_in(world, [first.id, second.id]).values()} == {"rejected"}


def test_a_quarantined_chain_is_decided_as_one(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    wanjiru, otieno, achieng = (village.account_id(number) for number in (WANJIRU, OTIENO, ACHIENG))
    links = [Wish("transfer", wanjiru, otieno, 1_000, "test", "c1", "test"), Wish("transfer", wanjiru, achieng, 2_000, "test", "c2", "test")]
    with village.world() as world:
        first, second = (one.transfer for one in verbs.reserve_chain(world, links) if isinstance(one, Reserved))
        quarantine(world, [first.id, second.id], "poison")
    with village.world() as world:
        assert verbs.release_quarantined(world, first.id, post=False)
        assert not verbs.release_quarantined(world, second.id, post=True)
    with village.world() as world:
        assert {one.state for one in rows.transfers_in(world, [first.id, second.id]).values()} == {"voided"}
        assert rows.account(world, wanjiru).held == 0
    sound(village)
