"""Where the kinds of an organisation's own are kept. One that has items is switched off, only an unused one is taken away."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Boolean, Column, String, Table, UniqueConstraint, delete, func, select, update

from gateway.community.items.model import OWN
from gateway.community.items.tables import items
from gateway.community.kinds.model import ASK_MOST, NAME_MOST, OwnKind
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, ours
from gateway.store.upsert import add_once

item_kinds = Table(
    "item_kinds",
    metadata,
    id_column(),
    organisation_column(),
    Column("code", String(12), nullable=False),
    Column("word", String(10), nullable=False),
    Column("name_en", String(NAME_MOST), nullable=False),
    Column("name_sw", String(NAME_MOST), nullable=False),
    Column("ask_en", String(ASK_MOST), nullable=False),
    Column("ask_sw", String(ASK_MOST), nullable=False),
    Column("on", Boolean, nullable=False),
    Column("by", String(60), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("code", "organisation_id"),
    UniqueConstraint("word", "organisation_id"),
)

_KIND = [item_kinds.c[one.name] for one in fields(OwnKind)]


def add(world: Any, **values: Any) -> bool:
    """False when another has its word."""
    return add_once(world.write, item_kinds, id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values)


def all_kinds(world: Any) -> list[OwnKind]:
    """In the order in which they were made, which is the order on the phone."""
    return [OwnKind(*row) for row in world.read.execute(select(*_KIND).where(ours(world, item_kinds)).order_by(item_kinds.c.id))]


def by_id(world: Any, id: int) -> OwnKind | None:
    row = world.read.execute(select(*_KIND).where(item_kinds.c.id == id, ours(world, item_kinds))).one_or_none()
    return OwnKind(*row) if row else None


def name_of(world: Any, kind: str) -> str:
    """What staff call a kind: ours by its own name, an organisation's as it is called there."""
    return next((one.name_en for one in all_kinds(world) if one.code == kind), kind) if kind.startswith(OWN) else kind


def by_word(world: Any, word: str) -> OwnKind | None:
    row = world.read.execute(select(*_KIND).where(item_kinds.c.word == word, item_kinds.c.on, ours(world, item_kinds))).one_or_none()
    return OwnKind(*row) if row else None


def change(world: Any, id: int, **values: Any) -> bool:
    query = update(item_kinds).where(item_kinds.c.id == id, ours(world, item_kinds))
    return bool(world.write.execute(query.values(**values)).rowcount)


def drop(world: Any, id: int) -> bool:
    return bool(world.write.execute(delete(item_kinds).where(item_kinds.c.id == id, ours(world, item_kinds))).rowcount)


def is_used(world: Any, code: str) -> bool:
    """Whether anything was ever told in it, taken back or not."""
    return world.write.execute(select(items.c.id).where(items.c.kind == code, ours(world, items)).limit(1)).first() is not None


def how_many(world: Any) -> dict[str, int]:
    """Code -> items of that kind that were not taken back."""
    codes = [one.code for one in all_kinds(world)]
    query = select(items.c.kind, func.count()).where(items.c.kind.in_(codes), items.c.state != "withdrawn", ours(world, items))
    return {row[0]: row[1] for row in world.read.execute(query.group_by(items.c.kind))}
