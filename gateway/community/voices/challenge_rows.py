"""Where challenges between groups are kept: one that runs, and those that ran."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, String, Table, select, update

from gateway.community.voices.model import CHALLENGE_MOST, Challenge
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours
from gateway.store.upsert import add_once

challenges = Table(
    "challenges",
    metadata,
    id_column(),
    organisation_column(),
    Column("title", String(CHALLENGE_MOST), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("state", String(4), nullable=False),
    Column("by", String(60), nullable=False),
    CheckConstraint("state IN ('open','over')", name="state"),
    CheckConstraint("until > since", name="until"),
    Index("uq_challenges_open", "organisation_id", unique=True, **only("state = 'open'")),
)

_CHALLENGE = [challenges.c[name] for name in ("id", "title", "since", "until", "state")]


def newest(world: Any) -> Challenge | None:
    """The one that runs, or the last that ran."""
    row = world.read.execute(select(*_CHALLENGE).where(ours(world, challenges)).order_by(challenges.c.id.desc()).limit(1)).one_or_none()
    return Challenge(*row) if row else None


def add(world: Any, title: str, until: dt.datetime, by: str) -> bool:
    """False while another runs: of two who begin one at once, one does."""
    values = {"title": title, "since": world.now(), "until": until, "state": "open", "by": by[:60]}
    return add_once(world.write, challenges, id=new_id(), organisation_id=world.organisation.id, **values)


def end(world: Any) -> bool:
    """False when none runs."""
    query = update(challenges).where(challenges.c.state == "open", ours(world, challenges))
    return bool(world.write.execute(query.values(state="over")).rowcount)
