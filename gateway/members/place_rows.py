"""The places that calls keep for words which come by SMS: one for each number, or for each line of a shared phone."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import Column, String, Table, Text, delete, insert, select

from gateway.members.rows import line
from gateway.store.tables import UtcTime, metadata, organisation_column

kept_places = Table(
    "kept_places",
    metadata,
    Column("number", String(16), primary_key=True),
    organisation_column(),
    Column("at", String(80), nullable=False),
    Column("heard", Text, nullable=False),
    Column("until", UtcTime, nullable=False),
)


def keep_place(world: Any, number: str, at: str, answers: dict[str, Any], words: dict[str, Any], until: dt.datetime) -> None:
    """The question that the next words of this number answer; the last one asked."""
    forget_place(world, number)
    heard = json.dumps([answers, words])
    world.write.execute(insert(kept_places).values(number=line(number), organisation_id=world.organisation.id, at=at, heard=heard, until=until))


def kept_place(world: Any, number: str, now: dt.datetime) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """(place, answers so far, words so far)"""
    query = select(kept_places.c.at, kept_places.c.heard).where(
        kept_places.c.number == line(number), kept_places.c.until > now, kept_places.c.organisation_id == world.organisation.id
    )
    row = world.read.execute(query).one_or_none()
    return (row.at, *json.loads(row.heard)) if row else None


def forget_place(world: Any, number: str) -> None:
    world.write.execute(delete(kept_places).where(kept_places.c.number == line(number), kept_places.c.organisation_id == world.organisation.id))


def forget_places(connection: Any, before: dt.datetime) -> int:
    """Those whose time is over."""
    return int(connection.execute(delete(kept_places).where(kept_places.c.until < before)).rowcount)
