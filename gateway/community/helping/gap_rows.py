"""What was asked of each topic, and what came of it, counted from the questions themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import case, func, select

from gateway.community.items.tables import comments, items
from gateway.store.tables import ours


def questions(world: Any, since: dt.datetime) -> dict[str, tuple[int, int, int]]:
    """Topic -> (questions since then that were not taken back nor joined to another, those with an answer, those whose answer helped)."""
    given = (comments.c.item_id == items.c.id) & (comments.c.organisation_id == items.c.organisation_id)
    answers = select(comments.c.id).where(given, comments.c.kind.in_(("answer", "official")), comments.c.state == "open")
    query = (
        select(
            items.c.topic,
            func.count().label("asked"),
            func.sum(case((answers.exists(), 1), else_=0)).label("answered"),
            func.sum(case((answers.where(comments.c.helped).exists(), 1), else_=0)).label("helped"),
        )
        .where(items.c.kind == "question", items.c.made_at >= since, items.c.state.not_in(("withdrawn", "refused", "merged")), ours(world, items))
        .group_by(items.c.topic)
    )
    return {row.topic: (row.asked, int(row.answered), int(row.helped)) for row in world.read.execute(query)}
