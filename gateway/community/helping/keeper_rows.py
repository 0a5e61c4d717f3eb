"""Where it is kept who looks after which topic, and when a tip was last written anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, String, Table, func, select, update

from gateway.community.helping.rows import revisions
from gateway.community.items.tables import items
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

topic_keepers = Table(
    "topic_keepers",
    metadata,
    Column("topic", String(10), primary_key=True),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("state", String(5), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("reminded_at", UtcTime),
    CheckConstraint("state IN ('asked','yes','no')", name="state"),
    refers("member_id", "members"),
)


@dataclass(frozen=True)
class Keeper:
    topic: str
    member_id: int
    state: str
    since: dt.datetime
    reminded_at: dt.datetime | None


_KEEPER = [topic_keepers.c[one.name] for one in fields(Keeper)]


def name_keeper(world: Any, topic: str, member_id: int) -> bool:
    """Until they say yes they keep nothing. False when they were named for it already, and have not said no."""
    values = {"member_id": member_id, "state": "asked", "since": world.now(), "reminded_at": None}
    if add_once(world.write, topic_keepers, topic=topic, organisation_id=world.organisation.id, **values):
        return True
    other = (topic_keepers.c.topic == topic) & ((topic_keepers.c.member_id != member_id) | (topic_keepers.c.state == "no")) & ours(world, topic_keepers)
    return bool(world.write.execute(update(topic_keepers).where(other).values(**values)).rowcount)


def settle(world: Any, topic: str, member_id: int, state: str) -> bool:
    here = (topic_keepers.c.topic == topic) & (topic_keepers.c.member_id == member_id) & ours(world, topic_keepers)
    return bool(world.write.execute(update(topic_keepers).where(here).values(state=state, since=world.now())).rowcount)


def keepers(world: Any) -> dict[str, Keeper]:
    return {row.topic: Keeper(*row) for row in world.read.execute(select(*_KEEPER).where(ours(world, topic_keepers)))}


def note_reminder(world: Any, topic: str, before: dt.datetime) -> bool:
    due = topic_keepers.c.reminded_at.is_(None) | (topic_keepers.c.reminded_at <= before)
    query = update(topic_keepers).where(topic_keepers.c.topic == topic, topic_keepers.c.state == "yes", due, ours(world, topic_keepers))
    return bool(world.write.execute(query.values(reminded_at=world.now())).rowcount)


def written_at(world: Any, item_ids: Sequence[int]) -> dict[int, dt.datetime]:
    """When each tip was last found right: its newest accepted version, or when it was written."""
    newest = select(revisions.c.item_id, func.max(revisions.c.made_at).label("at")).where(revisions.c.state == "accepted", ours(world, revisions))
    found = {row.id: row.made_at for row in world.read.execute(select(items.c.id, items.c.made_at).where(items.c.id.in_(item_ids), ours(world, items)))}
    for row in world.read.execute(newest.where(revisions.c.item_id.in_(item_ids)).group_by(revisions.c.item_id)):
        found[row.item_id] = max(found[row.item_id], row.at)
    return found
