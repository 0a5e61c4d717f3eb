"""Where it is kept for whom a leader cared and how it went, and how far a leader has read in the lessons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, String, Table, func, select, update

from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

cares = Table(
    "care_actions",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("leader_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("what", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ask_at", UtcTime),
    Column("helped", Boolean),
    CheckConstraint("what IN ('call','text','visit','done')", name="what"),
    refers("group_id", "groups"),
    refers("leader_id", "members"),
    refers("member_id", "members"),
    Index("uq_care_actions_key", "key", "organisation_id", unique=True),
    Index("ix_care_actions_group", "group_id", "at"),
    Index("ix_care_actions_ask", "ask_at", **only("ask_at IS NOT NULL")),
)

lessons = Table(
    "leader_lessons",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("read", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("member_id", "members"),
)


@dataclass(frozen=True)
class Care:
    id: int
    group_id: int
    leader_id: int
    member_id: int
    what: str
    at: dt.datetime
    helped: bool | None


_CARE = [cares.c[one.name] for one in fields(Care)]


def add(world: Any, **values: Any) -> bool:
    return add_once(world.write, cares, id=new_id(), organisation_id=world.organisation.id, at=world.now(), **values)


def care(world: Any, id: int) -> Care | None:
    row = world.read.execute(select(*_CARE).where(cares.c.id == id, ours(world, cares))).one_or_none()
    return Care(*row) if row else None


def of_group(world: Any, group_id: int, since: dt.datetime) -> list[Care]:
    query = select(*_CARE).where(cares.c.group_id == group_id, cares.c.at >= since, ours(world, cares))
    return [Care(*row) for row in world.read.execute(query.order_by(cares.c.id.desc()))]


def to_ask(world: Any, now: dt.datetime, most: int) -> list[Care]:
    query = select(*_CARE).where(cares.c.ask_at <= now, ours(world, cares)).order_by(cares.c.ask_at).limit(most)
    return [Care(*row) for row in world.read.execute(query)]


def note_asked(world: Any, id: int) -> bool:
    query = update(cares).where(cares.c.id == id, cares.c.ask_at.is_not(None), ours(world, cares))
    return bool(world.write.execute(query.values(ask_at=None)).rowcount)


def say_helped(world: Any, id: int, helped: bool) -> None:
    world.write.execute(update(cares).where(cares.c.id == id, ours(world, cares)).values(helped=helped))


def knows(world: Any, key: str) -> bool:
    return world.write.execute(select(cares.c.id).where(cares.c.key == key, ours(world, cares))).first() is not None


def waits(world: Any, leader_id: int, member_id: int) -> bool:
    """Whether this leader is still to be asked about that member."""
    here = (cares.c.leader_id == leader_id) & (cares.c.member_id == member_id) & cares.c.ask_at.is_not(None)
    return world.write.execute(select(cares.c.id).where(here, ours(world, cares))).first() is not None


def cared_since(world: Any, leader_id: int, since: dt.datetime) -> int:
    """For how many people a leader cared since then."""
    query = select(func.count(cares.c.member_id.distinct())).where(cares.c.leader_id == leader_id, cares.c.at >= since, ours(world, cares))
    return world.read.scalar(query) or 0


def texted_since(world: Any, member_id: int, since: dt.datetime) -> bool:
    query = select(cares.c.id).where(cares.c.member_id == member_id, cares.c.what == "text", cares.c.at >= since, ours(world, cares))
    return world.read.execute(query).first() is not None


def lessons_read(world: Any, member_ids: Sequence[int]) -> dict[int, int]:
    query = select(lessons.c.member_id, lessons.c.read).where(lessons.c.member_id.in_(member_ids), ours(world, lessons))
    return {row.member_id: row.read for row in world.read.execute(query)}


def note_lesson(world: Any, member_id: int, read: int) -> None:
    """How far it was read: never less than before."""
    if not add_once(world.write, lessons, member_id=member_id, organisation_id=world.organisation.id, read=read, at=world.now()):
        here = (lessons.c.member_id == member_id) & (lessons.c.read < read) & ours(world, lessons)
        world.write.execute(update(lessons).where(here).values(read=read, at=world.now()))
