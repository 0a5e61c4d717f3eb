"""Inserts that two may do at once: the second finds the first's row instead of an error. The same on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, case
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def add_once(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert unless a row with one of its keys is there. Whether it was new."""
    query = _insert(connection, table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(query).first() is not None


def count_up(connection: Connection, table: Table, column: str, keys: dict[str, Any], **also: Any) -> int:
    """Add one to a counter, beginning at one, and say where it stands. `also` is set each time."""
    insert = _insert(connection, table).values(**keys, **{column: 1}, **also)
    query = insert.on_conflict_do_update(index_elements=list(keys), set_={column: table.c[column] + 1, **also}).returning(table.c[column])
    count: int = connection.execute(query).scalar_one()
    return count


def add_up(connection: Connection, table: Table, keys: Sequence[str], counters: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Add to counters, beginning at nothing; none of them falls below zero. Each row holds its keys and what to add."""
    if not rows:
        return
    first = {name: bindparam(f"first_{name}", type_=table.c[name].type) for name in counters}
    by = {name: bindparam(f"by_{name}", type_=table.c[name].type) for name in counters}
    insert = _insert(connection, table).values({**{name: bindparam(name) for name in keys}, **first})
    change = {name: case((table.c[name] + by[name] < 0, 0), else_=table.c[name] + by[name]) for name in counters}
    given = [
        {**{name: row[name] for name in keys}, **{f"first_{name}": max(row[name], 0) for name in counters}, **{f"by_{name}": row[name] for name in counters}}
        for row in rows
    ]
    connection.execute(insert.on_conflict_do_update(index_elements=list(keys), set_=change), given)
