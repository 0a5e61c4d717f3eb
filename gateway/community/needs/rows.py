"""Where what is set apart for needs is kept, and who said that they can do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    func,
    insert,
    select,
    update,
)

from gateway.community.items.model import OPEN, Item
from gateway.community.items.rows import ITEM
from gateway.community.items.tables import items
from gateway.community.needs.model import Reward
from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

rewards = Table(
    "need_rewards",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("transfer_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("winner_id", BigInteger),
    Column("in_points", Boolean, nullable=False, server_default=false()),
    Column("out_id", BigInteger),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("ended", Boolean, nullable=False, server_default=false()),
    Column("next_at", UtcTime),
    UniqueConstraint("transfer_id", "organisation_id"),
    CheckConstraint("state IN ('held','paid','returned')", name="state"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("(state = 'paid') = (winner_id IS NOT NULL)", name="winner"),
    CheckConstraint("winner_id <> member_id", name="another"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_need_rewards_open", "item_id", **only("state = 'held'")),
    Index("ix_need_rewards_member", "member_id"),
)

offers = Table(
    "need_offers",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_need_offers_member", "member_id", "at"),
)

_REWARD = [rewards.c[name] for name in ("item_id", "transfer_id", "amount", "state", "until", "member_id", "winner_id", "out_id", "tries", "in_points")]


def add(world: Any, *, item_id: int, transfer_id: int, amount: int, until: dt.datetime, member_id: int, in_points: bool) -> None:
    world.write.execute(insert(rewards).values(
        item_id=item_id, organisation_id=world.organisation.id, transfer_id=transfer_id, amount=amount, state="held", until=until, member_id=member_id,
        in_points=in_points,
    ))  # fmt: skip


def reward(world: Any, item_id: int) -> Reward | None:
    row = world.read.execute(select(*_REWARD).where(rewards.c.item_id == item_id, ours(world, rewards))).first()
    return Reward(*row) if row else None


def lock(world: Any, item_id: int) -> Reward:
    """What is set apart for a need, as nobody else can change it now."""
    query = select(*_REWARD).where(rewards.c.item_id == item_id, ours(world, rewards)).with_for_update()
    return Reward(*world.write.execute(query).one())


def change(world: Any, item_id: int, **values: Any) -> None:
    world.write.execute(update(rewards).where(rewards.c.item_id == item_id, ours(world, rewards)).values(**values))


def open_needs(world: Any, most: int) -> list[tuple[Item, Reward]]:
    """Needs that wait for somebody, the newest first."""
    return _joined(world, (rewards.c.state == "held") & (items.c.state.in_(OPEN)), most)


def needs_of(world: Any, member_id: int, most: int) -> list[tuple[Item, Reward]]:
    """What a member has set apart and not given yet."""
    return _joined(world, (rewards.c.member_id == member_id) & (rewards.c.state == "held"), most)


def all_needs(world: Any, most: int) -> list[tuple[Item, Reward]]:
    return _joined(world, rewards.c.amount > 0, most)


def _joined(world: Any, which: Any, most: int) -> list[tuple[Item, Reward]]:
    query = (
        select(*ITEM, *_REWARD)
        .join(rewards, (rewards.c.item_id == items.c.id) & (rewards.c.organisation_id == items.c.organisation_id))
        .where(which, ours(world, items))
        .order_by(items.c.id.desc())
        .limit(most)
    )
    return [(Item(*row[: len(ITEM)]), Reward(*row[len(ITEM) :])) for row in world.read.execute(query)]


def count_open(world: Any, member_id: int) -> int:
    query = select(func.count()).where(rewards.c.member_id == member_id, rewards.c.state == "held", ours(world, rewards))
    return world.read.scalar(query) or 0


def not_ended(world: Any, member_id: int) -> int:
    """How much of what a member has set apart is neither given nor back yet: of how many needs."""
    query = select(func.count()).where(rewards.c.member_id == member_id, ~rewards.c.ended, ours(world, rewards))
    return world.read.scalar(query) or 0


def to_look_after(world: Any, most: int) -> list[int]:
    """Needs whose time is over or that the staff has closed, and those whose way out is not known to have ended well.
    Those that were looked at longest ago first: what cannot move holds up nobody.
    """
    ended = (rewards.c.state == "held") & ((rewards.c.until <= world.now()) | items.c.state.not_in(("new", "held", *OPEN)))
    under_way = (rewards.c.state != "held") & ~rewards.c.ended
    query = (
        select(rewards.c.item_id)
        .join(items, (rewards.c.item_id == items.c.id) & (rewards.c.organisation_id == items.c.organisation_id))
        .where(ended | under_way, rewards.c.next_at.is_(None) | (rewards.c.next_at <= world.now()), ours(world, rewards))
    )
    return list(world.read.scalars(query.order_by(rewards.c.next_at.is_not(None), rewards.c.next_at, rewards.c.item_id).limit(most)))


def offer(world: Any, item_id: int, member_id: int) -> bool:
    """Somebody can do it. Whether that is new."""
    return add_once(world.write, offers, item_id=item_id, member_id=member_id, organisation_id=world.organisation.id, at=world.now())


def who_offered(world: Any, item_id: int, most: int) -> list[int]:
    query = select(offers.c.member_id).where(offers.c.item_id == item_id, ours(world, offers)).order_by(offers.c.at, offers.c.member_id)
    return list(world.read.scalars(query.limit(most)))


def count_offers(world: Any, item_ids: Sequence[int]) -> dict[int, int]:
    query = select(offers.c.item_id, func.count().label("times")).where(offers.c.item_id.in_(item_ids), ours(world, offers)).group_by(offers.c.item_id)
    return {row.item_id: row.times for row in world.read.execute(query)}


def offers_since(world: Any, member_id: int, since: dt.datetime) -> int:
    query = select(func.count()).where(offers.c.member_id == member_id, offers.c.at >= since, ours(world, offers))
    return world.read.scalar(query) or 0
