"""Who helped how many, and whose powers rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, delete, func, select

from gateway.community.items.tables import changes, comments, items
from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

WHY_MOST = 60

resting_powers = Table(
    "resting_powers",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("why", String(WHY_MOST), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("member_id", "members"),
)


def helped_by_asker(world: Any, member_ids: Iterable[int], since: dt.datetime, askers_from: dt.datetime) -> list[tuple[int, int, int]]:
    """(helper, asker, answers that this asker says helped), of askers whose account is old enough by now."""
    query = (
        select(comments.c.member_id, items.c.member_id, func.count())
        .join_from(comments, items, (items.c.id == comments.c.item_id) & (items.c.organisation_id == comments.c.organisation_id))
        .join(members, (members.c.id == items.c.member_id) & (members.c.organisation_id == items.c.organisation_id))
        .where(comments.c.member_id.in_(set(member_ids)), comments.c.kind == "answer", comments.c.helped, comments.c.made_at >= since)
        .where(members.c.made_at <= askers_from, ours(world, comments))
        .group_by(comments.c.member_id, items.c.member_id)
    )
    return [tuple(row) for row in world.read.execute(query)]


def rest(world: Any, member_id: int, why: str, by: str) -> bool:
    values = {"member_id": member_id, "organisation_id": world.organisation.id, "why": why, "by": by, "at": world.now()}
    return add_once(world.write, resting_powers, **values)


def give_back(world: Any, member_id: int) -> bool:
    return bool(world.write.execute(delete(resting_powers).where(resting_powers.c.member_id == member_id, ours(world, resting_powers))).rowcount)


def resting(world: Any, member_ids: Iterable[int]) -> dict[int, str]:
    """Member -> why their powers rest."""
    query = select(resting_powers.c.member_id, resting_powers.c.why).where(resting_powers.c.member_id.in_(set(member_ids)), ours(world, resting_powers))
    return {row.member_id: row.why for row in world.read.execute(query)}


def all_resting(world: Any) -> dict[int, str]:
    return {row.member_id: row.why for row in world.read.execute(select(resting_powers).where(ours(world, resting_powers)).order_by(resting_powers.c.at))}


def steps_by(world: Any, by: str, since: dt.datetime) -> int:
    """Steps of items that somebody took."""
    return world.read.scalar(select(func.count()).where(changes.c.by == by, changes.c.after == "merged", changes.c.at >= since, ours(world, changes))) or 0
