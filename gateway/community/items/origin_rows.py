"""Where it is kept what was built on what."""

from __future__ import annotations

import collections
import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, func, select, update

from gateway.community.items.model import SHOWN
from gateway.community.items.tables import items
from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

item_origins = Table(
    "item_origins",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("from_id", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
    CheckConstraint("from_id <> item_id", name="another"),
    refers("item_id", "items"),
    refers("from_id", "items"),
    Index("ix_item_origins_from", "from_id", "organisation_id"),
    Index("ix_item_origins_untold", "at", **only("told_at IS NULL")),
)

_SAME = (items.c.id == item_origins.c.item_id) & (items.c.organisation_id == item_origins.c.organisation_id)


def add(world: Any, item_id: int, from_id: int) -> bool:
    return add_once(world.write, item_origins, item_id=item_id, from_id=from_id, organisation_id=world.organisation.id, at=world.now())


def origin_of(world: Any, item_id: int) -> int | None:
    query = select(item_origins.c.from_id).where(item_origins.c.item_id == item_id, ours(world, item_origins))
    found: int | None = world.read.scalar(query)
    return found


def built_on(world: Any, item_id: int, most: int) -> list[int]:
    """What all can see that grew out of this, the newest first."""
    query = select(items.c.id).join(item_origins, _SAME).where(item_origins.c.from_id == item_id, items.c.state.in_(SHOWN), ours(world, item_origins))
    return list(world.read.scalars(query.order_by(items.c.id.desc()).limit(most)))


def count_built_on(world: Any, item_id: int) -> int:
    query = select(func.count()).select_from(item_origins.join(items, _SAME)).where(item_origins.c.from_id == item_id, items.c.state.in_(SHOWN))
    return int(world.read.scalar(query.where(ours(world, item_origins))) or 0)


def untold(world: Any, since: dt.datetime, a_day: int, most: int) -> list[tuple[int, int]]:
    """(what was built, on what) of which the first author has not heard and that all can see now; not of authors who have heard of so many in a day."""
    first, other = items.alias(), item_origins.alias()
    theirs = items.alias()
    whose = (first.c.id == item_origins.c.from_id) & (first.c.organisation_id == item_origins.c.organisation_id)
    of_theirs = (theirs.c.id == other.c.from_id) & (theirs.c.organisation_id == other.c.organisation_id)
    heard = (
        select(func.count()).select_from(other.join(theirs, of_theirs))
        .where(theirs.c.member_id == first.c.member_id, other.c.told_at >= world.now() - dt.timedelta(days=1), ours(world, other))
        .scalar_subquery()
    )  # fmt: skip
    query = select(item_origins.c.item_id, item_origins.c.from_id, first.c.member_id).join(items, _SAME).join(first, whose)
    waits = item_origins.c.told_at.is_(None) & (item_origins.c.at >= since) & items.c.state.in_(SHOWN) & (heard < a_day)
    rows = world.read.execute(query.where(waits, ours(world, item_origins)).order_by(item_origins.c.at).limit(most))
    found, times = [], collections.Counter[int | None]()
    for row in rows:  # within one look too
        times[row.member_id] += 1
        if row.member_id is None or times[row.member_id] <= a_day:
            found.append((row.item_id, row.from_id))
    return found


def note_told(world: Any, item_id: int) -> bool:
    """Once."""
    here = (item_origins.c.item_id == item_id) & item_origins.c.told_at.is_(None) & ours(world, item_origins)
    return bool(world.write.execute(update(item_origins).where(here).values(told_at=world.now())).rowcount)
