"""How often something went wrong: counted from hops, messages and payments asked back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from gateway.community.items.tables import items
from gateway.money.tables import disputes
from gateway.records.rows import hops, texts, texts_in
from gateway.store.tables import ours


def unclear_keys(world: Any, since: dt.datetime) -> int:
    return _count(world, select(func.count()).where(hops.c.note == "unclear", hops.c.at >= since, ours(world, hops)))


def left_at_pin(world: Any, since: dt.datetime) -> int:
    """Calls whose last screen asked for a PIN. A PIN that was right leads on to a last sentence."""
    last = select(func.max(hops.c.id)).where(hops.c.at >= since, ours(world, hops)).group_by(hops.c.call)
    return _count(world, select(func.count()).where(hops.c.id.in_(last), hops.c.label.like("%.pin"), ours(world, hops)))


def pins_by_text(world: Any, since: dt.datetime) -> int:
    return _meant(world, "pin", since)


def unread_words(world: Any, since: dt.datetime) -> int:
    return _meant(world, "asked", since)


def wrong_receivers(world: Any, since: dt.datetime) -> int:
    """Payments asked back, and those said to have gone to somebody else."""
    back = _count(world, select(func.count()).where(disputes.c.made_at >= since, ours(world, disputes)))
    said = select(func.count()).where(items.c.kind == "wrong", items.c.topic == "wrong_person", items.c.made_at >= since, ours(world, items))
    return back + _count(world, said)


def locked_pins(world: Any, since: dt.datetime) -> int:
    """PINs that were locked after three tries: each time an SMS says so."""
    return _count(world, select(func.count()).where(texts.c.key.like("locked:%"), texts.c.made_at >= since, ours(world, texts)))


def _meant(world: Any, meaning: str, since: dt.datetime) -> int:
    return _count(world, select(func.count()).where(texts_in.c.meaning == meaning, texts_in.c.at >= since, ours(world, texts_in)))


def _count(world: Any, query: Any) -> int:
    return int(world.read.scalar(query) or 0)
