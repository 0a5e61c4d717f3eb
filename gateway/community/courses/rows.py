"""Where it is kept what is learnt step by step, by whom, and how each step went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, func, insert, select, update

from gateway.community.courses.model import TITLE_MOST, Course, Learner
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

courses = Table(
    "courses",
    metadata,
    id_column(),
    organisation_column(),
    Column("number", String(8), nullable=False),
    Column("title", String(TITLE_MOST), nullable=False),
    Column("state", String(8), nullable=False),
    Column("by", String(60), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("number", "organisation_id"),
    CheckConstraint("state IN ('open','closed')", name="state"),
)

parts = Table(
    "course_parts",
    metadata,
    Column("course_id", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("item_id", BigInteger, nullable=False),
    refers("course_id", "courses"),
    refers("item_id", "items"),
)

learners = Table(
    "learners",
    metadata,
    Column("course_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("part", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    CheckConstraint("state IN ('on','off','done')", name="state"),
    refers("course_id", "courses"),
    refers("member_id", "members"),
    Index("ix_learners_due", "next_at", **only("state = 'on'")),
    Index("ix_learners_member", "member_id", "organisation_id"),
)

marks = Table(
    "course_marks",
    metadata,
    Column("course_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("did", Boolean, nullable=False),
    refers("course_id", "courses"),
    refers("member_id", "members"),
)

_COURSE = [courses.c[one.name] for one in fields(Course)]
_LEARNER = [learners.c[one.name] for one in fields(Learner)]


def add(world: Any, *, number: str, title: str, by: str, item_ids: Sequence[int]) -> int:
    here = {"organisation_id": world.organisation.id}
    id = new_id()
    world.write.execute(insert(courses).values(id=id, number=number, title=title, by=by, state="open", made_at=world.now(), **here))
    world.write.execute(insert(parts), [{"course_id": id, "part": n, "item_id": item_id, **here} for n, item_id in enumerate(item_ids, 1)])
    return id


def all_courses(world: Any, states: Sequence[str] = ("open", "closed")) -> list[Course]:
    """The newest first."""
    query = select(*_COURSE).where(courses.c.state.in_(states), ours(world, courses)).order_by(courses.c.id.desc())
    return [Course(*row) for row in world.read.execute(query)]


def course(world: Any, id: int) -> Course | None:
    row = world.read.execute(select(*_COURSE).where(courses.c.id == id, ours(world, courses))).one_or_none()
    return Course(*row) if row else None


def by_number(world: Any, number: str) -> Course | None:
    row = world.read.execute(select(*_COURSE).where(courses.c.number == number, ours(world, courses))).one_or_none()
    return Course(*row) if row else None


def change(world: Any, id: int, state: str) -> None:
    world.write.execute(update(courses).where(courses.c.id == id, ours(world, courses)).values(state=state))


def parts_of(world: Any, id: int) -> list[int]:
    """Its tips, in their order."""
    return list(world.read.scalars(select(parts.c.item_id).where(parts.c.course_id == id, ours(world, parts)).order_by(parts.c.part)))


def learner(world: Any, course_id: int, member_id: int) -> Learner | None:
    here = (learners.c.course_id == course_id) & (learners.c.member_id == member_id)
    row = world.read.execute(select(*_LEARNER).where(here, ours(world, learners))).one_or_none()
    return Learner(*row) if row else None


def learns_now(world: Any, member_id: int) -> int:
    here = (learners.c.member_id == member_id) & (learners.c.state == "on")
    return int(world.write.scalar(select(func.count()).select_from(learners).where(here, ours(world, learners))) or 0)


def begin(world: Any, course_id: int, member_id: int, next_at: dt.datetime) -> None:
    """From the first part on, also for who has stopped or finished before."""
    keys = {"course_id": course_id, "member_id": member_id, "organisation_id": world.organisation.id}
    said = {"part": 1, "state": "on", "next_at": next_at, "begun_at": world.now()}
    if not add_once(world.write, learners, **keys, **said):
        put_learner(world, course_id, member_id, **said)


def put_learner(world: Any, course_id: int, member_id: int, **values: Any) -> bool:
    here = (learners.c.course_id == course_id) & (learners.c.member_id == member_id)
    return bool(world.write.execute(update(learners).where(here, ours(world, learners)).values(**values)).rowcount)


def go_on(world: Any, one: Learner, **values: Any) -> bool:
    """To the next part, once: only if nobody has gone on meanwhile."""
    here = (learners.c.course_id == one.course_id) & (learners.c.member_id == one.member_id) & (learners.c.part == one.part) & (learners.c.state == "on")
    return bool(world.write.execute(update(learners).where(here, ours(world, learners)).values(**values)).rowcount)


def due(world: Any, most: int) -> list[Learner]:
    query = select(*_LEARNER).where(learners.c.state == "on", learners.c.next_at <= world.now(), ours(world, learners)).order_by(learners.c.next_at)
    return [Learner(*row) for row in world.read.execute(query.limit(most))]


def counts(world: Any, course_id: int) -> dict[str, int]:
    """State -> learners."""
    query = select(learners.c.state, func.count()).where(learners.c.course_id == course_id, ours(world, learners)).group_by(learners.c.state)
    return {row[0]: row[1] for row in world.read.execute(query)}


def mark(world: Any, course_id: int, member_id: int, part: int, *, did: bool) -> None:
    """How a step went, as it was said last."""
    keys = {"course_id": course_id, "member_id": member_id, "part": part, "organisation_id": world.organisation.id}
    if not add_once(world.write, marks, **keys, did=did):
        here = (marks.c.course_id == course_id) & (marks.c.member_id == member_id) & (marks.c.part == part)
        world.write.execute(update(marks).where(here, ours(world, marks)).values(did=did))


def marks_of(world: Any, course_id: int) -> dict[int, tuple[int, int]]:
    """Part -> (how many did it, how many did not)."""
    query = select(marks.c.part, marks.c.did, func.count()).where(marks.c.course_id == course_id, ours(world, marks)).group_by(marks.c.part, marks.c.did)
    found: dict[int, tuple[int, int]] = {}
    for part, did, count in world.read.execute(query):
        yes, no = found.get(part, (0, 0))
        found[part] = (count, no) if did else (yes, count)
    return found
