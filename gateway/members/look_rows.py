"""Where it is kept who of the staff looked at a member: once for a day, a person and a thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, String, Table, func, select

from gateway.store.tables import metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

staff_looks = Table(
    "staff_looks",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("login", String(60), primary_key=True),
    Column("what", String(8), primary_key=True),
    organisation_column(),
    Column("name", String(60), nullable=False),
    CheckConstraint("what IN ('account','payment','name')", name="what"),
    refers("member_id", "members"),
)


def add(world: Any, **values: Any) -> None:
    add_once(world.write, staff_looks, organisation_id=world.organisation.id, **values)


def count(world: Any, member_id: int) -> int:
    return world.read.scalar(select(func.count()).where(staff_looks.c.member_id == member_id, ours(world, staff_looks))) or 0


def newest(world: Any, member_id: int, most: int) -> list[tuple[dt.date, str, str]]:
    """(day, who, what), the newest first."""
    query = select(staff_looks.c.day, staff_looks.c.name, staff_looks.c.what).where(staff_looks.c.member_id == member_id, ours(world, staff_looks))
    return [(row.day, row.name, row.what) for row in world.read.execute(query.order_by(staff_looks.c.day.desc(), staff_looks.c.name).limit(most))]
