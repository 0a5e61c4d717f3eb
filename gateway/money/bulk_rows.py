"""Where batches of payments are kept: those of a file, and runs that we have counted ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, func, select, update

from gateway.money.model import BULK_LINES
from gateway.money.tables import bulk_batches, bulk_lines
from gateway.store.many import insert_many
from gateway.store.tables import new_id, ours
from gateway.store.upsert import add_once


def add_bulk(world: Any, *, lines: Sequence[dict[str, Any]], **values: Any) -> int | None:
    """None when this very file came before."""
    id = new_id()
    if not add_once(world.write, bulk_batches, id=id, organisation_id=world.organisation.id, lines=len(lines), made_at=world.now(), **values):
        return None
    columns = ("batch_id", "organisation_id", "line", "to", "name", "account_id", "amount", "narrative", "state", "why")
    here = world.organisation.id
    insert_many(world.write, bulk_lines, columns, [(id, here, *(one[name] for name in columns[2:])) for one in lines])
    return id


def bulk(world: Any, id: int) -> Row[Any] | None:
    found: Row[Any] | None = world.read.execute(select(bulk_batches).where(bulk_batches.c.id == id, ours(world, bulk_batches))).one_or_none()
    return found


def bulk_batches_of(world: Any, most: int = 50) -> list[Row[Any]]:
    return list(world.read.execute(select(bulk_batches).where(ours(world, bulk_batches)).order_by(bulk_batches.c.id.desc()).limit(most)))


def bulk_runs_of(world: Any, mark: str, most: int = 60) -> list[Row[Any]]:
    query = select(bulk_batches).where(bulk_batches.c.file_hash.startswith(mark, autoescape=True), ours(world, bulk_batches))
    return list(world.read.execute(query.order_by(bulk_batches.c.id.desc()).limit(most)))


def move_bulk(world: Any, id: int, before: str, **values: Any) -> bool:
    """Change a batch only while it is in this state: of two who decide at once one wins."""
    query = update(bulk_batches).where(bulk_batches.c.id == id, bulk_batches.c.state == before, ours(world, bulk_batches))
    return bool(world.write.execute(query.values(**values)).rowcount)


def change_bulk(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(bulk_batches).where(bulk_batches.c.id == id, ours(world, bulk_batches)).values(**values))


def lines_of(world: Any, batch_id: int, *, state: str = "", most: int = BULK_LINES) -> list[Row[Any]]:
    query = select(bulk_lines).where(bulk_lines.c.batch_id == batch_id, ours(world, bulk_lines))
    if state:
        query = query.where(bulk_lines.c.state == state)
    return list(world.read.execute(query.order_by(bulk_lines.c.line).limit(most)))


def count_lines(world: Any, batch_id: int) -> dict[str, tuple[int, int]]:
    """State -> (lines, amount)."""
    query = select(bulk_lines.c.state, func.count().label("n"), func.sum(bulk_lines.c.amount).label("total"))
    query = query.where(bulk_lines.c.batch_id == batch_id, ours(world, bulk_lines)).group_by(bulk_lines.c.state)
    return {row.state: (row.n, int(row.total)) for row in world.read.execute(query)}


def change_line(world: Any, batch_id: int, line: int, **values: Any) -> None:
    where = and_(bulk_lines.c.batch_id == batch_id, bulk_lines.c.line == line, ours(world, bulk_lines))
    world.write.execute(update(bulk_lines).where(where).values(**values))


def end_lines(world: Any, ended: Sequence[tuple[int, str, str]]) -> None:
    """(transfer, state, why): what came of lines that were asked for."""
    for transfer_id, state, why in ended:
        where = and_(bulk_lines.c.transfer_id == transfer_id, bulk_lines.c.state == "asked", ours(world, bulk_lines))
        world.write.execute(update(bulk_lines).where(where).values(state=state, why=why[:120]))


def bulk_unfinished(world: Any) -> list[int]:
    query = select(bulk_batches.c.id).where(bulk_batches.c.state == "approved", ours(world, bulk_batches))
    return list(world.read.scalars(query))
