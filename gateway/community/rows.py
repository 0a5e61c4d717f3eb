"""Where the words of members are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, String, Table, UniqueConstraint, insert, select, update

from gateway.community.model import Callback
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column
from gateway.store.upsert import count_up

NUMBERS_FROM = 99  # so that the first number has four digits, its check digit included

feedback_numbers = Table(
    "feedback_numbers",
    metadata,
    organisation_column(),
    Column("last", BigInteger, nullable=False),
)

callbacks = Table(
    "callbacks",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("phone", String(16), nullable=False),
    Column("about", String(12), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("done_by", String(60)),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("about IN ('money','pin','question','other')", name="about"),
    CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done"),
    ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"]),
    Index("ix_callbacks_waiting", "made_at", **only("done_at IS NULL")),
)

questions = Table(
    "questions",
    metadata,
    id_column(),
    organisation_column(),
    Column("number", String(20), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("ref", String(64), nullable=False),
    Column("title", String(24), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("answer", String(8)),
    Index("ix_questions_open", "number", "id", **only("answered_at IS NULL")),
)


def next_number(world: Any) -> int:
    """The next number of this organisation; two who ask at once wait for each other."""
    return NUMBERS_FROM + count_up(world.write, feedback_numbers, "last", {"organisation_id": world.organisation.id})


def add_question(world: Any, *, number: str, kind: str, ref: str, title: str) -> None:
    """A question that is open now; the same one asked again is asked once."""
    same = (questions.c.number == number) & (questions.c.kind == kind) & (questions.c.ref == ref) & questions.c.answered_at.is_(None)
    here = questions.c.organisation_id == world.organisation.id
    if world.write.execute(update(questions).where(same, here).values(asked_at=world.now())).rowcount:
        return
    world.write.execute(
        insert(questions).values(id=new_id(), organisation_id=world.organisation.id, number=number, kind=kind, ref=ref, title=title, asked_at=world.now())
    )


def open_questions(world: Any, number: str, since: dt.datetime) -> list[Any]:
    query = select(questions).where(
        questions.c.number == number, questions.c.answered_at.is_(None), questions.c.asked_at >= since, questions.c.organisation_id == world.organisation.id
    )
    return list(world.write.execute(query.order_by(questions.c.asked_at.desc(), questions.c.id.desc())))


def question(world: Any, id: int) -> Any:
    return world.write.execute(select(questions).where(questions.c.id == id, questions.c.organisation_id == world.organisation.id)).one_or_none()


def end_question(world: Any, id: int, answer: str) -> None:
    query = update(questions).where(questions.c.id == id, questions.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(answered_at=world.now(), answer=answer))


def forget_questions(connection: Any, before: dt.datetime) -> int:
    """Questions that nobody answers any more."""
    return int(connection.execute(questions.delete().where(questions.c.asked_at < before)).rowcount)


def callbacks_waiting(world: Any) -> list[Callback]:
    """Who waits to be called, the first first."""
    columns = [callbacks.c[name] for name in ("id", "member_id", "phone", "about", "made_at", "due_at")]
    query = select(*columns).where(callbacks.c.organisation_id == world.organisation.id, callbacks.c.done_at.is_(None))
    return [Callback(*row) for row in world.read.execute(query.order_by(callbacks.c.made_at, callbacks.c.id))]


def add_callback(world: Any, **values: Any) -> None:
    world.write.execute(insert(callbacks).values(id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values))


def end_callback(world: Any, id: int, by: str) -> bool:
    """Somebody has called. False when it was done already."""
    query = update(callbacks).where(callbacks.c.id == id, callbacks.c.organisation_id == world.organisation.id, callbacks.c.done_at.is_(None))
    return bool(world.write.execute(query.values(done_at=world.now(), done_by=by)).rowcount)
