"""What others have added to the reward of a need, each in escrow until the reward itself has gone one way or the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, Table, UniqueConstraint, false, func, select, update

from gateway.community.items.model import OPEN
from gateway.community.items.tables import items
from gateway.community.needs.model import Reward
from gateway.community.needs.rows import rewards
from gateway.ledger.model import NOTHING_MOVED
from gateway.ledger.tables import ends
from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

gifts = Table(
    "need_gifts",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("transfer_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("out_id", BigInteger),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("ended", Boolean, nullable=False, server_default=false()),
    Column("next_at", UtcTime),
    UniqueConstraint("transfer_id", "organisation_id"),
    CheckConstraint("amount > 0", name="amount"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_need_gifts_member", "member_id"),
    Index("ix_need_gifts_open", "item_id", **only("NOT ended")),
)


@dataclass(frozen=True)
class Gift:
    """What a member added. `out_id` is the transfer that took it out again, `tries` how often such a one was refused."""

    item_id: int
    member_id: int
    transfer_id: int
    amount: int
    out_id: int | None
    tries: int
    ended: bool


_GIFT = [gifts.c[name] for name in ("item_id", "member_id", "transfer_id", "amount", "out_id", "tries", "ended")]


def _that(item_id: int, member_id: int) -> Any:
    return (gifts.c.item_id == item_id) & (gifts.c.member_id == member_id)


def gift(world: Any, item_id: int, member_id: int) -> Gift | None:
    """As nobody else can change it now."""
    row = world.write.execute(select(*_GIFT).where(_that(item_id, member_id), ours(world, gifts)).with_for_update()).first()
    return Gift(*row) if row else None


def put(world: Any, *, item_id: int, member_id: int, transfer_id: int, amount: int) -> None:
    """One of a member for a need; where an earlier one came to nothing, this one stands in its place."""
    values = {"transfer_id": transfer_id, "amount": amount, "out_id": None, "tries": 0, "ended": False, "next_at": None}
    if not add_once(world.write, gifts, item_id=item_id, member_id=member_id, organisation_id=world.organisation.id, **values):
        world.write.execute(update(gifts).where(_that(item_id, member_id), ours(world, gifts)).values(**values))


def change(world: Any, one: Gift, **values: Any) -> None:
    world.write.execute(update(gifts).where(_that(one.item_id, one.member_id), ours(world, gifts)).values(**values))


def added(world: Any, item_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Need -> (members who added to it, how much in all). What could not be set apart is left out."""
    failed = (ends.c.transfer_id == gifts.c.transfer_id) & (ends.c.organisation_id == gifts.c.organisation_id) & ends.c.state.in_(NOTHING_MOVED)
    query = select(gifts.c.item_id, func.count().label("heads"), func.sum(gifts.c.amount).label("amount")).where(gifts.c.item_id.in_(list(item_ids)))
    query = query.where(~select(ends.c.transfer_id).where(failed).exists(), ours(world, gifts)).group_by(gifts.c.item_id)
    return {row.item_id: (row.heads, int(row.amount)) for row in world.read.execute(query)}


def together(world: Any, held: Reward) -> int:
    """A reward with all that others have added."""
    return held.amount + added(world, [held.item_id]).get(held.item_id, (0, 0))[1]


def not_ended(world: Any, member_id: int) -> int:
    """Of how many needs a member has money in escrow that was added to them."""
    return world.read.scalar(select(func.count()).where(gifts.c.member_id == member_id, ~gifts.c.ended, ours(world, gifts))) or 0


def to_settle(world: Any, most: int) -> list[tuple[int, int]]:
    """(need, member) of what waits for its way out: the reward has gone its way for good, or nobody can earn it any more, whatever holds the reward
    itself back. What was looked at longest ago first.
    """
    over = rewards.c.ended | ((rewards.c.state == "held") & ((rewards.c.until <= world.now()) | items.c.state.not_in(("new", "held", *OPEN))))
    query = (
        select(gifts.c.item_id, gifts.c.member_id)
        .join(rewards, (rewards.c.item_id == gifts.c.item_id) & (rewards.c.organisation_id == gifts.c.organisation_id))
        .join(items, (items.c.id == gifts.c.item_id) & (items.c.organisation_id == gifts.c.organisation_id))
        .where(~gifts.c.ended, over, gifts.c.next_at.is_(None) | (gifts.c.next_at <= world.now()), ours(world, gifts))
    )
    ordered = query.order_by(gifts.c.next_at.is_not(None), gifts.c.next_at, gifts.c.item_id, gifts.c.member_id)
    return [(row.item_id, row.member_id) for row in world.read.execute(ordered.limit(most))]
