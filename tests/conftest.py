"""What every test stands on: real servers, a site on a fresh database, a far side, a cast."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text
from werkzeug.routing import Rule

from gateway.channels.africastalking.far_side import FarSide, Server
from gateway.community.sealed import box
from gateway.members import pins
from gateway.operators import verbs as operators
from gateway.store.migrate import upgrade
from gateway.up.embedded import EmbeddedRedis
from tests.cast import Village, make_settings
from tests.servers.emptied import Emptied
from tests.servers.postgres import Postgres

hypothesis_settings.register_profile(
    "ci",
    deadline=None,
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
    database=None,
)
hypothesis_settings.register_profile("long", parent=hypothesis_settings.get_profile("ci"), max_examples=2_000, derandomize=False, phases=list(Phase))
hypothesis_settings.load_profile(os.environ.get("PAMOJA_TESTS", "ci"))

# The same hash at its cheapest, for it was a quarter of the suite: what it costs in service `test_whole.py` reads in a service that runs.
pins._hasher = operators._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
box.ROUNDS, box.MEMORY_KIB, box.LANES, box.KEY_BITS = 1, 8, 1, 2048  # `test_sealed_names.py` reads what it is in service

_builders: dict[Any, Any] = {}
_compile_builder = Rule._compile_builder


def _compile_once(rule: Rule, append_unknown: bool = True) -> Any:
    """The address that a rule builds follows from the rule: the 180 of an app are compiled once a process, not once a village."""
    key = (tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _compile_once


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis-compatible server, its own, with nothing but this session's data in it."""
    with tempfile.TemporaryDirectory(prefix="pamoja-r-") as folder:
        server = EmbeddedRedis(Path(folder))
        server.start()
        yield server.url
        server.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy from."""
    from gateway.store.engine import connect

    file = tmp_path_factory.mktemp("template") / "empty.db"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """A migrated, empty PostgreSQL database to copy from."""
    from gateway.store.engine import connect

    _run_sql(postgres, "CREATE DATABASE empty")
    engine = connect(postgres.url.rsplit("/", 1)[0] + "/empty")
    upgrade(engine)
    engine.dispose()
    return "empty"


def _run_sql(postgres: Postgres, sql: str) -> None:
    engine = create_engine(postgres.url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))
    engine.dispose()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    import sqlite3

    file = tmp_path / "pamoja.db"
    with sqlite3.connect(sqlite_template) as source, sqlite3.connect(file) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def emptied(postgres: Postgres, postgres_template: str) -> Emptied:
    return Emptied(postgres, postgres_template)


@pytest.fixture
def postgres_url(emptied: Emptied) -> str:
    return emptied.make_ready()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Every test that asks for this runs twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def far_side() -> Iterator[tuple[FarSide, str]]:
    """The fake Africa's Talking on a loopback port; it sends no reports of its own here."""
    fake = FarSide("sandbox", "atsk_test", reports=False)
    with Server(fake) as server:
        yield fake, server.url


@pytest.fixture
def village(database_url: str, redis_url: str, far_side: tuple[FarSide, str], tmp_path: Path) -> Iterator[Village]:
    """The cast on a fresh database, on both engines."""
    yield from _village(database_url, redis_url, far_side, tmp_path)


@pytest.fixture
def sqlite_village(sqlite_url: str, redis_url: str, far_side: tuple[FarSide, str], tmp_path: Path) -> Iterator[Village]:
    """The same on SQLite only, for what does not depend on the engine."""
    yield from _village(sqlite_url, redis_url, far_side, tmp_path)


@pytest.fixture
def postgres_village(postgres_url: str, redis_url: str, far_side: tuple[FarSide, str], tmp_path: Path) -> Iterator[Village]:
    """The same on PostgreSQL only, where SQLite has a longer test of its own."""
    yield from _village(postgres_url, redis_url, far_side, tmp_path)


def _village(database_url: str, redis_url: str, far_side: tuple[FarSide, str], tmp_path: Path) -> Iterator[Village]:
    fake, url = far_side
    village = Village(make_settings(tmp_path, database_url, redis_url, url), fake)
    village.site.redis.flushdb()
    yield village
    village.close()
