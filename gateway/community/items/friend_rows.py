"""Where it is kept which friend was told of which item, and which number was invited: a mark that nobody reads without our key, and no number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, func, select

from gateway.community.items.tables import votes
from gateway.members.rows import members, numbers
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

friends = Table(
    "friends_told",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mark", String(64), primary_key=True),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("friend_id", BigInteger),
    Column("key", String(120), nullable=False),
    Column("sent", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_friends_told_member", "member_id", "at"),
    Index("ix_friends_told_mark", "mark", "at"),
)

newcomers = Table(
    "newcomers_invited",
    metadata,
    Column("mark", String(64), primary_key=True),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("key", String(120), nullable=False),
    Column("sent", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("member_id", "members"),
    Index("ix_newcomers_invited_member", "member_id", "at"),
)
BOTH = (friends, newcomers)


def invite(world: Any, **values: Any) -> bool:
    return add_once(world.write, newcomers, organisation_id=world.organisation.id, at=world.now(), **values)


def invited(world: Any, marks: Sequence[str]) -> bool:
    """Whether this number was invited before, under any of our keys."""
    return world.write.execute(select(newcomers.c.at).where(newcomers.c.mark.in_(marks), ours(world, newcomers))).first() is not None


def add(world: Any, item_id: int, **values: Any) -> bool:
    return add_once(world.write, friends, item_id=item_id, organisation_id=world.organisation.id, at=world.now(), **values)


def knows(world: Any, item_id: int, marks: Sequence[str]) -> bool:
    """Whether this friend was told of it, under any of our keys."""
    query = select(friends.c.at).where(friends.c.item_id == item_id, friends.c.mark.in_(marks), ours(world, friends))
    return world.write.execute(query).first() is not None


def told_by(world: Any, member_id: int, since: dt.datetime, but: str) -> int:
    """How many a member has told or invited since then, the same hop once more left out."""
    return sum(
        world.write.scalar(select(func.count()).where(one.c.member_id == member_id, one.c.at >= since, one.c.key != but, ours(world, one))) or 0 for one in BOTH
    )


def heard(world: Any, marks: Sequence[str], since: dt.datetime) -> int:
    return sum(world.write.scalar(select(func.count()).where(one.c.mark.in_(marks), one.c.at >= since, one.c.sent, ours(world, one))) or 0 for one in BOTH)


def told_since(world: Any, since: dt.datetime) -> int:
    return sum(world.read.scalar(select(func.count()).where(one.c.at >= since, one.c.sent, ours(world, one))) or 0 for one in BOTH)


def voted_since(world: Any, since: dt.datetime) -> int:
    """Of the friends who were members: who voted on it after they were told."""
    same = (votes.c.item_id == friends.c.item_id) & (votes.c.member_id == friends.c.friend_id) & (votes.c.at >= friends.c.at)
    query = select(func.count()).select_from(friends.join(votes, same)).where(friends.c.at >= since, friends.c.sent, ours(world, friends))
    return world.read.scalar(query) or 0


def strangers(world: Any, since: dt.datetime) -> set[str]:
    """The marks of those who were no members when they were told."""
    told = select(friends.c.mark).where(friends.c.at >= since, friends.c.sent, friends.c.friend_id.is_(None), ours(world, friends))
    return set(world.read.scalars(told.union(select(newcomers.c.mark).where(newcomers.c.at >= since, newcomers.c.sent, ours(world, newcomers)))))


def joined_since(world: Any, since: dt.datetime) -> list[str]:
    """The numbers of those who have become members since then."""
    same = (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id)
    return list(world.read.scalars(select(numbers.c.number).join_from(numbers, members, same).where(members.c.made_at >= since, ours(world, members))))
