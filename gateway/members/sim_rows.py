"""Where the numbers of a member are kept, and which number was asked for as another one of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, String, Table, delete, insert, select, update

from gateway.members.rows import numbers
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

asks = Table(
    "sim_asks",
    metadata,
    Column("number", String(16), primary_key=True),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    refers("member_id", "members"),
)


def numbers_of(world: Any, member_id: int) -> list[str]:
    """The first one first."""
    query = select(numbers.c.number).where(numbers.c.member_id == member_id, ours(world, numbers)).order_by(numbers.c.since, numbers.c.number)
    return list(world.read.scalars(query))


def numbers_of_many(world: Any, member_ids: Sequence[int]) -> list[tuple[int, str, dt.datetime]]:
    """(member, number, since when it is theirs) of all SIMs of these members."""
    query = select(numbers.c.member_id, numbers.c.number, numbers.c.since).where(numbers.c.member_id.in_(member_ids), ours(world, numbers))
    return [tuple(row) for row in world.read.execute(query)]


def since(world: Any, number: str) -> dt.datetime | None:
    """When a number came to whoever has it."""
    at: dt.datetime | None = world.read.scalar(select(numbers.c.since).where(numbers.c.number == number, ours(world, numbers)))
    return at


def count_try(world: Any, number: str) -> int:
    """One more wrong PIN on a SIM that was asked for; how many it has been."""
    world.write.execute(update(asks).where(asks.c.number == number, ours(world, asks)).values(tries=asks.c.tries + 1))
    return world.write.scalar(select(asks.c.tries).where(asks.c.number == number, ours(world, asks))) or 0


def ask(world: Any, number: str, member_id: int) -> None:
    """Who asks last is meant."""
    if not add_once(world.write, asks, number=number, organisation_id=world.organisation.id, member_id=member_id, at=world.now()):
        world.write.execute(update(asks).where(asks.c.number == number, ours(world, asks)).values(member_id=member_id, at=world.now(), tries=0))


def asked_by(world: Any, number: str, since: dt.datetime) -> int | None:
    id: int | None = world.read.scalar(select(asks.c.member_id).where(asks.c.number == number, asks.c.at >= since, ours(world, asks)))
    return id


def forget(world: Any, number: str) -> None:
    world.write.execute(delete(asks).where(asks.c.number == number, ours(world, asks)))


def add(world: Any, number: str, member_id: int) -> None:
    world.write.execute(insert(numbers).values(number=number, organisation_id=world.organisation.id, member_id=member_id, since=world.now()))
    forget(world, number)
    world.seen.clear()


def drop(world: Any, number: str, member_id: int) -> None:
    world.write.execute(delete(numbers).where(numbers.c.number == number, numbers.c.member_id == member_id, ours(world, numbers)))
    world.seen.clear()
