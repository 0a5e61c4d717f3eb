"""Who has said of two things that they are the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Row, Table, func, select, update

from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

twins = Table(
    "item_twins",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),  # the younger of the two
    Column("twin_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),  # the first of all accounts of one person
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),  # joined, or found to be two
    CheckConstraint("item_id > twin_id", name="younger_first"),
    refers("item_id", "items"),
    refers("twin_id", "items"),
    refers("member_id", "members"),
    Index("ix_item_twins_open", "organisation_id", "item_id", **only("answered_at IS NULL")),
    Index("ix_item_twins_member", "member_id", "at"),
)


def say(world: Any, item_id: int, twin_id: int, voice: int) -> None:
    """One word of one person; said again it changes nothing."""
    add_once(world.write, twins, item_id=item_id, twin_id=twin_id, member_id=voice, organisation_id=world.organisation.id, at=world.now())


def count(world: Any, item_id: int, twin_id: int) -> int:
    query = select(func.count()).where(twins.c.item_id == item_id, twins.c.twin_id == twin_id, twins.c.answered_at.is_(None), ours(world, twins))
    return world.write.scalar(query) or 0


def said_since(world: Any, voice: int, since: dt.datetime) -> int:
    return world.write.scalar(select(func.count()).where(twins.c.member_id == voice, twins.c.at >= since, ours(world, twins))) or 0


def answer(world: Any, item_id: int, twin_id: int) -> None:
    """These two are joined, or somebody has looked and found them to be two."""
    pair = (twins.c.item_id == item_id) & (twins.c.twin_id == twin_id)
    world.write.execute(update(twins).where(pair, twins.c.answered_at.is_(None), ours(world, twins)).values(answered_at=world.now()))


def are_two(world: Any, item_id: int, twin_id: int) -> bool:
    """Whether somebody has looked at these before and found them to be two."""
    query = select(twins.c.item_id).where(twins.c.item_id == item_id, twins.c.twin_id == twin_id, twins.c.answered_at.is_not(None), ours(world, twins))
    return world.read.execute(query.limit(1)).first() is not None


def waiting(world: Any, most: int) -> list[Row[Any]]:
    """(item id, twin id, how many say so) of pairs that nobody has decided, the most said first."""
    heads = func.count().label("heads")
    query = select(twins.c.item_id, twins.c.twin_id, heads).where(twins.c.answered_at.is_(None), ours(world, twins))
    return list(world.read.execute(query.group_by(twins.c.item_id, twins.c.twin_id).order_by(heads.desc(), twins.c.item_id).limit(most)))
