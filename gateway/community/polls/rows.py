"""Where polls are kept: their questions, the answers to choose from, and what members have chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from gateway.community.polls.model import Choice, Poll, Question
from gateway.members.rows import members
from gateway.store.tables import UtcTime, fixed, id_column, metadata, new_id, organisation_column, ours, refers
from gateway.store.upsert import add_once

polls = Table(
    "polls",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("kind", String(4), nullable=False),
    Column("title", String(20), nullable=False),
    Column("state", String(6), nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("by", String(60), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("told", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("kind IN ('poll','quiz')", name="kind"),
    CheckConstraint("state IN ('draft','open','closed')", name="state"),
    Index("ix_polls_state", "organisation_id", "kind", "state", "id"),
)

questions = Table(
    "poll_questions",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("words", String(60), nullable=False),
    refers("poll_id", "polls"),
)

# `then` is the question that an answer leads to: nothing for the next one, 0 for the end.
choices = Table(
    "poll_choices",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("words", String(16), nullable=False),
    Column("then", Integer),
    Column("right", Boolean, nullable=False, server_default=false()),
    CheckConstraint('"then" IS NULL OR "then" = 0 OR "then" > question', name="leads_on"),
    refers("poll_id", "polls"),
)

answers = Table(
    "poll_answers",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question", Integer, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("choice", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("choice >= 0", name="choice"),
    refers("poll_id", "polls"),
    refers("member_id", "members"),
    Index("ix_poll_answers_member", "member_id", "at"),
)

# Who has seen what came of a poll that they answered.
heard = Table(
    "poll_hearings",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    refers("poll_id", "polls"),
    refers("member_id", "members"),
)

OF_MEMBERS = answers.join(members, (members.c.id == answers.c.member_id) & (members.c.organisation_id == answers.c.organisation_id))
_POLL = [polls.c[name] for name in ("id", "kind", "title", "state", "ends_at", "by")]


def add(world: Any, *, key: str, kind: str, title: str, ends_at: dt.datetime, by: str, asked: Sequence[Question]) -> int:
    """A draft with its questions, once for its key; its id."""
    here = {"organisation_id": world.organisation.id}
    id = new_id()
    new = add_once(world.write, polls, id=id, **here, key=key, kind=kind, title=title, state="draft", ends_at=ends_at, by=by, made_at=world.now())
    if not new:
        known: int = world.read.execute(select(polls.c.id).where(polls.c.key == key, ours(world, polls))).scalar_one()
        return known
    world.write.execute(insert(questions), [{**here, "poll_id": id, "place": one.place, "words": one.words} for one in asked])
    world.write.execute(insert(choices), [
        {**here, "poll_id": id, "question": one.place, "place": choice.place, "words": choice.words, "then": choice.then, "right": choice.right}
        for one in asked for choice in one.choices
    ])  # fmt: skip
    return id


def poll(world: Any, id: int) -> Poll | None:
    row = world.read.execute(select(*_POLL).where(polls.c.id == id, ours(world, polls))).one_or_none()
    return Poll(*row) if row else None


def polls_in(world: Any, kind: str, states: Sequence[str], most: int) -> list[Poll]:
    """The newest first."""
    query = select(*_POLL).where(polls.c.kind == kind, polls.c.state.in_(states), ours(world, polls)).order_by(polls.c.id.desc()).limit(most)
    return [Poll(*row) for row in world.read.execute(query)]


def ended(world: Any, most: int) -> list[Poll]:
    """Open ones whose time is over."""
    query = select(*_POLL).where(polls.c.state == "open", polls.c.ends_at <= world.now(), ours(world, polls)).limit(most)
    return [Poll(*row) for row in world.read.execute(query)]


def change(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(polls).where(polls.c.id == id, ours(world, polls)).values(**values))


def drop(world: Any, id: int) -> None:
    """A draft that nobody has seen."""
    for table, column in ((choices, choices.c.poll_id), (questions, questions.c.poll_id), (polls, polls.c.id)):
        world.write.execute(delete(table).where(column == id, ours(world, table)))


def questions_of(world: Any, poll_id: int) -> tuple[Question, ...]:
    """In their order, each with its answers; asked once in a turn."""
    key = ("questions of a poll", poll_id)
    if key not in world.seen:
        given: dict[int, list[Choice]] = {}
        query = select(choices.c.question, choices.c.place, choices.c.words, choices.c.then, choices.c.right)
        for row in world.read.execute(query.where(choices.c.poll_id == poll_id, ours(world, choices)).order_by(choices.c.question, choices.c.place)):
            given.setdefault(row.question, []).append(Choice(row.place, row.words, row.then, row.right))
        asked = select(questions.c.place, questions.c.words).where(questions.c.poll_id == poll_id, ours(world, questions)).order_by(questions.c.place)
        world.seen[key] = tuple(Question(row.place, row.words, tuple(given.get(row.place, ()))) for row in world.read.execute(asked))
    found: tuple[Question, ...] = world.seen[key]
    return found


def answers_of(world: Any, poll_id: int, member_id: int) -> dict[int, int]:
    """What a member has chosen: question -> place of the choice."""
    query = select(answers.c.question, answers.c.choice).where(answers.c.poll_id == poll_id, answers.c.member_id == member_id, ours(world, answers))
    return {row.question: row.choice for row in world.read.execute(query)}


_SEEN = select(heard.c.poll_id).where(
    heard.c.poll_id == polls.c.id, heard.c.member_id == bindparam("member_id"), heard.c.organisation_id == polls.c.organisation_id
)
UNHEARD = (  # over, answered by a member, with enough answers to be shown, and not looked at yet
    select(*_POLL)
    .join(answers, (answers.c.poll_id == polls.c.id) & (answers.c.organisation_id == polls.c.organisation_id) & (answers.c.question == 1))
    .where(answers.c.member_id == bindparam("member_id"), polls.c.kind == fixed("poll"), polls.c.state == fixed("closed"), polls.c.told)
    .where(polls.c.ends_at >= bindparam("fresh"), polls.c.organisation_id == bindparam("here"), ~_SEEN.exists())
)


def unheard(world: Any, member_id: int, since: dt.datetime) -> list[Poll]:
    """What came of polls that a member has answered, and has not looked at."""
    return [Poll(*row) for row in world.read.execute(UNHEARD, {"member_id": member_id, "fresh": since, "here": world.organisation.id})]


def hear(world: Any, poll_id: int, member_id: int) -> None:
    add_once(world.write, heard, poll_id=poll_id, member_id=member_id, organisation_id=world.organisation.id, at=world.now())


def put_answer(world: Any, poll_id: int, question: int, member_id: int, choice: int) -> None:
    """The one answer to a question, changed as often as its member likes. What was answered behind another one of them is taken back."""
    where = (answers.c.poll_id == poll_id) & (answers.c.member_id == member_id) & ours(world, answers)
    before = answers_of(world, poll_id, member_id).get(question)
    if before == choice:
        return
    if before is not None:
        world.write.execute(delete(answers).where(where, answers.c.question >= question))
    add_answer(world, poll_id, question, member_id, choice)


def add_answer(world: Any, poll_id: int, question: int, member_id: int, choice: int) -> bool:
    """The first answer stays: of two at once too."""
    here = {"poll_id": poll_id, "question": question, "member_id": member_id, "organisation_id": world.organisation.id}
    return add_once(world.write, answers, **here, choice=choice, at=world.now())


def count(world: Any, poll_id: int) -> dict[tuple[int, int], int]:
    """(question, place of the choice) -> members who chose it."""
    query = select(answers.c.question, answers.c.choice, func.count().label("heads")).select_from(OF_MEMBERS)
    query = query.where(answers.c.poll_id == poll_id, ~members.c.guest, ours(world, answers))
    return {(row.question, row.choice): row.heads for row in world.read.execute(query.group_by(answers.c.question, answers.c.choice))}


def heads(world: Any, poll_ids: Sequence[int]) -> dict[int, int]:
    """Poll -> members who have answered something: all begin with the first question."""
    query = select(answers.c.poll_id, func.count().label("heads")).select_from(OF_MEMBERS).where(answers.c.question == 1, ~members.c.guest)
    query = query.where(answers.c.poll_id.in_(list(poll_ids)), ours(world, answers)).group_by(answers.c.poll_id)
    return {row.poll_id: row.heads for row in world.read.execute(query)}


def guest_heads(world: Any, poll_id: int) -> int:
    """Guests who have answered: beside the others, and in no figure."""
    query = select(func.count()).select_from(OF_MEMBERS).where(answers.c.question == 1, answers.c.poll_id == poll_id, members.c.guest)
    return world.read.scalar(query.where(ours(world, answers))) or 0
