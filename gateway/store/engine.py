"""The database: one way to connect, for PostgreSQL and for SQLite."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from gateway.store.tables import as_text

__all__ = ["OperationalError", "connect"]

BUSY_S = 2.0  # how long SQLite waits for the one writer; a turn has four seconds
STATEMENT_MS, LOCK_MS, IDLE_MS = 2_000, 1_000, 10_000  # PostgreSQL: no statement, lock or idle transaction outlasts a turn
CACHE_KIB, CHECKPOINT_PAGES = 65_536, 32_000  # SQLite: the balances of a co-operative stay in memory; the log is folded back every 128 MB
POOL_SIZE, POOL_MORE, POOL_WAIT_S = 8, 8, 1  # connections a process keeps, may add, and how long a turn waits for one


sqlite3.register_adapter(dt.datetime, as_text)


def connect(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…` with the limits that keep a turn short.

    Parameters never stand in an error's text: one of them may be a name or a number.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_S, "check_same_thread": False})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    parsed = parsed.set(drivername="postgresql+psycopg")
    options = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_MS} -c idle_in_transaction_session_timeout={IDLE_MS} -c timezone=UTC"
    return create_engine(
        parsed, hide_parameters=True, connect_args={"options": options, "connect_timeout": 3},
        pool_size=POOL_SIZE, max_overflow=POOL_MORE, pool_timeout=POOL_WAIT_S, pool_pre_ping=True,
    )  # fmt: skip


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size=-{CACHE_KIB}", f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        f"busy_timeout={int(BUSY_S * 1000)}",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """SQLite has one writer: a transaction that will write takes its place in the queue at once."""
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
