"""What members of a village say of what waits because its author is new: whether it is fine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Table, delete, func, select

from gateway.community.helping.model import TO_ONE
from gateway.community.items.model import OWN, Item
from gateway.community.items.rows import ITEM
from gateway.community.items.tables import items
from gateway.members.model import Member
from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

lets = Table(
    "item_let_in",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("fine", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
    refers("member_id", "members"),
)


def waiting(world: Any, member: Member, kinds: Sequence[str], most: int) -> list[Item]:
    """What others of the same village told and waits, that this member has not spoken of yet; the oldest first. What is sealed is not among it, nor what is
    for one member alone.
    """
    same = (members.c.id == items.c.member_id) & (members.c.organisation_id == items.c.organisation_id)
    mine = select(lets.c.item_id).where(lets.c.item_id == items.c.id, lets.c.member_id == member.id, lets.c.organisation_id == items.c.organisation_id)
    query = (
        select(*ITEM)
        .select_from(items.join(members, same))
        .where(items.c.state == "held", items.c.kind.in_(kinds) | items.c.kind.like(f"{OWN}%"), items.c.shown != "sealed")
        .where(items.c.about.not_like(f"{TO_ONE}%"))
        .where(func.lower(members.c.village) == member.village.lower(), members.c.id != member.id, ~mine.exists(), ours(world, items))
    )
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.id).limit(most))]


def say(world: Any, item_id: int, member_id: int, *, fine: bool) -> bool:
    """Once for each member; whether it was their first word."""
    return add_once(world.write, lets, item_id=item_id, member_id=member_id, organisation_id=world.organisation.id, fine=fine, at=world.now())


def forget(world: Any, item_id: int) -> None:
    """What was found fine are no longer the words."""
    world.write.execute(delete(lets).where(lets.c.item_id == item_id, ours(world, lets)))


def said_of(world: Any, item_ids: Sequence[int]) -> dict[int, list[tuple[int, bool]]]:
    """Item -> (who, whether it is fine)."""
    found: dict[int, list[tuple[int, bool]]] = {}
    query = select(lets.c.item_id, lets.c.member_id, lets.c.fine).where(lets.c.item_id.in_(list(item_ids)), ours(world, lets))
    for row in world.write.execute(query) if len(item_ids) == 1 else world.read.execute(query):
        found.setdefault(row.item_id, []).append((row.member_id, row.fine))
    return found
