"""Where test groups are kept: what is tried, who was asked and is in it, and what they said."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, UniqueConstraint, func, select, update

from gateway.community.panel.model import TITLE_MOST, WHAT_MOST, WORDS_MOST, Panel, Said
from gateway.members.rows import members
from gateway.store.many import insert_many
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

panels = Table(
    "panels",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("title", String(TITLE_MOST), nullable=False),
    Column("what", String(WHAT_MOST), nullable=False),
    Column("state", String(4), nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("by", String(60), nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('open','over')", name="state"),
    Index("ix_panels_open", "until", **only("state = 'open'")),
)

seats = Table(
    "panel_seats",
    metadata,
    Column("panel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("state", String(5), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("state IN ('asked','in','out')", name="state"),
    refers("panel_id", "panels"),
    refers("member_id", "members"),
    Index("ix_panel_seats_member", "member_id", "organisation_id"),
)

words = Table(
    "panel_words",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("panel_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("words", String(WORDS_MOST), nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    refers("panel_id", "panels"),
    refers("member_id", "members"),
    Index("ix_panel_words_panel", "panel_id", "id"),
)

_PANEL = [panels.c[one.name] for one in fields(Panel)]


def add(world: Any, key: str, **values: Any) -> int | None:
    """Its id, or None when it was there before."""
    id = new_id()
    return id if add_once(world.write, panels, id=id, organisation_id=world.organisation.id, key=key, state="open", **values) else None


def panel(world: Any, id: int) -> Panel | None:
    row = world.read.execute(select(*_PANEL).where(panels.c.id == id, ours(world, panels))).one_or_none()
    return Panel(*row) if row else None


def newest(world: Any, most: int) -> list[Panel]:
    query = select(*_PANEL).where(ours(world, panels)).order_by(panels.c.state, panels.c.id.desc()).limit(most)
    return [Panel(*row) for row in world.read.execute(query)]


def count_open(world: Any) -> int:
    return world.read.scalar(select(func.count()).where(panels.c.state == "open", ours(world, panels))) or 0


def end(world: Any, id: int) -> bool:
    query = update(panels).where(panels.c.id == id, panels.c.state == "open", ours(world, panels))
    return bool(world.write.execute(query.values(state="over")).rowcount)


def end_due(world: Any, now: dt.datetime) -> int:
    query = update(panels).where(panels.c.until <= now, panels.c.state == "open", ours(world, panels))
    ended: int = world.write.execute(query.values(state="over")).rowcount
    return ended


def may_be_asked(world: Any, village: str, since: dt.datetime) -> list[int]:
    """Members who have been here long enough and are in no test group that runs, of one village or of all."""
    busy = select(seats.c.member_id).join(panels, (panels.c.id == seats.c.panel_id) & (panels.c.organisation_id == seats.c.organisation_id))
    busy = busy.where(panels.c.state == "open", ours(world, seats))
    query = select(members.c.id).where(members.c.status == "active", members.c.made_at <= since, ours(world, members), members.c.id.not_in(busy))
    return list(world.read.scalars(query.where(members.c.village == village) if village else query))


def ask(world: Any, panel_id: int, member_ids: list[int]) -> None:
    now, here = world.now(), world.organisation.id
    columns = ("panel_id", "member_id", "organisation_id", "state", "at")
    insert_many(world.write, seats, columns, [(panel_id, id, here, "asked", now) for id in member_ids])


def seat_of(world: Any, member_id: int) -> tuple[Panel, str] | None:
    """The test group that runs and that a member is asked into or in, and which of the two."""
    same = (panels.c.id == seats.c.panel_id) & (panels.c.organisation_id == seats.c.organisation_id)
    query = select(*_PANEL, seats.c.state.label("seat")).join_from(seats, panels, same).where(seats.c.member_id == member_id, ours(world, seats))
    row = world.read.execute(query.where(panels.c.state == "open", seats.c.state != "out").limit(1)).one_or_none()
    return (Panel(*row[:-1]), row.seat) if row else None


def take_seat(world: Any, panel_id: int, member_id: int, state: str) -> bool:
    here = (seats.c.panel_id == panel_id) & (seats.c.member_id == member_id) & (seats.c.state != "out") & ours(world, seats)
    return bool(world.write.execute(update(seats).where(here).values(state=state, at=world.now())).rowcount)


def seated(world: Any, panel_id: int) -> dict[int, str]:
    query = select(seats.c.member_id, seats.c.state).where(seats.c.panel_id == panel_id, ours(world, seats))
    return {row.member_id: row.state for row in world.read.execute(query)}


def say(world: Any, key: str, panel_id: int, member_id: int, said: str) -> bool:
    values = {"key": key, "panel_id": panel_id, "member_id": member_id, "words": said, "at": world.now()}
    return add_once(world.write, words, id=new_id(), organisation_id=world.organisation.id, **values)


def said_by(world: Any, panel_id: int, member_id: int) -> int:
    query = select(func.count()).where(words.c.panel_id == panel_id, words.c.member_id == member_id, ours(world, words))
    return world.write.scalar(query) or 0


def said_in(world: Any, panel_id: int, most: int) -> list[Said]:
    query = select(words.c.member_id, words.c.words, words.c.at).where(words.c.panel_id == panel_id, ours(world, words))
    return [Said(*row) for row in world.read.execute(query.order_by(words.c.id.desc()).limit(most))]
