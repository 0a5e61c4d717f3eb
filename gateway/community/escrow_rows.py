"""What members have set apart, counted from what was promised and from how each transfer ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from gateway.community.commons.rows import shares
from gateway.community.needs.gift_rows import gifts
from gateway.community.needs.rows import rewards
from gateway.ledger.tables import ends
from gateway.money.rewards import in_escrow
from gateway.store.tables import ours


def set_apart(world: Any, *, points: bool = False) -> int:
    """The smallest units (or the points) that rewards, what was added to them, and shares have in escrow: gone in, and not come out again.

    At any moment this is the balance of the escrow account, for nothing else may move there; read both in one snapshot.
    """
    came_in, went_out = ends.alias(), ends.alias()
    in_points = select(rewards.c.item_id).where(rewards.c.in_points, ours(world, rewards))
    total = 0
    for table in (rewards, gifts) if points else (rewards, gifts, shares):
        there = (came_in.c.transfer_id == table.c.transfer_id) & (came_in.c.organisation_id == table.c.organisation_id) & (came_in.c.state == "posted")
        gone = (went_out.c.transfer_id == table.c.out_id) & (went_out.c.organisation_id == table.c.organisation_id) & (went_out.c.state == "posted")
        query = select(func.coalesce(func.sum(table.c.amount), 0)).select_from(table.join(came_in, there).outerjoin(went_out, gone))
        if table is not shares:
            query = query.where(table.c.item_id.in_(in_points) if points else table.c.item_id.not_in(in_points))
        total += int(world.read.scalar(query.where(went_out.c.transfer_id.is_(None), ours(world, table))))
    return total


def adrift(world: Any) -> int:
    """How far the escrow accounts are from what is set apart, in money and in points together. Always nothing."""
    return sum(abs(in_escrow(world, points=points) - set_apart(world, points=points)) for points in (False, True))
