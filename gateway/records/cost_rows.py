"""What the provider says that SMS and calls cost, and how many SMS each thing takes that is said by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from gateway.records.rows import call_ends, texts
from gateway.store.tables import ours


def written_since(world: Any, since: dt.datetime, most: int) -> Iterator[Row[Any]]:
    """(kind, key, number, about, at, words, cost) of the newest messages."""
    at = texts.c.made_at.label("at")
    query = select(texts.c.kind, texts.c.key, texts.c.number, texts.c.about, at, texts.c.words, texts.c.cost).where(
        texts.c.made_at >= since, ours(world, texts)
    )
    yield from world.read.execute(query.order_by(texts.c.made_at.desc()).limit(most), execution_options={"stream_results": True, "max_row_buffer": 1_000})


def cost_of_calls(world: Any, since: dt.datetime, most: int) -> list[str]:
    """What was said of each call at its end, where it was."""
    query = select(call_ends.c.cost).where(call_ends.c.at >= since, call_ends.c.cost.is_not(None), call_ends.c.cost != "", ours(world, call_ends))
    return [str(one) for one in world.read.scalars(query.order_by(call_ends.c.at.desc()).limit(most))]
