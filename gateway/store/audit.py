"""The audit trail: what operators did and looked at. Append-only, each row sealed onto the one before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import BigInteger, Column, Row, String, Table, Text, UniqueConstraint, insert, select, text

from gateway.store.tables import UtcTime, id_column, metadata, organisation_column

audit = Table(
    "audit",
    metadata,
    id_column(),
    organisation_column(),
    Column("seq", BigInteger, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", String(80), nullable=False),
    Column("details", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("seal", String(64), nullable=False),
    UniqueConstraint("seq", "organisation_id"),
)


def note(world: Any, actor: str, action: str, object: str, **details: Any) -> None:
    """Write down who did what to what. `details` are plain values, never a secret."""
    if world.write.dialect.name == "postgresql":  # one writer of this chain at a time, and no check of a foreign key waits for it; SQLite has one anyway
        world.write.execute(text("SELECT id FROM organisations WHERE id = :id FOR NO KEY UPDATE"), {"id": world.organisation.id})
    last = world.write.execute(
        select(audit.c.seq, audit.c.seal).where(audit.c.organisation_id == world.organisation.id).order_by(audit.c.seq.desc()).limit(1)
    ).one_or_none()
    seq, before = (last.seq + 1, last.seal) if last else (1, "")
    now, written = world.now(), json.dumps(details, sort_keys=True, default=str)
    seal = _seal(before, seq, actor, action, object, written, now.isoformat())
    world.write.execute(
        insert(audit).values(
            id=world.new_id(), organisation_id=world.organisation.id, seq=seq, actor=actor, action=action, object=object, details=written, at=now, seal=seal
        )
    )


def broken(world: Any) -> Row[Any] | None:
    """The first row whose seal does not fit, or None."""
    before = ""
    for row in world.read.execute(select(audit).where(audit.c.organisation_id == world.organisation.id).order_by(audit.c.seq)):
        if row.seal != (before := _seal(before, row.seq, row.actor, row.action, row.object, row.details, row.at.isoformat())):
            broken_row: Row[Any] = row
            return broken_row
    return None


def about(world: Any, object: str) -> list[Row[Any]]:
    query = select(audit).where(audit.c.object == object, audit.c.organisation_id == world.organisation.id).order_by(audit.c.seq)
    return list(world.read.execute(query))


def _seal(before: str, *parts: object) -> str:
    return hashlib.sha256("\x1f".join([before, *map(str, parts)]).encode()).hexdigest()
