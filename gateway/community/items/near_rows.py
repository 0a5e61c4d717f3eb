"""What is said near a member: in their village and their groups; and how much was voted and said about it lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select

from gateway.community.groups import rows as groups
from gateway.community.items.model import Item
from gateway.community.items.rows import ITEM, OF_A_MEMBER
from gateway.community.items.tables import comments, items, votes
from gateway.members.model import Member
from gateway.members.rows import members
from gateway.store.tables import ours


def near(world: Any, member: Member, states: Sequence[str], most: int) -> list[Item]:
    """Ideas of members of the same village, and of the member's groups; the newest. Of the groups what is held comes too, for whatever reason."""
    mine = [one.id for one in groups.of_member(world, member.id)]
    same = (members.c.id == items.c.member_id) & (members.c.organisation_id == items.c.organisation_id)
    close: list[Any] = [items.c.group_id.in_(mine)] if mine else []
    if member.village:
        close.append(func.lower(members.c.village) == member.village.lower())
    if not close:
        return []
    query = select(*ITEM).select_from(items.join(members, same)).where(items.c.kind == "idea", ours(world, items))
    query = query.where(or_(and_(items.c.state.in_(states), or_(*close)), and_(items.c.state == "held", items.c.group_id.in_(mine))))
    query = query.where(items.c.shown != "sealed")  # where whoever wrote it lives would tell who it was
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.id.desc()).limit(most))]


def best_of(world: Any, states: Sequence[str], most: int, *, group_id: int | None = None, village: str = "") -> list[Item]:
    """The best ideas of a group, or of a village, by score. What is sealed is in neither: the list would tell where its author is."""
    same = (members.c.id == items.c.member_id) & (members.c.organisation_id == items.c.organisation_id)
    which = (items.c.group_id == group_id) if group_id is not None else (func.lower(members.c.village) == village)
    query = select(*ITEM).select_from(items.join(members, same)).where(items.c.kind == "idea", items.c.state.in_(states), which, ours(world, items))
    query = query.where(items.c.shown != "sealed")
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.score.desc(), items.c.id.desc()).limit(most))]


def lately(world: Any, item_ids: Sequence[int], since: dt.datetime) -> dict[int, tuple[int, int]]:
    """Item -> (votes for it, things said about it) since."""
    found: dict[int, tuple[int, int]] = {}
    cast = select(votes.c.item_id, func.count().label("times")).where(votes.c.item_id.in_(item_ids), votes.c.choice == 1, votes.c.at >= since)
    for row in world.read.execute(cast.where(OF_A_MEMBER, ours(world, votes)).group_by(votes.c.item_id)):
        found[row.item_id] = (row.times, 0)
    said = select(comments.c.item_id, func.count().label("times")).where(comments.c.item_id.in_(item_ids), comments.c.made_at >= since)
    for row in world.read.execute(said.where(comments.c.state == "open", ours(world, comments)).group_by(comments.c.item_id)):
        found[row.item_id] = (found.get(row.item_id, (0, 0))[0], row.times)
    return found
