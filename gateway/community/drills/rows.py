"""Where it is kept who of the staff is which member on the phone, and what they found hard there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, func, select, update

from gateway.community.drills.model import HARD_MOST, Note, Person
from gateway.operators.rows import operators
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

as_members = Table(
    "staff_as_members",
    metadata,
    Column("login", String(60), primary_key=True),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    refers("member_id", "members"),
)

notes = Table(
    "drill_notes",
    metadata,
    id_column(),
    organisation_column(),
    Column("login", String(60), nullable=False),
    Column("task", String(60), nullable=False),
    Column("words", String(HARD_MOST), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("fixed_at", UtcTime),
    Column("fixed_by", String(60), nullable=False, server_default=""),
    Index("ix_drill_notes_open", "id", **only("fixed_at IS NULL")),
)

_NOTE = [notes.c[name] for name in ("id", "login", "task", "words", "at", "fixed_at", "fixed_by")]


def everybody(world: Any) -> list[Person]:
    """All who may sign in, by name."""
    same = (as_members.c.login == operators.c.login) & (as_members.c.organisation_id == operators.c.organisation_id)
    query = select(operators.c.login, operators.c.name, operators.c.role, as_members.c.member_id, as_members.c.confirmed)
    here = query.join_from(operators, as_members, same, isouter=True).where(ours(world, operators), operators.c.status == "active")
    return [Person(row.login, row.name, row.role, row.member_id, bool(row.confirmed)) for row in world.read.execute(here.order_by(operators.c.name))]


def name_member(world: Any, login: str, member_id: int, again_before: dt.datetime) -> bool:
    """Until the member says that it is so, it counts for nothing. False when this person has named one a short while ago."""
    values = {"member_id": member_id, "confirmed": False, "asked_at": world.now()}
    if add_once(world.write, as_members, login=login, organisation_id=world.organisation.id, **values):
        return True
    here = (as_members.c.login == login) & (as_members.c.asked_at <= again_before) & ours(world, as_members)
    return bool(world.write.execute(update(as_members).where(here).values(**values)).rowcount)


def confirm(world: Any, login: str, member_id: int) -> bool:
    query = update(as_members).where(as_members.c.login == login, as_members.c.member_id == member_id, ours(world, as_members))
    return bool(world.write.execute(query.values(confirmed=True)).rowcount)


def forget(world: Any, login: str, member_id: int) -> bool:
    query = as_members.delete().where(as_members.c.login == login, as_members.c.member_id == member_id, ours(world, as_members))
    return bool(world.write.execute(query).rowcount)


def add_note(world: Any, login: str, task: str, words: str) -> None:
    world.write.execute(
        notes.insert().values(id=new_id(), organisation_id=world.organisation.id, login=login, task=task, words=words, at=world.now())
    )  # fmt: skip


def open_notes(world: Any, login: str = "") -> list[Note]:
    query = select(*_NOTE).where(notes.c.fixed_at.is_(None), ours(world, notes))
    return [Note(*row) for row in world.read.execute((query.where(notes.c.login == login) if login else query).order_by(notes.c.id))]


def fixed_notes(world: Any, most: int) -> list[Note]:
    query = select(*_NOTE).where(notes.c.fixed_at.is_not(None), ours(world, notes)).order_by(notes.c.fixed_at.desc()).limit(most)
    return [Note(*row) for row in world.read.execute(query)]


def fix(world: Any, id: int, by: str) -> bool:
    query = update(notes).where(notes.c.id == id, notes.c.fixed_at.is_(None), ours(world, notes))
    return bool(world.write.execute(query.values(fixed_at=world.now(), fixed_by=by[:60])).rowcount)


def fixes_since(world: Any, since: dt.datetime) -> int:
    return world.read.scalar(select(func.count()).where(notes.c.fixed_at >= since, ours(world, notes))) or 0
