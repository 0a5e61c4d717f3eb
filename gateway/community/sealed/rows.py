"""Where sealed words wait, where halves of names are kept, and who holds the keys. Nothing here says on which call something was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, String, Table, Text, UniqueConstraint, delete, func, insert, select, update

from gateway.community.groups.rows import groups
from gateway.community.items.tables import items
from gateway.community.sealed.model import Key, Name, in_steps
from gateway.ledger.tables import organisations
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

keys = Table(
    "seal_keys",
    metadata,
    id_column(),
    organisation_column(),
    Column("login", String(40), nullable=False),
    Column("public", Text, nullable=False),
    Column("private", Text, nullable=False),
    Column("salt", String(40), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("given_back_at", UtcTime),
    Index("uq_seal_keys_live", "login", "organisation_id", unique=True, **only("given_back_at IS NULL")),
)

# Until several are mixed. Both marks are keyed, the body is encrypted: without the keys of this installation a row says that somebody wrote.
waiting = Table(
    "sealed_waiting",
    metadata,
    organisation_column(),
    Column("who", String(64), primary_key=True),
    Column("number", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    UniqueConstraint("number", "organisation_id"),
)

names = Table(
    "sealed_names",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("first_key", BigInteger, nullable=False),
    Column("first_box", Text, nullable=False),
    Column("second_key", BigInteger, nullable=False),
    Column("second_box", Text, nullable=False),
    Column("opened_at", UtcTime),
    Column("opened_by", String(90), nullable=False, server_default=""),
    Column("why", String(80), nullable=False, server_default=""),
    refers("item_id", "items"),
    refers("first_key", "seal_keys"),
    refers("second_key", "seal_keys"),
)

halves = Table(
    "sealed_halves",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("half", Text, nullable=False),
    Column("login", String(40), nullable=False),
    Column("why", String(80), nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
    refers("key_id", "seal_keys"),
    Index("ix_sealed_halves_at", "at"),
)

_KEY = [keys.c[name] for name in ("id", "login", "public", "private", "salt", "made_at")]
_NAME = [names.c[name] for name in ("item_id", "first_key", "first_box", "second_key", "second_box", "opened_at", "opened_by", "why")]


def lock(world: Any) -> None:
    """Nobody else takes a key until this is committed."""
    world.write.execute(select(organisations.c.id).where(organisations.c.id == world.organisation.id).with_for_update())


def live_keys(world: Any) -> list[Key]:
    """Of who holds one now, the oldest first."""
    query = select(*_KEY).where(keys.c.given_back_at.is_(None), ours(world, keys)).order_by(keys.c.id)
    return [Key(*row) for row in world.read.execute(query)]


def key(world: Any, id: int) -> Key | None:
    """Any there ever was: names sealed with it open with nothing else."""
    row = world.read.execute(select(*_KEY).where(keys.c.id == id, ours(world, keys))).one_or_none()
    return Key(*row) if row else None


def add_key(world: Any, *, login: str, public: str, private: str, salt: str) -> None:
    here = {"id": new_id(), "organisation_id": world.organisation.id}
    world.write.execute(insert(keys).values(**here, login=login, public=public, private=private, salt=salt, made_at=world.now()))


def give_back(world: Any, login: str) -> bool:
    query = update(keys).where(keys.c.login == login, keys.c.given_back_at.is_(None), ours(world, keys))
    return bool(world.write.execute(query.values(given_back_at=world.now())).rowcount)


# What waits.


def wait(world: Any, who: str, number: str, body: str) -> bool:
    """False when something of the same member waits already, or with the same number."""
    return add_once(world.write, waiting, who=who, organisation_id=world.organisation.id, number=number, body=body, since=in_steps(world.now()))


def say_otherwise(world: Any, marks: Sequence[str], body: str) -> None:
    world.write.execute(update(waiting).where(waiting.c.who.in_(list(marks)), ours(world, waiting)).values(body=body))


def waits_of(world: Any, marks: Sequence[str]) -> str | None:
    """The body of what waits of somebody."""
    found: str | None = world.read.scalar(select(waiting.c.body).where(waiting.c.who.in_(list(marks)), ours(world, waiting)))
    return found


def waits_with(world: Any, marks: Sequence[str]) -> bool:
    """Whether something waits under one of these marks of a number."""
    return world.read.scalar(select(waiting.c.number).where(waiting.c.number.in_(list(marks)), ours(world, waiting))) is not None


def how_many_wait(world: Any, before: dt.datetime | None = None) -> int:
    """All, or those that have waited since before a moment."""
    rested = [] if before is None else [waiting.c.since <= before]
    return int(world.read.scalar(select(func.count()).where(ours(world, waiting), *rested)) or 0)


def rested(world: Any, before: dt.datetime) -> dict[str, str]:
    """Who -> body of what has waited since before a moment. Nobody else touches these until this is committed."""
    query = select(waiting.c.who, waiting.c.body).where(waiting.c.since <= before, ours(world, waiting))
    return {row.who: row.body for row in world.write.execute(query.with_for_update())}


def forget(world: Any, some: Sequence[str]) -> None:
    world.write.execute(delete(waiting).where(waiting.c.who.in_(list(some)), ours(world, waiting)))


def numbers_taken(world: Any) -> set[str]:
    """Numbers of five digits that something has."""
    tables = (items, groups)
    return {number for one in tables for number in world.read.scalars(select(one.c.number).where(func.length(one.c.number) == 5, ours(world, one)))}


# Names.


def add_name(world: Any, item_id: int, boxes: Sequence[tuple[int, str]]) -> None:
    (first_key, first_box), (second_key, second_box) = boxes
    values = {"first_key": first_key, "first_box": first_box, "second_key": second_key, "second_box": second_box}
    world.write.execute(insert(names).values(organisation_id=world.organisation.id, item_id=item_id, **values))


def name_of(world: Any, item_id: int) -> Name | None:
    row = world.read.execute(select(*_NAME).where(names.c.item_id == item_id, ours(world, names))).one_or_none()
    return Name(*row) if row else None


def all_names(world: Any, most: int) -> list[Name]:
    """The newest first."""
    query = select(*_NAME).where(ours(world, names)).order_by(names.c.item_id.desc()).limit(most)
    return [Name(*row) for row in world.read.execute(query)]


def lock_name(world: Any, item_id: int) -> Name | None:
    """The name as it stands; of two who open it at once one comes second."""
    row = world.write.execute(select(*_NAME).where(names.c.item_id == item_id, ours(world, names)).with_for_update()).one_or_none()
    return Name(*row) if row else None


def put_half(world: Any, item_id: int, key_id: int, *, half: str, login: str, why: str) -> None:
    here = {"item_id": item_id, "key_id": key_id, "organisation_id": world.organisation.id}
    add_once(world.write, halves, **here, half=half, login=login, why=why[:80], at=world.now())


def halves_of(world: Any, item_id: int) -> list[Any]:
    """(key_id, half, login, why, at) of what lies open, the first first."""
    query = select(halves.c.key_id, halves.c.half, halves.c.login, halves.c.why, halves.c.at).where(halves.c.item_id == item_id, ours(world, halves))
    return list(world.write.execute(query.order_by(halves.c.at, halves.c.key_id)))


def open_halves(world: Any) -> dict[int, Any]:
    """Item -> (login, why, at) of the half that waits for the other."""
    query = select(halves.c.item_id, halves.c.login, halves.c.why, halves.c.at).where(ours(world, halves))
    return {row.item_id: row for row in world.read.execute(query)}


def forget_halves(world: Any, *, item_id: int | None = None, before: dt.datetime | None = None) -> int:
    """Of one name that was opened, or all that nobody has answered."""
    which = halves.c.item_id == item_id if before is None else halves.c.at < before
    return int(world.write.execute(delete(halves).where(which, ours(world, halves))).rowcount)


def note_opened(world: Any, item_id: int, by: str, why: str) -> None:
    where = (names.c.item_id == item_id) & ours(world, names)
    world.write.execute(update(names).where(where).values(opened_at=world.now(), opened_by=by[:90], why=why[:80]))
