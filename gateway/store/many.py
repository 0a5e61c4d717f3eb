"""Many rows in one statement, on both engines: PostgreSQL takes them as a COPY or as arrays, SQLite one by one in C."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, Connection, Integer, String, Table, any_, bindparam, cast, exc, func, insert, literal_column, select

from gateway.store.tables import UtcTime

COPY_FROM = 2  # rows from which a COPY is quicker than one INSERT each: measured with eight callers, 1,500 transfers a second instead of 1,260
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert_many(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that hold their values in the order of `columns`."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert_lite(table, tuple(columns)), list(rows))
    elif len(rows) >= COPY_FROM:
        lines = "".join(["\t".join([_TEXT[type(value)](value) for value in row]) + "\n" for row in rows])
        _send(connection, _copy(table, tuple(columns)), lines)
    else:
        connection.execute(_insert(table, tuple(columns)), [dict(zip(columns, row, strict=True)) for row in rows])


def _send(connection: Connection, statement: str, lines: str) -> None:
    """A COPY goes past SQLAlchemy to the driver; its errors are to look like those of every other statement."""
    driver: Any = connection.connection.dbapi_connection
    errors: Any = connection.dialect.dbapi
    try:
        with driver.cursor().copy(statement) as copy:
            copy.write(lines)
    except errors.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise exc.DBAPIError.instance(statement, None, error, errors.Error, dialect=connection.dialect) from error


def change_many(connection: Connection, table: Table, organisation_id: int, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set columns of rows of one organisation; each row is its id and then the new values."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        given = [(*row[1:], row[0], organisation_id) for row in rows]
        connection.exec_driver_sql(_update_lite(table, tuple(columns)), given)
    else:
        arrays = [array(values) for values in zip(*rows, strict=True)]
        connection.exec_driver_sql(_unnest(table, tuple(columns)), (*arrays, organisation_id))


def delete_many(connection: Connection, table: Table, organisation_id: int, ids: Iterable[int]) -> None:
    """Take away rows of one organisation by their ids."""
    ids = list(ids)
    if not ids:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE id = ? AND organisation_id = ?", [(id, organisation_id) for id in ids])  # noqa: S608
    else:
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE id = ANY(%s::bigint[]) AND organisation_id = %s", (array(ids), organisation_id))  # noqa: S608


def among(column: Any, dialect: str, kind: type[BigInteger] | type[String] = BigInteger) -> Any:
    """A condition: the column is one of the parameter `ids`, which is written with `listed`. One parameter, however many they are."""
    ids = bindparam("ids", type_=String)
    if dialect == "postgresql":
        return column == any_(cast(ids, ARRAY(kind)))
    return column.in_(select(literal_column("value")).select_from(func.json_each(ids)))


def listed(ids: Iterable[int] | Iterable[str], dialect: str) -> str:
    """Numbers, or texts of letters and digits only."""
    return "{" + ",".join(map(str, ids)) + "}" if dialect == "postgresql" else json.dumps(list(ids))


def array(values: Iterable[Any]) -> str:
    """A PostgreSQL array as a text: the driver's own way takes fifty times as long."""
    return "{" + ",".join([_ARRAY[type(value)](value) for value in values]) + "}"


def _moment(value: dt.datetime) -> str:
    assert value.tzinfo, "a moment has a time zone"
    return value.isoformat()


class _Texts(dict[type, Callable[[Any], str]]):
    """A kind of text (a reference, a name) is written as the text it is."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        assert issubclass(kind, str), f"{kind} has no text form"
        return self[str]


# One value in the text form of COPY, by its type.
_TEXT = _Texts({
    int: str,
    float: repr,
    str: lambda value: value.translate(_ESCAPED),
    bool: lambda value: "t" if value else "f",
    dt.datetime: _moment,
    type(None): lambda _: r"\N",
})  # fmt: skip


_ARRAY = _Texts({
    int: str,
    str: lambda value: '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"',
    bool: lambda value: "t" if value else "f",
    dt.datetime: lambda value: f'"{_moment(value)}"',
    type(None): lambda _: "NULL",
})  # fmt: skip


@lru_cache(maxsize=64)
def _copy(table: Table, columns: tuple[str, ...]) -> str:
    return f"COPY {table.name} ({', '.join(map(_named, columns))}) FROM STDIN"


@lru_cache(maxsize=64)
def _insert(table: Table, columns: tuple[str, ...]) -> Any:
    return insert(table).values({name: bindparam(name) for name in columns})


@lru_cache(maxsize=64)
def _insert_lite(table: Table, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table.name} ({', '.join(map(_named, columns))}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


@lru_cache(maxsize=64)
def _update_lite(table: Table, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f"{_named(name)} = ?" for name in columns)
    return f"UPDATE {table.name} SET {changes} WHERE id = ? AND organisation_id = ?"  # noqa: S608


@lru_cache(maxsize=64)
def _unnest(table: Table, columns: tuple[str, ...]) -> str:
    """The names in it are our own tables and columns; the values travel as arrays beside it."""
    arrays = ", ".join(["%s::bigint[]", *(f"%s::{_sql_type(table, name)}[]" for name in columns)])
    changes = ", ".join(f"{name} = given.{name}" for name in columns)
    return (
        f"UPDATE {table.name} AS kept SET {changes} FROM unnest({arrays}) AS given(id, {', '.join(columns)}) "  # noqa: S608
        "WHERE kept.id = given.id AND kept.organisation_id = %s"
    )


def _named(column: str) -> str:
    """A column's name as SQL takes it, for some of ours are words of SQL."""
    return f'"{column}"'


def _sql_type(table: Table, name: str) -> str:
    kind = table.c[name].type
    if isinstance(kind, UtcTime):
        return "timestamptz"
    return "bigint" if isinstance(kind, BigInteger) else "integer" if isinstance(kind, Integer) else "boolean" if isinstance(kind, Boolean) else "text"
