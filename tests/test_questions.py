"""What a hop asks of SQL and of Redis by the short way: the same answers, in the same transaction, and nothing lost when a line goes stale."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from gateway.calls import HOPS, HOPS_A_MINUTE, HOPS_MOST, Calls
from gateway.members import rows as members
from gateway.members.rows import members as table
from gateway.records.model import Hop
from gateway.store.questions import Question
from gateway.store.trips import Trips
from gateway.world import World
from tests.cast import OTIENO, SECRET_KEY, WANJIRU, Village
from tests.hops import hop

EVERY_KIND = Question(
    select(table.c.id, table.c.name, table.c.pin_locked_until, table.c.on_board, table.c.votes_with, table.c.made_at)
    .where(table.c.id == bindparam("id"), table.c.made_at <= bindparam("before"), table.c.organisation_id == bindparam("here"))
    .where(table.c.status == "active")
    .limit(3)
)  # fmt: skip


def turn_of(village: Village) -> World:
    """A unit of work with a caller who waits."""
    world = village.world()
    world.is_turn = True
    return world


def test_a_question_tells_what_sqlalchemy_tells(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        me = members.by_number(world, WANJIRU)
        assert me
        members.change_member(world, me.id, pin_locked_until=world.now() + dt.timedelta(hours=1))
    with village.world() as world:
        asked = {"id": me.id, "before": world.now(), "here": world.organisation.id}
        [row] = world.read.execute(EVERY_KIND._statement, asked).all()
        [found] = world.found(EVERY_KIND, id=me.id, before=world.now())

        assert found == tuple(row)
        assert found._asdict() == row._asdict()
        assert [type(value) for value in found] == [type(value) for value in row]
        assert world.found(EVERY_KIND, id=me.id, before=world.now() - dt.timedelta(days=3_000)) == []


def test_a_turn_asks_without_a_transaction_and_in_its_own_when_it_has_one(village: Village) -> None:
    village.everybody()
    with turn_of(village) as world:
        me = members.by_number(world, WANJIRU)
        assert me
        assert world._connection is None
        with village.world() as other:
            members.change_member(other, me.id, name="Wanjiru Kamau")
        world.seen.clear()
        assert members.by_number(world, WANJIRU).name == "Wanjiru Kamau"  # type: ignore[union-attr]  # what is committed meanwhile is seen

        members.change_member(world, me.id, name="Wanjiru Njeri")
        world.seen.clear()
        assert members.by_number(world, WANJIRU).name == "Wanjiru Njeri"  # type: ignore[union-attr]  # and so is what was just written
        world.rollback()
    with village.world() as world:
        assert members.by_number(world, WANJIRU).name == "Wanjiru Kamau"  # type: ignore[union-attr]


def test_a_turn_with_little_time_left_asks_under_its_own_deadline(village: Village) -> None:
    village.everybody()
    with village.site.world(village.organisation, seconds=1.5) as world:
        world.is_turn = True
        assert members.by_number(world, WANJIRU)
        assert world._connection is not None


def test_a_line_that_the_database_cut_is_made_anew(village: Village) -> None:
    village.everybody()
    with turn_of(village) as world:
        members.by_number(world, WANJIRU)
    if village.site.engine.dialect.name == "postgresql":
        with village.site.engine.connect() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            assert connection.execute(text(cut)).all()
    else:
        village.site.lines._mine.line.connection.close()
        village.site.lines._mine.line.forked = -1  # SQLite's connection does not tell that it is closed
    with turn_of(village) as world:
        assert members.by_number(world, WANJIRU)
    assert hop(village, "").startswith("CON Hi Wanjiru")


def test_a_question_that_fails_fails_as_sqlalchemy_does(village: Village) -> None:
    nowhere = Question(select(text("1 AS one")).select_from(text("no_such_table")))
    with turn_of(village) as world, pytest.raises(SQLAlchemyError) as failed:
        world.found(nowhere)
    assert "no_such_table" in str(failed.value)
    assert issubclass(type(failed.value), OperationalError) or "UndefinedTable" in str(failed.value)


def test_what_is_told_is_heard_before_the_next_question(village: Village) -> None:
    trips, heard = Trips(village.site.redis), []
    trips.tell(lambda _: [("SET", "pamoja:test", "1"), ("INCR", "pamoja:test"), ("LPUSH", "pamoja:test", "x")], heard.append)
    assert heard == []
    assert trips.ask(("GET", "pamoja:test")) == [b"2"]
    [(done, two, refused)] = heard
    assert (done, two) == (b"OK", 2)
    assert "WRONGTYPE" in str(refused)

    trips.tell(lambda _: [("INCR", "pamoja:test")], heard.append)
    trips.settle()
    assert heard[1:] == [[3]]


def test_answers_that_are_lost_are_told_to_be_lost_and_the_next_question_is_answered(village: Village) -> None:
    trips, heard = Trips(village.site.redis), []
    trips.tell(lambda _: [("SET", "pamoja:test", "1"), ("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")], heard.append)

    assert trips.ask(("GET", "pamoja:test")) == [b"1"]
    assert heard == [[]] or len(heard[0]) == 2  # the server may have answered before it hung up


def test_a_count_whose_first_hop_died_ends_all_the_same(village: Village) -> None:
    """The minute is bounded by the save of its first hop, which a process may not live to send."""
    village.everybody()
    rate = f"pamoja:rate:{village.organisation.id}:{WANJIRU}"
    village.site.redis.set(rate, HOPS_A_MINUTE)

    assert hop(village, "").startswith("END Too many dials")
    assert 0 < village.site.redis.ttl(rate) <= 60
    assert hop(village, "", "ATUid_2", OTIENO).startswith("CON Hi Otieno")
    assert 0 < village.site.redis.ttl(f"pamoja:rate:{village.organisation.id}:{OTIENO}") <= 60


def test_traces_that_nobody_carries_off_stay_bounded(village: Village) -> None:
    village.everybody()
    village.site.redis.rpush(HOPS, *["{}"] * HOPS_MOST)
    for n in range(3):
        hop(village, "", f"ATUid_{n}")

    assert village.site.redis.llen(HOPS) == HOPS_MOST


def test_the_next_hop_waits_for_a_save_that_is_on_its_way(village: Village) -> None:
    """Whoever comes before the save is done finds the lock, and waits for it."""
    calls = Calls(village.site.redis, SECRET_KEY)
    _, lock, call, left = calls.enter("at", "ATUid_1", village.organisation.id, WANJIRU)
    assert (call, left) == (None, None)
    assert village.site.redis.exists(lock.lock)
    calls.leave(lock, None, Hop(village.organisation.id, "ATUid_1", WANJIRU, 1, "-", "", "", 1, village.clock()))
    calls.settle()
    assert not village.site.redis.exists(lock.lock)
