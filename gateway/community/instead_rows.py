"""Where it is kept what members would have done without the phone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, String, Table, func, select, update

from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

instead = Table(
    "instead_answers",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("service", String(12), nullable=False),
    Column("says", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("says IN ('come','call','nothing','skip')", name="says"),
    refers("member_id", "members"),
)


def has_not_said(world: Any, month: str, member_id: int, since: dt.datetime) -> bool:
    """Whether a member who joined by then has not answered in this month."""
    said = select(instead.c.says).where(instead.c.month == month, instead.c.member_id == member_id, ours(world, instead))
    query = select(members.c.id).where(members.c.id == member_id, members.c.made_at <= since, ours(world, members), ~said.exists())
    return world.read.execute(query).first() is not None


def put(world: Any, month: str, member_id: int, service: str, says: str) -> None:
    """The one answer of a member in a month; the last one counts."""
    if not add_once(world.write, instead, month=month, member_id=member_id, organisation_id=world.organisation.id, service=service, says=says, at=world.now()):
        mine = (instead.c.month == month) & (instead.c.member_id == member_id) & ours(world, instead)
        world.write.execute(update(instead).where(mine).values(service=service, says=says, at=world.now()))


def counts(world: Any, since: dt.datetime) -> dict[str, dict[str, int]]:
    """Service -> answer -> how many gave it."""
    query = select(instead.c.service, instead.c.says, func.count().label("times")).where(instead.c.at >= since, instead.c.says != "skip", ours(world, instead))
    found: dict[str, dict[str, int]] = {}
    for row in world.read.execute(query.group_by(instead.c.service, instead.c.says)):
        found.setdefault(row.service, {})[row.says] = row.times
    return found
