"""Turns in which something fails: code, Redis, the database, time. The caller hears a true sentence, and money moves once or not at all."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from gateway.calls import Calls
from gateway.members import payments
from gateway.members import rows as members
from gateway.phrasebook import PHRASEBOOK
from gateway.records import rows as records
from gateway.site import REDIS_TIMEOUT_S, _redis
from gateway.store.trips import TRIES, Trips
from gateway.world import World
from menus.phrasebook import Verb
from tests.cast import OTIENO, SECRET_KEY, WANJIRU, Village
from tests.hops import PAY, hop, transfers, up_to_the_pin
from workers.nightly import carry_hops


def test_an_exception_in_mid_hop_ends_with_a_true_sentence(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    up_to_the_pin(village)

    def broken(world: object, caller: str, to: str, amount: int, pin: object, quoted_fee: int, key: str) -> payments.Sent:
        raise RuntimeError(f"boom {pin} {pin.reveal()}")  # type: ignore[attr-defined]

    monkeypatch.setitem(PHRASEBOOK.verbs, "send_money", Verb(broken, moves_money=True))  # type: ignore[arg-type]

    assert hop(village, PAY + "*4715").startswith("END Something broke on our side. If you were sending money, wait for the SMS.")
    assert transfers(village) == 0
    while carry_hops(village.site):
        pass
    with village.world() as world:
        (failed,) = [one for one in records.hops_of(world, "ATUid_1") if one.note == "failed"]
        assert (failed.label, failed.typed) == ("-", "")  # where the member's trace is read


def test_redis_away_ends_politely_and_soon(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    away = _redis("redis://127.0.0.1:9/0", 1.0)
    monkeypatch.setattr(village.app.extensions["pamoja"]["conversation"], "calls", Calls(away, SECRET_KEY))

    assert hop(village, "").startswith("END We cannot answer now.")
    assert TRIES * REDIS_TIMEOUT_S < 3  # and all tries together leave time for an answer


def test_a_late_worker_cannot_save_over_a_newer_turn(village: Village) -> None:
    """The fence: a turn that lost its lock, because it slept too long, saves nothing."""
    village.everybody()
    hop(village, "")
    talk = village.app.extensions["pamoja"]["conversation"]
    began, go_on, hear = threading.Event(), threading.Event(), talk.engine.__class__.hear

    def slow(engine: object, session: object, typed: str, world: object, **more: object) -> object:
        if typed == "1" and not began.is_set():
            began.set()
            go_on.wait(5)
        return hear(engine, session, typed, world, **more)

    talk.engine.__class__.hear = slow
    try:
        with ThreadPoolExecutor(1) as sleeper:
            late = sleeper.submit(hop, village, "1")
            began.wait(5)
            for key in village.site.redis.scan_iter("pamoja:lock:*"):
                village.site.redis.delete(key)  # its time is over
            assert hop(village, "2").startswith("CON Send or pay")
            go_on.set()
            late.result()
    finally:
        talk.engine.__class__.hear = hear

    assert hop(village, "2*1").startswith("CON Send to who?")


def test_redis_that_dies_after_the_money_moved_does_not_say_dial_again(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    up_to_the_pin(village)
    talk = village.app.extensions["pamoja"]["conversation"]
    away = _redis("redis://127.0.0.1:9/0", 1.0)
    monkeypatch.setattr(talk.calls, "leave", Calls(away, SECRET_KEY).leave)

    assert hop(village, PAY + "*4715").startswith("END Sent KES 200 to Otieno")


def test_a_right_pin_is_right_whatever_becomes_of_the_payment(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the database is busy")

    monkeypatch.setattr("gateway.intake.ledger.reserve_many", broken)
    for number in range(4):
        up_to_the_pin(village, f"ATUid_{number}")
        assert hop(village, PAY + "*4715", f"ATUid_{number}").startswith("END Something broke on our side.")
    monkeypatch.undo()

    up_to_the_pin(village, "ATUid_last")
    assert hop(village, PAY + "*4715", "ATUid_last").startswith("END Sent KES 200")


def test_a_pool_that_is_replaced_takes_its_lines_along(redis_url: str) -> None:
    """Also when the new one stands where the old one stood."""
    client = redis.Redis.from_url(redis_url)
    trips = Trips(client)
    for database in (1, 2) * 10:
        client.connection_pool = redis.ConnectionPool.from_url(redis_url)  # one that no trip is made with
        client.connection_pool = redis.ConnectionPool.from_url(f"{redis_url.split('?', maxsplit=1)[0]}?db={database}")
        trips.ask(("SET", "whose", database))

        assert trips.ask(("GET", "whose"))[0] == client.get("whose")


def test_a_turn_ends_at_its_deadline_with_a_true_sentence(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    slow = members.by_number

    def crawl(world, number):
        world.deadline -= 1.5  # as if it had taken so long
        return slow(world, number)

    monkeypatch.setattr(members, "by_number", crawl)
    phone = village.phone(WANJIRU)
    assert phone.dials().startswith("This took too long.")
    assert not phone.open
    monkeypatch.undo()
    assert "Hi Wanjiru." in phone.dials()


def test_what_was_asked_for_in_time_is_done_though_the_turn_ran_out(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    for answer in ("2", "1", "0722000002", "100"):
        phone.types(answer)
    before, ask = village.balance(OTIENO), World.ask

    def late(world, wish):
        outcome = ask(world, wish)
        world.deadline = 0.0
        return outcome

    monkeypatch.setattr(World, "ask", late)
    said = phone.types("4715")
    monkeypatch.undo()
    village.workers_run()
    assert village.balance(OTIENO) == before + 10_000
    assert "wait for the SMS" in said or "Sent KES 100" in said or "We are sending" in said
    assert any("KES 100" in words for words in village.sms(WANJIRU))
