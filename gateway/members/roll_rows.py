"""Where the roll is kept: the numbers under which an organisation knows its members already, and who has come with which."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, Column, Index, String, Table, delete, func, select, update

from gateway.members.model import OnList
from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

roll = Table(
    "roll",
    metadata,
    Column("number", String(20), primary_key=True),
    organisation_column(),
    Column("name", String(40), nullable=False),
    Column("phone", String(16), nullable=False),
    Column("member_id", BigInteger),
    Column("came_at", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    refers("member_id", "members"),
    Index("uq_roll_member", "member_id", "organisation_id", unique=True, **only("member_id IS NOT NULL")),
    Index("ix_roll_phone", "phone", "organisation_id", **only("phone <> ''")),
    Index("ix_roll_came", "organisation_id", "came_at", **only("came_at IS NOT NULL")),
)

_LINE = [roll.c[one.name] for one in fields(OnList)]


def is_there_one(world: Any) -> bool:
    return world.read.execute(select(roll.c.number).where(ours(world, roll)).limit(1)).first() is not None


def line(world: Any, number: str) -> OnList | None:
    row = world.read.execute(select(*_LINE).where(roll.c.number == number, ours(world, roll))).one_or_none()
    return OnList(*row) if row else None


def of_phone(world: Any, phone: str) -> OnList | None:
    """The one line that has this phone and nobody yet; two of a household are asked for their numbers."""
    free = select(*_LINE).where(roll.c.phone == phone, roll.c.member_id.is_(None), ours(world, roll)).limit(2)
    found = [OnList(*row) for row in world.read.execute(free)] if phone else []
    return found[0] if len(found) == 1 else None


def of_member(world: Any, member_id: int) -> OnList | None:
    row = world.read.execute(select(*_LINE).where(roll.c.member_id == member_id, ours(world, roll))).one_or_none()
    return OnList(*row) if row else None


def claim(world: Any, number: str, member_id: int) -> bool:
    """Who came with this number; of two at once the first."""
    free = update(roll).where(roll.c.number == number, roll.c.member_id.is_(None), ours(world, roll))
    return bool(world.write.execute(free.values(member_id=member_id, came_at=world.now())).rowcount)


def free(world: Any, number: str) -> int | None:
    """Nobody has this number any more; who had it."""
    had: int | None = world.write.scalar(select(roll.c.member_id).where(roll.c.number == number, ours(world, roll)))
    world.write.execute(update(roll).where(roll.c.number == number, ours(world, roll)).values(member_id=None, came_at=None))
    return had


def put(world: Any, one: OnList) -> bool:
    """A line, or its name and phone anew. Whether it is new."""
    if add_once(world.write, roll, organisation_id=world.organisation.id, number=one.number, name=one.name, phone=one.phone, made_at=world.now()):
        return True
    world.write.execute(update(roll).where(roll.c.number == one.number, ours(world, roll)).values(name=one.name, phone=one.phone))
    return False


def drop(world: Any, number: str) -> bool:
    """Off the roll, when nobody has come with it."""
    return bool(world.write.execute(delete(roll).where(roll.c.number == number, roll.c.member_id.is_(None), ours(world, roll))).rowcount)


def page(world: Any, *, after: str, most: int) -> list[OnList]:
    query = select(*_LINE).where(ours(world, roll), roll.c.number > after).order_by(roll.c.number).limit(most)
    return [OnList(*row) for row in world.read.execute(query)]


def heads(world: Any) -> tuple[int, int]:
    """(lines, those whom somebody has come with)."""
    row = world.read.execute(select(func.count(), func.count(roll.c.member_id)).where(ours(world, roll))).one()
    return int(row[0]), int(row[1])


def came_since(world: Any, since: dt.datetime) -> list[int]:
    """The voices of those who were found on the roll since."""
    voice = func.coalesce(members.c.votes_with, members.c.id)
    query = select(voice).join(roll, (roll.c.member_id == members.c.id) & (roll.c.organisation_id == members.c.organisation_id))
    return list(world.read.scalars(query.where(roll.c.came_at >= since, ours(world, roll))))
