"""What all tables share: one metadata, ids in time order, moments in UTC."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnClause, DateTime, Dialect, ForeignKey, ForeignKeyConstraint, MetaData, literal_column, text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

EPOCH_MS = 1_700_000_000_000  # ids count milliseconds from here, 41 bits of them: until 2093
NODE_BITS, COUNT_BITS = 10, 12


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment in UTC, to the microsecond, on both engines. Refuses a time without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        assert value.tzinfo, "a moment has a time zone"
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def bind_processor(self, dialect: Dialect) -> Callable[[dt.datetime | None], Any] | None:
        """SQLite is given a text, written in one step."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value.astimezone(dt.UTC) if value else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], dt.datetime | None] | None:
        """SQLite brings a text; it is read in one step, for a batch reads thousands."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _from_text(value: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(f"{value}+00:00") if value else None


def _to_text(value: dt.datetime | None) -> str | None:
    return as_text(value) if value else None


@lru_cache(maxsize=1024)  # a batch writes each of its moments three times
def as_text(value: dt.datetime) -> str:
    """A moment as SQLite keeps it: in UTC, to the microsecond."""
    assert value.tzinfo, "a moment has a time zone"
    utc = value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
    return utc.isoformat(" ", "microseconds")[:26]


class Ids:
    """Ids that fit 63 bits and rise with time: milliseconds, a node drawn at start, a counter.

    They never step back, even when the wall clock does.
    """

    def __init__(self) -> None:
        self._node = secrets.randbelow(1 << NODE_BITS)
        self._lock = threading.Lock()
        self._last: int = 0

    def next(self) -> int:
        with self._lock:
            now = int(time.time() * 1000 - EPOCH_MS) << COUNT_BITS
            if now > self._last:  # a new millisecond begins at a drawn count: two that drew one node still seldom meet
                self._last = now + secrets.randbelow(1 << (COUNT_BITS - 1))
            else:
                self._last += 1
            high, low = divmod(self._last, (1 << COUNT_BITS))
            return (high << (NODE_BITS + COUNT_BITS)) | (self._node << COUNT_BITS) | low


_ids = Ids()


def new_id() -> int:
    return _ids.next()


def id_column() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def only(condition: str) -> dict[str, Any]:
    """The rows that a partial index holds, for both engines."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


def fixed(word: str) -> ColumnClause[str]:
    """A word of ours that stands in the statement itself, for questions that are asked again and again.

    As a parameter it could be any word: SQLite then plans the statement anew at every call, to see whether an index that holds only some
    rows will do, and PostgreSQL's general plan does without that index.
    """
    assert word.replace("-", "").replace("_", "").isalnum(), "a word of ours"
    return literal_column(f"'{word}'")


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """A reference to a row of the same organisation."""
    return ForeignKeyConstraint([column, "organisation_id"], [f"{table}.id", f"{table}.organisation_id"])


def organisation_column(*, checked: bool = True) -> Column[int]:
    """In every key: so every table can one day be spread over machines by organisation.

    `checked` False leaves out the key to the organisation itself, where a key to one of its accounts, or a guard, says as
    much: a look at the one row that everybody shares would cost more than the rest of the insert.
    """
    shared = [ForeignKey("organisations.id")] if checked else []
    return Column("organisation_id", BigInteger, *shared, primary_key=True, nullable=False, autoincrement=False)


def ours(world: Any, table: Any) -> Any:
    """Only what is of the organisation that this unit of work is for."""
    return table.c.organisation_id == world.organisation.id
