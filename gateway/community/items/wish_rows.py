"""What members wish of a change that is planned or done: try it first, wait, good, not good, bring the old back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, delete, func, select, update

from gateway.community.items.model import NEW_ACCOUNT_DAYS, Item
from gateway.community.items.plan_model import pauses
from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, only, organisation_column, refers
from gateway.store.upsert import add_once

wishes = Table(
    "item_wishes",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("wish", String(8), primary_key=True),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    CheckConstraint("wish IN ('try','wait','good','not_good','back')", name="wish"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_item_wishes_open", "organisation_id", "wish", "item_id", **only("answered_at IS NULL")),
)


def _here(world: Any) -> Any:
    return wishes.c.organisation_id == world.organisation.id


def wish(world: Any, item_id: int, member_id: int, name: str) -> bool:
    """Keep a wish, once; whether it was new. What was answered and is wished again is open again."""
    if add_once(world.write, wishes, item_id=item_id, member_id=member_id, organisation_id=world.organisation.id, wish=name, at=world.now()):
        return True
    mine = (wishes.c.item_id == item_id) & (wishes.c.member_id == member_id) & (wishes.c.wish == name) & _here(world)
    world.write.execute(update(wishes).where(mine, wishes.c.answered_at.is_not(None)).values(answered_at=None, at=world.now()))
    return False


def drop(world: Any, item_id: int, member_id: int, name: str) -> None:
    world.write.execute(delete(wishes).where(wishes.c.item_id == item_id, wishes.c.member_id == member_id, wishes.c.wish == name, _here(world)))


def count(world: Any, item_id: int, *, unanswered: bool = False) -> dict[str, int]:
    """Wish -> members, those excepted who are new here, and guests: what a crowd of new accounts wants holds nothing up."""
    since = world.now() - dt.timedelta(days=NEW_ACCOUNT_DAYS)
    same = (members.c.id == wishes.c.member_id) & (members.c.organisation_id == wishes.c.organisation_id) & (members.c.made_at <= since) & ~members.c.guest
    query = select(wishes.c.wish, func.count().label("heads")).select_from(wishes.join(members, same)).where(wishes.c.item_id == item_id, _here(world))
    query = query.where(wishes.c.answered_at.is_(None)) if unanswered else query
    return {row.wish: row.heads for row in world.read.execute(query.group_by(wishes.c.wish))}


def paused_by(world: Any, item: Item) -> int:
    """How many say wait and are still to be answered, when they are enough to hold it up; else 0."""
    all_wishes, unanswered = count(world, item.id), count(world, item.id, unanswered=True)
    waits = unanswered.get("wait", 0)
    return waits if pauses(waits, all_wishes.get("try", 0), item.supporters) else 0


def since(world: Any, name: str, moment: dt.datetime) -> list[Any]:
    """(item, when, when it was answered) of a wish in a span, in the order in which they came."""
    query = select(wishes.c.item_id, wishes.c.at, wishes.c.answered_at).where(wishes.c.wish == name, wishes.c.at >= moment, _here(world))
    return list(world.read.execute(query.order_by(wishes.c.at, wishes.c.member_id)))


def who(world: Any, item_id: int, names: Sequence[str]) -> list[int]:
    """The members whose wish has no answer yet."""
    query = select(wishes.c.member_id).where(wishes.c.item_id == item_id, wishes.c.wish.in_(names), wishes.c.answered_at.is_(None), _here(world))
    return list(dict.fromkeys(world.read.scalars(query.order_by(wishes.c.at))))


def answer(world: Any, item_id: int, names: Sequence[str], at: dt.datetime) -> None:
    mine = (wishes.c.item_id == item_id) & wishes.c.wish.in_(names) & wishes.c.answered_at.is_(None)
    world.write.execute(update(wishes).where(mine, _here(world)).values(answered_at=at))


def most_wished(world: Any, names: Sequence[str], most: int) -> list[tuple[int, str, int]]:
    """(item, wish, members without an answer), the most first."""
    heads = func.count().label("heads")
    query = select(wishes.c.item_id, wishes.c.wish, heads).where(wishes.c.wish.in_(names), wishes.c.answered_at.is_(None), _here(world))
    return [tuple(row) for row in world.read.execute(query.group_by(wishes.c.item_id, wishes.c.wish).order_by(heads.desc()).limit(most))]


def wished_since(world: Any, name: str, since: dt.datetime) -> int:
    """How many wishes of this name were made since then."""
    query = select(func.count()).select_from(wishes).where(wishes.c.wish == name, wishes.c.at >= since, _here(world))
    return int(world.read.scalar(query) or 0)
