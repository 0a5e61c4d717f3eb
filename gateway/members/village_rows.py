"""Where members live, as they say it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from gateway.members.rows import members
from gateway.store.tables import ours


def villages_here(world: Any, fewest: int, most: int) -> list[str]:
    """Villages in which so many members live, as most of them write it, the biggest first."""
    place = func.lower(members.c.village)
    query = select(func.max(members.c.village)).where(members.c.status == "active", members.c.village != "", ours(world, members))
    query = query.group_by(place).having(func.count() >= fewest).order_by(func.count().desc(), place).limit(most)
    return list(world.read.scalars(query))
