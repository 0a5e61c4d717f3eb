"""The register of who said yes to being followed, by whom, and with what."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, func, select, update

from gateway.community.people.model import Tie
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

ties = Table(
    "person_follows",
    metadata,
    Column("follower_id", BigInteger, primary_key=True, autoincrement=False),
    Column("followed_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("state", String(5), nullable=False),
    Column("kinds", String(4), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("state IN ('asked','yes','no')", name="state"),
    CheckConstraint("kinds IN ('all','tips')", name="kinds"),
    CheckConstraint("follower_id <> followed_id", name="two_members"),
    refers("follower_id", "members"),
    refers("followed_id", "members"),
    Index("ix_person_follows_followed", "followed_id", "organisation_id"),
)

_TIE = [ties.c[one.name] for one in fields(Tie)]


def _here(world: Any, follower_id: int, followed_id: int) -> Any:
    return (ties.c.follower_id == follower_id) & (ties.c.followed_id == followed_id) & ours(world, ties)


def tie(world: Any, follower_id: int, followed_id: int) -> Tie | None:
    row = world.write.execute(select(*_TIE).where(_here(world, follower_id, followed_id))).one_or_none()
    return Tie(*row) if row else None


def ask(world: Any, follower_id: int, followed_id: int, again_before: dt.datetime) -> bool:
    """Ask once; after a no only when that is long ago. False when it was asked, or said, already."""
    values = {"state": "asked", "kinds": "all", "at": world.now()}
    if add_once(world.write, ties, follower_id=follower_id, followed_id=followed_id, organisation_id=world.organisation.id, **values):
        return True
    old = _here(world, follower_id, followed_id) & (ties.c.state == "no") & (ties.c.at <= again_before)
    return bool(world.write.execute(update(ties).where(old).values(**values)).rowcount)


def settle(world: Any, follower_id: int, followed_id: int, state: str, kinds: str = "all") -> bool:
    """A yes or a no of who is followed, or the end by either; of what is over already, nothing."""
    here = _here(world, follower_id, followed_id) & (ties.c.state != "no")
    return bool(world.write.execute(update(ties).where(here).values(state=state, kinds=kinds, at=world.now())).rowcount)


def followed_by(world: Any, follower_id: int) -> list[Tie]:
    """Whom a member follows, or has asked; a no does not show."""
    query = select(*_TIE).where(ties.c.follower_id == follower_id, ties.c.state != "no", ours(world, ties)).order_by(ties.c.at.desc())
    return [Tie(*row) for row in world.read.execute(query)]


def followers_of(world: Any, followed_id: int, most: int) -> list[Tie]:
    """Who asks first, then who follows."""
    query = select(*_TIE).where(ties.c.followed_id == followed_id, ties.c.state != "no", ours(world, ties))
    return [Tie(*row) for row in world.read.execute(query.order_by(ties.c.state, ties.c.at.desc()).limit(most))]


def asked_since(world: Any, follower_id: int, since: dt.datetime) -> int:
    query = select(func.count()).where(ties.c.follower_id == follower_id, ties.c.state == "asked", ties.c.at >= since, ours(world, ties))
    return world.write.scalar(query) or 0


def counts(world: Any) -> dict[str, int]:
    """How many asked, said yes, said no or ended it."""
    query = select(ties.c.state, func.count().label("times")).where(ours(world, ties)).group_by(ties.c.state)
    return {row.state: row.times for row in world.read.execute(query)}
