"""What was promised of a change, and what is expected of a trial. A new promise is a new row, the old one stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, String, Table, insert, select

from gateway.community.items.plan_model import Plan
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, ours, refers

plans = Table(
    "item_plans",
    metadata,
    id_column(),
    organisation_column(),
    Column("item_id", BigInteger, nullable=False),
    Column("due", String(10), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("cost", String(60), nullable=False),
    Column("stop", String(80), nullable=False),
    Column("guess", String(60), nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
    Index("ix_item_plans_item", "item_id", "id"),
    Index("ix_item_plans_due", "organisation_id", "due"),
)


def add(world: Any, item_id: int, plan: Plan) -> None:
    world.write.execute(insert(plans).values(
        id=new_id(), organisation_id=world.organisation.id, item_id=item_id, due=plan.due.isoformat(), owner=plan.owner, cost=plan.cost, stop=plan.stop,
        guess=plan.guess, at=world.now(),
    ))  # fmt: skip


def _plan(row: Any) -> Plan:
    return Plan(dt.date.fromisoformat(row.due), row.owner, row.cost, row.stop, row.guess)


def last(world: Any, item_id: int) -> Plan | None:
    """What is promised now."""
    query = select(plans).where(plans.c.item_id == item_id, ours(world, plans)).order_by(plans.c.id.desc()).limit(1)
    row = world.read.execute(query).first()
    return _plan(row) if row else None


def guessed(world: Any, item_ids: Sequence[int]) -> dict[int, str]:
    """Item -> what was expected of its last trial; only where somebody has said it."""
    query = select(plans.c.item_id, plans.c.guess).where(plans.c.item_id.in_(item_ids), plans.c.guess != "", ours(world, plans)).order_by(plans.c.id)
    return {row.item_id: row.guess for row in world.read.execute(query)}


def days_of(world: Any, item_ids: Sequence[int]) -> dict[int, dt.datetime]:
    """Item -> the day for which it is promised now, as a moment for who writes days."""
    query = select(plans.c.item_id, plans.c.due).where(plans.c.item_id.in_(item_ids), ours(world, plans)).order_by(plans.c.id)
    return {row.item_id: dt.datetime.fromisoformat(row.due) for row in world.read.execute(query)}


def all_since(world: Any, first: dt.date) -> list[tuple[int, dt.datetime, Plan]]:
    """(item, when it was promised, what) of all items that were promised for a day since then, in the order in which they were promised."""
    some = select(plans.c.item_id).where(plans.c.due >= first.isoformat(), ours(world, plans))
    query = select(plans).where(plans.c.item_id.in_(some), ours(world, plans)).order_by(plans.c.id)
    return [(row.item_id, row.at, _plan(row)) for row in world.read.execute(query)]
