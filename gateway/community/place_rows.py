"""Where it is kept where a village lies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Float, String, Table, func, select, update

from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, organisation_column, ours
from gateway.store.upsert import add_once

village_places = Table(
    "village_places",
    metadata,
    organisation_column(),
    Column("village", String(20), primary_key=True),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="on_earth"),
)


def here(world: Any) -> dict[str, tuple[float, float]]:
    """Village, in small letters -> (latitude, longitude) in degrees. Read once in a turn."""
    key = ("village places",)
    if key not in world.seen:
        query = select(village_places.c.village, village_places.c.latitude, village_places.c.longitude).where(ours(world, village_places))
        world.seen[key] = {row.village: (row.latitude, row.longitude) for row in world.read.execute(query.order_by(village_places.c.village))}
    found: dict[str, tuple[float, float]] = world.seen[key]
    return found


def put(world: Any, village: str, latitude: float, longitude: float, by: str) -> None:
    values = {"latitude": latitude, "longitude": longitude, "by": by[:60], "at": world.now()}
    if not add_once(world.write, village_places, organisation_id=world.organisation.id, village=village.lower(), **values):
        world.write.execute(update(village_places).where(village_places.c.village == village.lower(), ours(world, village_places)).values(**values))
    world.seen.pop(("village places",), None)


def drop(world: Any, village: str) -> bool:
    world.seen.pop(("village places",), None)
    return bool(world.write.execute(village_places.delete().where(village_places.c.village == village.lower(), ours(world, village_places))).rowcount)


def where_members_live(world: Any, most: int) -> list[tuple[str, int]]:
    """(village as it is written most simply, members there), the biggest first."""
    village = func.lower(members.c.village)
    query = select(village, func.count()).where(members.c.village != "", members.c.status == "active", ours(world, members)).group_by(village)
    return [(row[0], row[1]) for row in world.read.execute(query.order_by(func.count().desc(), village).limit(most))]
