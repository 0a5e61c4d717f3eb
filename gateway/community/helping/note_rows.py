"""What somebody who knows says of a tip without owning it, and whether only the staff take new words for it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, String, Table, false, select, update

from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

notes = Table(
    "tip_notes",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("note", String(80), nullable=False, server_default=""),
    Column("by", String(60), nullable=False),
    Column("protected", Boolean, nullable=False, server_default=false()),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
)


class TipNote(NamedTuple):
    note: str = ""
    by: str = ""
    protected: bool = False


def of(world: Any, item_id: int) -> TipNote:
    query = select(notes.c.note, notes.c.by, notes.c.protected).where(notes.c.item_id == item_id, ours(world, notes))
    row = world.read.execute(query).one_or_none()
    return TipNote(*row) if row else TipNote()


def put(world: Any, item_id: int, **values: Any) -> None:
    """Change what is given, and keep the rest."""
    values = {**values, "at": world.now()}
    if not add_once(world.write, notes, item_id=item_id, organisation_id=world.organisation.id, **{"by": "", **values}):
        world.write.execute(update(notes).where(notes.c.item_id == item_id, ours(world, notes)).values(**values))
