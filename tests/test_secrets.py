"""The canary: one PIN goes through every flow, and then is looked for everywhere."""

from __future__ import annotations

import contextlib
import io
import json
import pickle
import subprocess
from pathlib import Path

import pytest
import redis
from prometheus_client import REGISTRY, generate_latest
from sqlalchemy import create_engine, inspect, text

from gateway.members import payments, pins
from gateway.observe import set_up_logs
from gateway.phrasebook import PHRASEBOOK
from gateway.up.embedded import EmbeddedRedis
from menus.answers import Secret, Unclear
from menus.phrasebook import Verb
from tests.cast import OTIENO, SHORTCODE, TOKEN, WANJIRU, Village
from tests.looks import where, without_ids

CANARY, OLD = "7391", "4715"
PAY = ["2", "1", "0722000002", "100"]
MONEY = (  # every other way to a PIN; the first PIN is wrong
    ["2", "2", "1001", "10", "1113", CANARY], ["2", "5", "5501", "10", CANARY], ["2", "3", "1", "10", CANARY], ["2", "3", "2", "0722000002", "10", CANARY],
    ["2", "4", "5", "0722000002", "10", CANARY], ["2", "7", "1", "0722000002", "10", "1", CANARY], ["2", "6", "1", "1"],
)  # fmt: skip


def through_every_flow(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that ever asks for a PIN, and everything that never should be told one."""
    village.everybody()
    village.places(WANJIRU)
    phone, shy = village.phone(WANJIRU), village.phone("+254755000005")
    for key in (shy.dials(), *["2", "1", "Baraka", CANARY, CANARY]):
        shy.types(key) if shy.open and key != shy.screen else None
    phone.dials("*384*20417*6*5*1#")
    for key in (CANARY, OLD, CANARY, CANARY):  # a wrong old PIN, then a new one
        phone.types(key)
    for last in (CANARY, "1113"):
        phone.dials()
        for key in [*PAY, last]:
            phone.types(key)
        phone.again()
        phone.hangs_up()
    phone.dials(f"*384*20417*2*1*0722000002*100*{CANARY}#")  # dialled with the code
    phone.types(f"{CANARY}1")
    phone.types(f" {CANARY}")
    phone.dials()
    phone.types(CANARY)  # typed where no PIN was asked for
    phone.types("5")
    phone.types("3")
    phone.types(f"my secret is {CANARY} ok")
    phone.hangs_up()
    for words in (
        CANARY,
        f"PIN {CANARY}",
        f"BAL {CANARY}",
        f"IDEA my pin {CANARY} is good",
        f"WRONG {CANARY}",
        f"what is {CANARY}",
        f"SEND 100 0722000002 {CANARY}",
        f"my pin is {' '.join(CANARY)}",
        "SEND 100 0722000002",
    ):
        phone.texts(words, SHORTCODE)
    phone.dials("*384*20417*9#")
    phone.types("1")
    phone.types(CANARY)
    for path in MONEY:
        phone.dials()
        if "1 Carry on" in phone.screen:
            phone.types("2")
        for key in path:
            phone.types(key)
        assert not phone.open, path

    def broken(world: object, caller: str, to: str, amount: int, pin: Secret, quoted_fee: int, key: str) -> payments.Sent:
        raise RuntimeError(f"boom {pin.reveal()}")

    with monkeypatch.context() as patch:
        patch.setitem(PHRASEBOOK.verbs, "send_money", Verb(broken, moves_money=True))  # type: ignore[arg-type]
        phone.dials()
        for key in [*PAY, CANARY]:
            phone.types(key)
    village.workers_run()


def every_row(url: str) -> str:
    """All that the database holds, as text."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        held = {table: connection.execute(text(f"SELECT * FROM {table}")).fetchall() for table in tables}
    engine.dispose()
    return repr(held)


def test_a_pin_is_nowhere_when_all_is_done(village: Village, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        set_up_logs("test", "debug")
        through_every_flow(village, monkeypatch)

    places = {
        "the database": every_row(village.settings.database_url),
        "Redis": repr([dump_of(village, key) for key in village.site.redis.scan_iter("*")]),
        "the logs": said.getvalue(),
        "the metrics": generate_latest(REGISTRY).decode(),
        "what went to the provider": repr([one["body"] for one in village.far_side.requests]),
    }
    for place, held in places.items():
        assert not (leak := where(CANARY, held)), f"{place}: …{leak}…"
        assert TOKEN not in held, f"{place} holds the webhook's token"
    assert "turn_failed" in places["the logs"]
    assert village.balance(OTIENO) > 0


def dump_of(village: Village, key: bytes) -> object:
    client = village.site.redis
    match client.type(key):
        case b"string":
            return key, client.get(key)
        case b"list":
            return key, client.lrange(key, 0, -1)
        case b"hash":
            return key, client.hgetall(key)
        case b"set":
            return key, client.smembers(key)
        case b"zset":
            return key, client.zrange(key, 0, -1)
    return key


def test_a_pin_is_not_in_what_redis_writes_to_disk(sqlite_village: Village, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The append-only file is a log of every command, the forgotten ones too."""
    server = EmbeddedRedis(tmp_path / "r", fsync="always")
    server.start()
    try:
        sqlite_village.site.redis.connection_pool = redis.ConnectionPool.from_url(server.url)
        through_every_flow(sqlite_village, monkeypatch)
        written = b"".join(file.read_bytes() for file in (tmp_path / "r").rglob("*.aof"))
    finally:
        server.stop()

    assert b"home.welcome" in written
    assert not where(CANARY, written.decode("utf-8", "replace"))


def test_a_pin_is_not_in_a_dump_of_postgresql(postgres, postgres_url: str, redis_url: str, far_side, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.conftest import _village

    for village in _village(postgres_url, redis_url, far_side, tmp_path):
        through_every_flow(village, monkeypatch)
        dump = subprocess.run([str(postgres.bin / "pg_dump"), "--inserts", postgres_url], capture_output=True, text=True, check=False)

    assert dump.returncode == 0, dump.stderr
    held = without_ids(dump.stdout)
    assert "Baraka" in held
    values = [part for line in held.splitlines() for part in line.split("'")]
    assert not [part for part in values if where(CANARY, part) and not part.startswith("2026-")]


def test_a_secret_prints_as_dots_and_cannot_be_stored() -> None:
    secret = Secret(CANARY)

    assert CANARY not in f"{secret} {secret!r} {[secret]} {Unclear('why', pin=str(secret)).words}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps({"pin": secret})


def test_a_hash_is_worth_nothing_without_the_pepper() -> None:
    one, other = {"p1": b"one" * 16}, {"p1": b"two" * 16}
    with pins.place():
        kept = pins.hashed(Secret(CANARY), "org", one)

        assert pins.fits(Secret(CANARY), "org", kept, one)
        assert not pins.fits(Secret(CANARY), "org", kept, other)
        assert not pins.fits(Secret(CANARY), "another", kept, one)
        with pytest.raises(KeyError):
            pins.fits(Secret(CANARY), "org", kept, {"p2": b"new" * 16})


def test_peppers_are_changed_without_locking_anybody_out() -> None:
    both = {"p2": b"new" * 16, "p1": b"one" * 16}
    with pins.place():
        old = pins.hashed(Secret(CANARY), "org", {"p1": b"one" * 16})

        assert pins.fits(Secret(CANARY), "org", old, both)
        assert pins.hashed(Secret(CANARY), "org", both).startswith("p2$")


@pytest.mark.parametrize("pin", ["1234", "4321", "9876", "0000", "7777", "1984", "2030", "1212", "2580", "0123", "8901", "0001", "2500"])
def test_a_pin_that_a_thief_tries_first_is_refused(pin: str) -> None:
    assert pins.weak(Secret(pin), "+254711000001")


@pytest.mark.parametrize("pin", ["4715", "5839", "9361", "7391", "8265"])
def test_other_pins_are_taken(pin: str) -> None:
    assert not pins.weak(Secret(pin), "+254711000001")


@pytest.mark.parametrize(("tries", "seconds"), [(1, 0), (2, 0), (3, 1800), (4, 0), (6, 86_400), (9, None), (12, None)])
def test_locks_grow_longer(tries: int, seconds: int | None) -> None:
    assert pins.lock_seconds(tries) == seconds
