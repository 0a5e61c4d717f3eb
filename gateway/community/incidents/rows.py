"""Where it is kept by when something is to work again. What it is, who has it too and what becomes of it is an item like any other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, func, insert, select, update

from gateway.community.incidents.model import Incident
from gateway.community.items.model import OPEN
from gateway.community.items.tables import A_CASE, items
from gateway.community.rows import callbacks
from gateway.records.rows import texts
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers

incidents = Table(
    "incidents",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("fixed_by", UtcTime, nullable=False),
    Column("by", String(60), nullable=False),
    refers("item_id", "items"),
)

LASTS = (*OPEN, "held")  # what a person holds back lasts all the same
_COLUMNS = (items.c.id, items.c.number, items.c.words, items.c.supporters, incidents.c.fixed_by, items.c.made_at)


def add(world: Any, item_id: int, fixed_by: dt.datetime, by: str) -> None:
    world.write.execute(insert(incidents).values(item_id=item_id, organisation_id=world.organisation.id, fixed_by=fixed_by, by=by[:60]))


def promise(world: Any, item_id: int, fixed_by: dt.datetime) -> bool:
    query = update(incidents).where(incidents.c.item_id == item_id, ours(world, incidents))
    return bool(world.write.execute(query.values(fixed_by=fixed_by)).rowcount)


def _joined(world: Any) -> Any:
    same = (incidents.c.item_id == items.c.id) & (incidents.c.organisation_id == items.c.organisation_id)
    return select(*_COLUMNS).join_from(items, incidents, same).where(ours(world, incidents))


def live(world: Any) -> list[Incident]:
    """Those that last, the one that most have first."""
    query = _joined(world).where(items.c.state.in_(LASTS)).order_by(items.c.supporters.desc(), items.c.id)
    return [Incident(*row) for row in world.read.execute(query)]


def over(world: Any, most: int) -> list[Incident]:
    """Those that ended, the newest first."""
    query = _joined(world).where(items.c.state.not_in(LASTS)).order_by(items.c.id.desc()).limit(most)
    return [Incident(*row) for row in world.read.execute(query)]


def said_wrong(world: Any, since: dt.datetime) -> dict[str, int]:
    """What was said to be wrong since then -> how often."""
    query = select(items.c.topic, func.count()).where(A_CASE, items.c.made_at >= since, ours(world, items))
    return {row[0]: row[1] for row in world.read.execute(query.group_by(items.c.topic))}


def calls_asked(world: Any, since: dt.datetime, until: dt.datetime | None = None) -> int:
    query = select(func.count()).where(callbacks.c.made_at >= since, ours(world, callbacks))
    return world.read.scalar(query if until is None else query.where(callbacks.c.made_at < until)) or 0


def texts_lost(world: Any, since: dt.datetime) -> int:
    """SMS that the provider refused or could not deliver; what was held back because somebody said STOP is none."""
    lost = texts.c.state.in_(("refused", "failed")) & (func.coalesce(texts.c.provider_status, "") != "stopped")
    return world.read.scalar(select(func.count()).where(lost, texts.c.made_at >= since, ours(world, texts))) or 0
