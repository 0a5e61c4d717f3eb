"""Who helped how many, and whose powers rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, delete, select

from gateway.community.items.tables import changes, comments, items
from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

WHY_MOST = 60
JOINS_READ = 500  # the last joins of all, among which those of one helper and day are counted

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


def helped_by_asker(world: Any, member_ids: Iterable[int], since: dt.datetime, askers_from: dt.datetime) -> list[tuple[int, int, str]]:
    """(helper, asker, the asker's phone) of answers that an asker says helped and that all can still read, from accounts old enough by now."""
    query = (
        select(comments.c.member_id, items.c.member_id, items.c.phone)
        .join_from(comments, items, (items.c.id == comments.c.item_id) & (items.c.organisation_id == comments.c.organisation_id))
        .join(members, (members.c.id == items.c.member_id) & (members.c.organisation_id == items.c.organisation_id))
        .where(comments.c.member_id.in_(set(member_ids)), comments.c.kind == "answer", comments.c.helped, comments.c.made_at >= since)
        .where(comments.c.state == "open", items.c.state.not_in(("withdrawn", "held", "declined", "refused")))
        .where(members.c.made_at <= askers_from, ours(world, comments))
        .distinct()
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


def joined_by(world: Any, by: str, since: dt.datetime) -> int:
    """Items that somebody has joined to others since then."""
    newest = select(changes.c.by, changes.c.at).where(changes.c.after == "merged", ours(world, changes)).order_by(changes.c.id.desc()).limit(JOINS_READ)
    return sum(row.by == by and row.at >= since for row in world.write.execute(newest))


def parted_by_author(world: Any, item_id: int) -> bool:
    """Whether whose it is has said before that it is not the same as another."""
    query = select(changes.c.id).where(changes.c.item_id == item_id, changes.c.before == "merged", changes.c.by == "the author", ours(world, changes))
    return world.read.execute(query.limit(1)).first() is not None
