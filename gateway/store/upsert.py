"""Inserts that two may do at once: the second finds the first's row instead of an error. The same on both engines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def add_once(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert unless a row with one of its keys is there. Whether it was new."""
    return bool(connection.execute(_insert(connection, table).values(**values).on_conflict_do_nothing()).rowcount)


def count_up(connection: Connection, table: Table, column: str, keys: dict[str, Any], **also: Any) -> int:
    """Add one to a counter, beginning at one, and say where it stands. `also` is set each time."""
    insert = _insert(connection, table).values(**keys, **{column: 1}, **also)
    query = insert.on_conflict_do_update(index_elements=list(keys), set_={column: table.c[column] + 1, **also}).returning(table.c[column])
    count: int = connection.execute(query).scalar_one()
    return count
