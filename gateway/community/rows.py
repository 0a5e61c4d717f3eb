"""Where the words of members are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, String, Table, UniqueConstraint, func, insert, select, update
from sqlalchemy import Text as LongText

from gateway.community.model import Callback, Feedback
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column
from gateway.store.upsert import count_up

NUMBERS_FROM = 99  # so that the first number has four digits, its check digit included

feedback = Table(
    "feedback",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("number", String(8), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("topic", String(24), nullable=False),
    Column("words", LongText, nullable=False),
    Column("member_id", BigInteger),
    Column("phone", String(16), nullable=False),
    Column("about", String(40), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    UniqueConstraint("number", "organisation_id"),
    CheckConstraint("kind IN ('idea','wrong','unsorted')", name="kind"),
    CheckConstraint("state IN ('new','seen','closed')", name="state"),
    Index("ix_feedback_member", "member_id", "made_at"),
)

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

_FEEDBACK = [feedback.c[name] for name in ("id", "number", "kind", "topic", "words", "member_id", "phone", "about", "channel", "state", "made_at")]


def next_number(world: Any) -> int:
    """The next number of this organisation; two who ask at once wait for each other."""
    return NUMBERS_FROM + count_up(world.write, feedback_numbers, "last", {"organisation_id": world.organisation.id})


def by_key(world: Any, key: str) -> Feedback | None:
    row = world.write.execute(select(*_FEEDBACK).where(feedback.c.key == key, feedback.c.organisation_id == world.organisation.id)).one_or_none()
    return Feedback(*row) if row else None


def said_since(world: Any, phone: str, since: dt.datetime) -> int:
    query = select(func.count()).where(feedback.c.phone == phone, feedback.c.made_at >= since, feedback.c.organisation_id == world.organisation.id)
    return world.write.scalar(query) or 0


def add(world: Any, **values: Any) -> None:
    world.write.execute(insert(feedback).values(id=new_id(), organisation_id=world.organisation.id, state="new", made_at=world.now(), **values))


def change(world: Any, id: int, **values: Any) -> int:
    query = update(feedback).where(feedback.c.id == id, feedback.c.organisation_id == world.organisation.id)
    changed: int = world.write.execute(query.values(**values)).rowcount
    return changed


def page(world: Any, *, before: int | None, most: int, kind: str | None, state: str | None) -> list[Feedback]:
    """Newest first, a page at a time by key."""
    query = select(*_FEEDBACK).where(feedback.c.organisation_id == world.organisation.id)
    if before is not None:
        query = query.where(feedback.c.id < before)
    for column, wanted in ((feedback.c.kind, kind), (feedback.c.state, state)):
        if wanted:
            query = query.where(column == wanted)
    return [Feedback(*row) for row in world.read.execute(query.order_by(feedback.c.id.desc()).limit(most))]


def one(world: Any, id: int) -> Feedback | None:
    row = world.read.execute(select(*_FEEDBACK).where(feedback.c.id == id, feedback.c.organisation_id == world.organisation.id)).one_or_none()
    return Feedback(*row) if row else None


def case_of(world: Any, member_id: int, number: str) -> Feedback | None:
    """A member's own case by its number."""
    query = select(*_FEEDBACK).where(feedback.c.number == number, feedback.c.member_id == member_id, feedback.c.organisation_id == world.organisation.id)
    row = world.read.execute(query).one_or_none()
    return Feedback(*row) if row else None


def said_by(world: Any, member_id: int) -> int:
    """How many things a member has said, ever."""
    return world.read.scalar(select(func.count()).where(feedback.c.member_id == member_id, feedback.c.organisation_id == world.organisation.id)) or 0


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
