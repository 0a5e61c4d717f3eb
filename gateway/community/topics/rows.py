"""Where an organisation's own topics are kept, and which of the usual ones it has switched off."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Boolean, Column, String, Table, func, select, update

from gateway.community.items.tables import items
from gateway.community.topics.model import NAME_MOST, Kept
from gateway.store.tables import UtcTime, metadata, organisation_column, ours
from gateway.store.upsert import add_once

topics = Table(
    "topics",
    metadata,
    Column("code", String(12), primary_key=True),
    organisation_column(),
    Column("name_en", String(NAME_MOST), nullable=False),
    Column("name_sw", String(NAME_MOST), nullable=False),
    Column("on", Boolean, nullable=False),
    Column("by", String(60), nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

_KEPT = [topics.c[one.name] for one in fields(Kept)]


def kept(world: Any) -> dict[str, Kept]:
    return {row.code: Kept(*row) for row in world.read.execute(select(*_KEPT).where(ours(world, topics)).order_by(topics.c.code))}


def add(world: Any, **values: Any) -> bool:
    """False when this code is taken."""
    return add_once(world.write, topics, organisation_id=world.organisation.id, made_at=world.now(), **values)


def used(world: Any) -> dict[str, dict[str, int]]:
    """Code -> kind -> questions and tips about it that were not taken back."""
    here = items.c.kind.in_(("question", "tip")) & (items.c.state != "withdrawn") & ours(world, items)
    found: dict[str, dict[str, int]] = {}
    for row in world.read.execute(select(items.c.topic, items.c.kind, func.count()).where(here).group_by(items.c.topic, items.c.kind)):
        found.setdefault(row[0], {})[row[1]] = row[2]
    return found


def change(world: Any, code: str, **values: Any) -> None:
    world.write.execute(update(topics).where(topics.c.code == code, ours(world, topics)).values(**values))
    world.seen.clear()
