"""Where sealed words wait and where sealed names are kept. Nothing here says when or on which call something was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Index, String, Table, Text, delete, insert, select, update

from gateway.community.sealed.box import Lock
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, refers

locks = Table(
    "seal_locks",
    metadata,
    id_column(),
    organisation_column(),
    Column("public", Text, nullable=False),
    Column("private", Text, nullable=False),
    Column("salt", String(40), nullable=False),
    Column("first_holder", String(40), nullable=False),
    Column("second_holder", String(40), nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

# Until the clock carries several together to the inbox. The number is the key: an id of ours would tell the moment.
waiting = Table(
    "sealed_waiting",
    metadata,
    organisation_column(),
    Column("number", String(8), primary_key=True),
    Column("words", String(80), nullable=False),
    Column("lock_id", BigInteger, nullable=False),
    Column("box", Text, nullable=False),
)

names = Table(
    "sealed_names",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("lock_id", BigInteger, nullable=False),
    Column("box", Text, nullable=False),
    Column("opened_at", UtcTime),
    Column("opened_by", String(60), nullable=False, server_default=""),
    Column("why", String(80), nullable=False, server_default=""),
    refers("item_id", "items"),
    Index("ix_sealed_names_lock", "lock_id"),
)


@dataclass(frozen=True)
class HeldLock:
    id: int
    lock: Lock
    first_holder: str
    second_holder: str
    made_at: Any


@dataclass(frozen=True)
class SealedName:
    item_id: int
    lock_id: int
    box: str
    opened_at: Any
    opened_by: str
    why: str


def _here(world: Any, table: Any) -> Any:
    return table.c.organisation_id == world.organisation.id


def _held(row: Any) -> HeldLock:
    return HeldLock(row.id, Lock(row.public, row.private, row.salt), row.first_holder, row.second_holder, row.made_at)


def newest_lock(world: Any) -> HeldLock | None:
    """The one that seals now."""
    row = world.read.execute(select(locks).where(_here(world, locks)).order_by(locks.c.id.desc()).limit(1)).one_or_none()
    return _held(row) if row else None


def lock(world: Any, id: int) -> HeldLock | None:
    row = world.read.execute(select(locks).where(locks.c.id == id, _here(world, locks))).one_or_none()
    return _held(row) if row else None


def add_lock(world: Any, made: Lock, first_holder: str, second_holder: str) -> None:
    values = {"public": made.public, "private": made.private, "salt": made.salt, "first_holder": first_holder, "second_holder": second_holder}
    world.write.execute(insert(locks).values(id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values))


def wait(world: Any, number: str, words: str, lock_id: int, box: str) -> None:
    world.write.execute(insert(waiting).values(organisation_id=world.organisation.id, number=number, words=words, lock_id=lock_id, box=box))


def waits(world: Any, number: str) -> bool:
    return world.read.scalar(select(waiting.c.number).where(waiting.c.number == number, _here(world, waiting))) is not None


def take_waiting(world: Any) -> list[Any]:
    """All that wait, by their number, and none of them afterwards."""
    some = list(world.write.execute(select(waiting).where(_here(world, waiting)).order_by(waiting.c.number)))
    world.write.execute(delete(waiting).where(_here(world, waiting)))
    return some


def add_name(world: Any, item_id: int, lock_id: int, box: str) -> None:
    world.write.execute(insert(names).values(organisation_id=world.organisation.id, item_id=item_id, lock_id=lock_id, box=box))


def name_of(world: Any, item_id: int) -> SealedName | None:
    query = select(names.c.item_id, names.c.lock_id, names.c.box, names.c.opened_at, names.c.opened_by, names.c.why)
    row = world.read.execute(query.where(names.c.item_id == item_id, _here(world, names))).one_or_none()
    return SealedName(*row) if row else None


def all_names(world: Any, most: int) -> list[SealedName]:
    query = select(names.c.item_id, names.c.lock_id, names.c.box, names.c.opened_at, names.c.opened_by, names.c.why)
    return [SealedName(*row) for row in world.read.execute(query.where(_here(world, names)).order_by(names.c.item_id.desc()).limit(most))]


def note_opened(world: Any, item_id: int, by: str, why: str) -> None:
    where = (names.c.item_id == item_id) & _here(world, names)
    world.write.execute(update(names).where(where).values(opened_at=world.now(), opened_by=by[:60], why=why[:80]))
