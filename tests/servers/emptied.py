"""A database that is emptied between tests: a copy of the template for each of them takes longer than most tests do."""

from __future__ import annotations

import itertools
import os

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, Engine

from tests.servers.postgres import Postgres

OF_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# What a test may have made or taken away in it; then it is not used again.
SHAPE = """
SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'),
       (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_constraint), (SELECT version_num FROM alembic_version)
"""
KEPT = "alembic_version"

_count = itertools.count()


class Emptied:
    """One database of this process on a server, made of a template. `url` is for whoever runs a test next."""

    def __init__(self, server: Postgres, template: str) -> None:
        self._server, self._template = server, template
        self._name, self._shape, self._empty = "", None, ""

    @property
    def url(self) -> str:
        return f"{self._server.url.rsplit('/', 1)[0]}/{self._name}"

    def make_ready(self) -> str:
        """Nothing in it, and nobody on it who was left behind."""
        if not self._name:
            self._make()
        with self._on(self._name) as here:
            here.execute(text(OF_OTHERS))
            if here.execute(text(SHAPE)).one() == self._shape:
                here.exec_driver_sql(self._empty)
                return self.url
        self._run(f"DROP DATABASE {self._name} WITH (FORCE)")
        self._make()
        return self.url

    def _make(self) -> None:
        self._name = f"test_{os.getpid()}_{next(_count)}"
        self._run(f"CREATE DATABASE {self._name} TEMPLATE {self._template}")
        with self._on(self._name) as here:
            self._shape = here.execute(text(SHAPE)).one()
            tables = [name for name in here.scalars(text("SELECT relname FROM pg_stat_user_tables ORDER BY relname")) if name != KEPT]
            self._empty = ";".join(["SET session_replication_role = replica", *(f'DELETE FROM "{name}"' for name in tables)])

    def _run(self, sql: str) -> None:
        with self._on("postgres") as there:
            there.execute(text(sql))

    def _on(self, name: str) -> _Line:
        return _Line(
            create_engine(f"{self._server.url.rsplit('/', 1)[0]}/{name}".replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
        )


class _Line:
    """A connection that leaves nothing open behind it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Connection:
        self._connection = self._engine.connect()
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._engine.dispose()
