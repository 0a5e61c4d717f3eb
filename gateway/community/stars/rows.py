"""Where it is kept how good members find the service."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, String, Table, func, select, update

from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

UNHAPPY = 2  # stars, at most

stars = Table(
    "service_stars",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("stars", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    refers("member_id", "members"),
)


def put(world: Any, month: str, member_id: int, count: int) -> None:
    """The one of a member in a month; the last one counts."""
    here = {"month": month, "member_id": member_id, "organisation_id": world.organisation.id}
    if not add_once(world.write, stars, **here, stars=count, at=world.now()):
        mine = (stars.c.month == month) & (stars.c.member_id == member_id) & ours(world, stars)
        world.write.execute(update(stars).where(mine).values(stars=count, at=world.now()))


def by_month(world: Any, most: int) -> list[tuple[str, dict[int, int]]]:
    """(month, stars -> members), the newest first."""
    query = select(stars.c.month, stars.c.stars, func.count().label("heads")).where(ours(world, stars)).group_by(stars.c.month, stars.c.stars)
    found: dict[str, dict[int, int]] = {}
    for row in world.read.execute(query.order_by(stars.c.month.desc()).limit(5 * most)):
        found.setdefault(row.month, {})[row.stars] = row.heads
    return list(found.items())[:most]


def unhappy_since(world: Any, since: dt.datetime) -> int:
    """How many have given one or two of five since then."""
    query = select(func.count()).select_from(stars).where(stars.c.stars <= UNHAPPY, stars.c.at >= since, ours(world, stars))
    return int(world.read.scalar(query) or 0)
