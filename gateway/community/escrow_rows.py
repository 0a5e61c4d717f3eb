"""What members have set apart, counted from what was promised and from how each transfer ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from gateway.community.commons.rows import shares
from gateway.community.needs.gift_rows import gifts
from gateway.community.needs.rows import rewards
from gateway.ledger.tables import ends


def set_apart(world: Any) -> int:
    """The smallest units that rewards, what was added to them, and shares have in escrow: gone in, and not come out again.

    At any moment this is the balance of the escrow account, for nothing else may move there; read both in one snapshot.
    """
    came_in, went_out = ends.alias(), ends.alias()
    total = 0
    for table in (rewards, gifts, shares):
        there = (came_in.c.transfer_id == table.c.transfer_id) & (came_in.c.organisation_id == table.c.organisation_id) & (came_in.c.state == "posted")
        gone = (went_out.c.transfer_id == table.c.out_id) & (went_out.c.organisation_id == table.c.organisation_id) & (went_out.c.state == "posted")
        query = select(func.coalesce(func.sum(table.c.amount), 0)).select_from(table.join(came_in, there).outerjoin(went_out, gone))
        total += int(world.read.scalar(query.where(went_out.c.transfer_id.is_(None), table.c.organisation_id == world.organisation.id)))
    return total
