"""Where it is kept who of the staff looked at a member: once for a day, a person and a thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, String, Table, func, select, update

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
    Column("reason", String(8), nullable=False, server_default=""),
    CheckConstraint("what IN ('account','payment','name','copy')", name="what"),
    refers("member_id", "members"),
)


def add(world: Any, **values: Any) -> None:
    """Once; a reason that was missing is written in."""
    if not add_once(world.write, staff_looks, organisation_id=world.organisation.id, **values) and values["reason"]:
        keys = [staff_looks.c[name] == values[name] for name in ("member_id", "day", "login", "what")]
        world.write.execute(update(staff_looks).where(*keys, staff_looks.c.reason == "", ours(world, staff_looks)).values(reason=values["reason"]))


def count(world: Any, member_id: int) -> int:
    return world.read.scalar(select(func.count()).where(staff_looks.c.member_id == member_id, ours(world, staff_looks))) or 0


def reasons(world: Any, member_ids: Collection[int], day: dt.date, login: str) -> dict[int, dict[str, str]]:
    """Member -> what somebody has looked at on this day -> why, where it was said."""
    wanted = staff_looks.c.member_id.in_(member_ids), staff_looks.c.day == day, staff_looks.c.login == login, staff_looks.c.reason != ""
    found: dict[int, dict[str, str]] = {}
    for row in world.write.execute(select(staff_looks.c.member_id, staff_looks.c.what, staff_looks.c.reason).where(*wanted, ours(world, staff_looks))):
        found.setdefault(row.member_id, {})[row.what] = row.reason
    return found


def newest(world: Any, member_id: int, most: int) -> list[tuple[dt.date, str, str, str]]:
    """(day, who, what, why), the newest first."""
    shown = staff_looks.c.day, staff_looks.c.name, staff_looks.c.what, staff_looks.c.reason
    query = select(*shown).where(staff_looks.c.member_id == member_id, ours(world, staff_looks))
    return [(row.day, row.name, row.what, row.reason) for row in world.read.execute(query.order_by(staff_looks.c.day.desc(), staff_looks.c.name).limit(most))]
