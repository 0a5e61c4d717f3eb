"""Where members say why they vote as they do. It stands with their name, apart from the ballot, which stands with nobody's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, UniqueConstraint, delete, func, select, update

from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, ours, refers
from gateway.store.upsert import add_once

vote_reasons = Table(
    "vote_reasons",
    metadata,
    id_column(),
    organisation_column(),
    Column("vote_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("words", String(80), nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("vote_id", "member_id", "organisation_id"),
    refers("vote_id", "group_votes"),
    refers("member_id", "members"),
)


@dataclass(frozen=True)
class Reason:
    id: int
    vote_id: int
    member_id: int
    words: str
    at: dt.datetime


_REASON = [vote_reasons.c[one.name] for one in fields(Reason)]


def put(world: Any, vote_id: int, member_id: int, words: str) -> None:
    """What a member says to a vote, as they say it last."""
    said = {"words": words, "at": world.now()}
    if not add_once(world.write, vote_reasons, id=new_id(), organisation_id=world.organisation.id, vote_id=vote_id, member_id=member_id, **said):
        here = (vote_reasons.c.vote_id == vote_id) & (vote_reasons.c.member_id == member_id) & ours(world, vote_reasons)
        world.write.execute(update(vote_reasons).where(here).values(**said))


def of_vote(world: Any, vote_id: int, most: int) -> list[Reason]:
    """The newest first."""
    query = select(*_REASON).where(vote_reasons.c.vote_id == vote_id, ours(world, vote_reasons)).order_by(vote_reasons.c.at.desc(), vote_reasons.c.id)
    return [Reason(*row) for row in world.read.execute(query.limit(most))]


def how_many(world: Any, vote_ids: list[int]) -> dict[int, int]:
    query = select(vote_reasons.c.vote_id, func.count()).where(vote_reasons.c.vote_id.in_(vote_ids), ours(world, vote_reasons))
    return {row[0]: row[1] for row in world.read.execute(query.group_by(vote_reasons.c.vote_id))}


def by_id(world: Any, id: int) -> Reason | None:
    row = world.read.execute(select(*_REASON).where(vote_reasons.c.id == id, ours(world, vote_reasons))).one_or_none()
    return Reason(*row) if row else None


def drop(world: Any, id: int) -> bool:
    return bool(world.write.execute(delete(vote_reasons).where(vote_reasons.c.id == id, ours(world, vote_reasons))).rowcount)
