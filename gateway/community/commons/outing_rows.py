"""Where rides and work days of a group are kept, and who comes along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, delete, func, select, update

from gateway.community.commons.model import Outing
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, ours, refers
from gateway.store.upsert import add_once

outings = Table(
    "outings",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("kind", String(4), nullable=False),
    Column("title", String(20), nullable=False),
    Column("day", String(10), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("state", String(4), nullable=False, server_default="open"),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("kind IN ('ride','work')", name="kind"),
    CheckConstraint("state IN ('open','off')", name="state"),
    CheckConstraint("seats > 0", name="seats"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_outings_group", "group_id", "day"),
)

places = Table(
    "outing_places",
    metadata,
    Column("outing_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    refers("outing_id", "outings"),
    refers("member_id", "members"),
)

_OUTING = [outings.c[name] for name in ("id", "group_id", "member_id", "kind", "title", "day", "seats", "state")]


def add(world: Any, **values: Any) -> None:
    """Once for its key."""
    add_once(world.write, outings, id=new_id(), organisation_id=world.organisation.id, state="open", made_at=world.now(), **values)


def outing(world: Any, id: int) -> Outing | None:
    row = world.read.execute(select(*_OUTING).where(outings.c.id == id, ours(world, outings))).one_or_none()
    return Outing(*row) if row else None


def coming(world: Any, group_id: int, today: str) -> list[Outing]:
    """Those from today on, the next first."""
    query = select(*_OUTING).where(outings.c.group_id == group_id, outings.c.day >= today, outings.c.state == "open", ours(world, outings))
    return [Outing(*row) for row in world.read.execute(query.order_by(outings.c.day, outings.c.id))]


def taken(world: Any, outing_id: int) -> list[int]:
    """Who comes along, the first first."""
    query = select(places.c.member_id).where(places.c.outing_id == outing_id, ours(world, places)).order_by(places.c.at, places.c.member_id)
    return list(world.read.scalars(query))


def counts(world: Any, ids: list[int]) -> dict[int, int]:
    """Outing -> how many come."""
    query = select(places.c.outing_id, func.count().label("heads")).where(places.c.outing_id.in_(ids), ours(world, places))
    return {row.outing_id: row.heads for row in world.read.execute(query.group_by(places.c.outing_id))}


def take_place(world: Any, outing_id: int, member_id: int) -> bool:
    return add_once(world.write, places, outing_id=outing_id, member_id=member_id, organisation_id=world.organisation.id, at=world.now())


def pass_place(world: Any, outing_id: int, from_id: int, to_id: int) -> bool:
    """From one to another who has none; once."""
    if not take_place(world, outing_id, to_id):
        return False
    if give_place_back(world, outing_id, from_id):
        return True
    world.write.execute(delete(places).where(places.c.outing_id == outing_id, places.c.member_id == to_id, ours(world, places)))
    return False


def give_place_back(world: Any, outing_id: int, member_id: int) -> bool:
    mine = (places.c.outing_id == outing_id) & (places.c.member_id == member_id) & ours(world, places)
    return bool(world.write.execute(delete(places).where(mine)).rowcount)


def call_off(world: Any, outing_id: int) -> bool:
    """False when it was called off before."""
    query = update(outings).where(outings.c.id == outing_id, outings.c.state == "open", ours(world, outings))
    return bool(world.write.execute(query.values(state="off")).rowcount)
