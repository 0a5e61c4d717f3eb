"""Where it is kept who decides what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, UniqueConstraint, delete, func, select, update

from gateway.community.decisions.model import DECISIONS_MOST, NAME_MOST, Decision
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, ours
from gateway.store.upsert import add_once

decisions = Table(
    "decisions",
    metadata,
    id_column(),
    organisation_column(),
    Column("name", String(NAME_MOST), nullable=False),
    Column("who", String(7), nullable=False),
    Column("days", Integer, nullable=False),
    Column("by", String(60), nullable=False),
    Column("since", UtcTime, nullable=False),
    UniqueConstraint("name", "organisation_id"),
    CheckConstraint("who IN ('members','staff','both')", name="who"),
    CheckConstraint("days > 0", name="days"),
)

_DECISION = [decisions.c[name] for name in ("id", "name", "who", "days", "since")]


def here(world: Any) -> list[Decision]:
    query = select(*_DECISION).where(ours(world, decisions)).order_by(decisions.c.name).limit(DECISIONS_MOST)
    return [Decision(*row) for row in world.read.execute(query)]


def one(world: Any, id: int) -> Decision | None:
    row = world.read.execute(select(*_DECISION).where(decisions.c.id == id, ours(world, decisions))).one_or_none()
    return Decision(*row) if row else None


def count(world: Any) -> int:
    return int(world.write.scalar(select(func.count()).where(ours(world, decisions))) or 0)


def put(world: Any, name: str, who: str, days: int, by: str) -> bool:
    """Write it down, or write it anew; whether it is new."""
    values = {"who": who, "days": days, "by": by[:60], "since": world.now()}
    new = add_once(world.write, decisions, id=new_id(), organisation_id=world.organisation.id, name=name, **values)
    if not new:
        world.write.execute(update(decisions).where(decisions.c.name == name, ours(world, decisions)).values(**values))
    return new


def drop(world: Any, id: int) -> bool:
    return bool(world.write.execute(delete(decisions).where(decisions.c.id == id, ours(world, decisions))).rowcount)
