"""What a brake looks at: how many vote on a thing in an hour, and what is usual here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from gateway.community.items.rows import OF_A_MEMBER
from gateway.community.items.tables import votes


def hour_of_votes(world: Any, ids: Sequence[int], since: dt.datetime) -> list[tuple[int | None, dt.datetime, dt.datetime]]:
    """(group, when the voter's vote counts, when it was cast) of the votes on these since."""
    query = select(votes.c.group_id, votes.c.counts_from, votes.c.at).where(
        votes.c.item_id.in_(ids), votes.c.at >= since, OF_A_MEMBER, votes.c.organisation_id == world.organisation.id
    )
    return [tuple(row) for row in world.read.execute(query)]


def busy_hours(world: Any, since: dt.datetime) -> list[int]:
    """Votes of each item in each hour of a span: what is usual here."""
    at = votes.c.at
    hour = func.strftime("%Y-%m-%d %H", at) if world.read.dialect.name == "sqlite" else func.date_trunc("hour", at)
    query = select(func.count()).where(at >= since, votes.c.organisation_id == world.organisation.id).group_by(votes.c.item_id, hour)
    return [int(one) for one in world.read.scalars(query)]
