"""Where a group keeps what it says to itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, delete, func, select, true, update

from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

# What members want a meeting to be about: one point each, changed until it begins.
points = Table(
    "meeting_points",
    metadata,
    Column("meeting_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("point", String(30), nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("meeting_id", "meetings"),
    refers("member_id", "members"),
)

ratings = Table(
    "group_ratings",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("statement", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("rating", String(6), nullable=False),
    Column("role", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("rating IN ('can','will','should')", name="rating"),
    CheckConstraint("role IN ('member','leader')", name="role"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
)

promises = Table(
    "group_promises",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("statement", Integer, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("state", String(6), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("asked_at", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('named','not_me','open','done','gone')", name="state"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_group_promises_group", "group_id", "id"),
    Index("ix_group_promises_due", "organisation_id", "due_at", **only("state IN ('open','named')")),
)

circles = Table(
    "circles",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("topic", String(12), nullable=False),
    Column("state", String(6), nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('open','closed')", name="state"),
    refers("group_id", "groups"),
    Index("ix_circles_group", "group_id", "id"),
)

words = Table(
    "circle_words",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("circle_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("question", String(6), nullable=False),
    Column("words", String(60), nullable=False),
    Column("tip_id", BigInteger),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("question IN ('worked','not')", name="question"),
    refers("circle_id", "circles"),
    refers("member_id", "members"),
    Index("ix_circle_words_circle", "circle_id", "id"),
)

# Which words members find best: three each, and not their own.
marks = Table(
    "circle_marks",
    metadata,
    Column("word_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    refers("word_id", "circle_words"),
    refers("member_id", "members"),
)


# Agendas.


def put_point(world: Any, meeting_id: int, member_id: int, point: str) -> None:
    values = {"point": point, "at": world.now()}
    if not add_once(world.write, points, meeting_id=meeting_id, member_id=member_id, organisation_id=world.organisation.id, **values):
        mine = (points.c.meeting_id == meeting_id) & (points.c.member_id == member_id)
        world.write.execute(update(points).where(mine, ours(world, points)).values(**values))


def points_of(world: Any, meeting_id: int) -> dict[str, int]:
    """Point -> members who want it, the most wanted first."""
    heads = func.count().label("heads")
    query = select(points.c.point, heads).where(points.c.meeting_id == meeting_id, ours(world, points)).group_by(points.c.point)
    return {row.point: row.heads for row in world.read.execute(query.order_by(heads.desc(), func.min(points.c.at)))}


# Self-check.


def put_rating(world: Any, group_id: int, member_id: int, statement: int, *, rating: str, role: str) -> None:
    values = {"rating": rating, "role": role, "at": world.now()}
    keys = {"group_id": group_id, "member_id": member_id, "statement": statement, "organisation_id": world.organisation.id}
    if not add_once(world.write, ratings, **keys, **values):
        mine = (ratings.c.group_id == group_id) & (ratings.c.member_id == member_id) & (ratings.c.statement == statement)
        world.write.execute(update(ratings).where(mine, ours(world, ratings)).values(**values))


def rated_by(world: Any, group_id: int, member_id: int, since: dt.datetime) -> set[int]:
    """The statements that a member has rated since."""
    query = select(ratings.c.statement).where(ratings.c.group_id == group_id, ratings.c.member_id == member_id, ratings.c.at >= since, ours(world, ratings))
    return set(world.read.scalars(query))


def count_ratings(world: Any, group_id: int, since: dt.datetime) -> dict[tuple[int, str], dict[str, int]]:
    """(statement, role) -> rating -> members."""
    return _ratings(world, since, ratings.c.group_id == group_id)


def ratings_here(world: Any, since: dt.datetime) -> dict[tuple[int, str], dict[str, int]]:
    """The same of all groups together."""
    return _ratings(world, since, true())


def _ratings(world: Any, since: dt.datetime, which: Any) -> dict[tuple[int, str], dict[str, int]]:
    query = select(ratings.c.statement, ratings.c.role, ratings.c.rating, func.count().label("heads"))
    query = query.where(which, ratings.c.at >= since, ours(world, ratings))
    found: dict[tuple[int, str], dict[str, int]] = {}
    for row in world.read.execute(query.group_by(ratings.c.statement, ratings.c.role, ratings.c.rating)):
        found.setdefault((row.statement, row.role), {})[row.rating] = row.heads
    return found


def said_of(world: Any, statement: int, since: dt.datetime, group_ids: Collection[int] = ()) -> dict[int, dict[str, int]]:
    """Group -> what its members, not its leaders, say to a statement: rating -> members; of all groups or of these."""
    query = select(ratings.c.group_id, ratings.c.rating, func.count().label("heads"))
    query = query.where(ratings.c.statement == statement, ratings.c.role == "member", ratings.c.at >= since, ours(world, ratings))
    query = query.where(ratings.c.group_id.in_(list(group_ids))) if group_ids else query
    found: dict[int, dict[str, int]] = {}
    for row in world.read.execute(query.group_by(ratings.c.group_id, ratings.c.rating)):
        found.setdefault(row.group_id, {})[row.rating] = row.heads
    return found


def raters(world: Any, group_id: int, since: dt.datetime) -> int:
    query = select(func.count(ratings.c.member_id.distinct())).where(ratings.c.group_id == group_id, ratings.c.at >= since, ours(world, ratings))
    return world.read.scalar(query) or 0


def add_promise(world: Any, *, key: str, group_id: int, statement: int, member_id: int, due_at: dt.datetime, state: str) -> Any | None:
    """What is promised of a statement; the same key again is nothing new."""
    id = new_id()
    values = {"group_id": group_id, "statement": statement, "member_id": member_id, "state": state, "due_at": due_at, "made_at": world.now()}
    made = add_once(world.write, promises, id=id, organisation_id=world.organisation.id, key=key, **values)
    return promise(world, id) if made else None


def make_room(world: Any, made: Any) -> list[Any]:
    """One promise stands for a statement of a group: what was promised or asked before goes. Gives back what was asked and has no answer yet."""
    earlier = (promises.c.group_id == made.group_id) & (promises.c.statement == made.statement) & (promises.c.id != made.id)
    stands = earlier & promises.c.state.in_(("open", "named", "not_me"))
    asked = list(world.write.execute(select(promises).where(stands, promises.c.state == "named", ours(world, promises))))
    world.write.execute(update(promises).where(stands, ours(world, promises)).values(state="gone"))
    return asked


def promises_of(world: Any, group_id: int) -> dict[int, Any]:
    """Statement -> what was promised last and is not given up."""
    query = select(promises).where(promises.c.group_id == group_id, promises.c.state != "gone", ours(world, promises)).order_by(promises.c.id)
    return {row.statement: row for row in world.read.execute(query)}


def promise(world: Any, id: int) -> Any | None:
    return world.write.execute(select(promises).where(promises.c.id == id, ours(world, promises))).one_or_none()


def change_promise(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(promises).where(promises.c.id == id, ours(world, promises)).values(**values))


def say_of_promise(world: Any, id: int, state: str) -> bool:
    """The yes or no of who was named; false when it was answered or went meanwhile."""
    query = update(promises).where(promises.c.id == id, promises.c.state == "named", ours(world, promises)).values(state=state)
    return bool(world.write.execute(query).rowcount)


def let_go_of_named(world: Any, most: int) -> list[Any]:
    """Whose day has come without a yes."""
    past = select(promises).where(promises.c.state == "named", promises.c.due_at <= world.now(), ours(world, promises))
    gone = list(world.write.execute(past.order_by(promises.c.due_at).limit(most)))
    world.write.execute(update(promises).where(promises.c.id.in_([one.id for one in gone]), ours(world, promises)).values(state="gone"))
    return gone


def promises_due(world: Any, most: int) -> list[Any]:
    """Those whose day has come and whose doer was not asked yet."""
    query = select(promises).where(promises.c.state == "open", promises.c.due_at <= world.now(), promises.c.asked_at.is_(None), ours(world, promises))
    return list(world.read.execute(query.order_by(promises.c.due_at).limit(most)))


# Circles.


def add_circle(world: Any, *, key: str, group_id: int, topic: str, ends_at: dt.datetime) -> None:
    here = {"organisation_id": world.organisation.id, "state": "open", "made_at": world.now()}
    add_once(world.write, circles, id=new_id(), key=key, group_id=group_id, topic=topic, ends_at=ends_at, **here)


def circle_of(world: Any, group_id: int) -> Any | None:
    """The circle that runs now."""
    query = select(circles).where(circles.c.group_id == group_id, circles.c.state == "open", circles.c.ends_at > world.now(), ours(world, circles))
    return world.read.execute(query.order_by(circles.c.id.desc()).limit(1)).one_or_none()


def circles_of(world: Any, group_id: int, most: int) -> list[Any]:
    query = select(circles).where(circles.c.group_id == group_id, ours(world, circles)).order_by(circles.c.id.desc())
    return list(world.read.execute(query.limit(most)))


def close_circle(world: Any, id: int) -> None:
    world.write.execute(update(circles).where(circles.c.id == id, ours(world, circles)).values(state="closed"))


def add_words(world: Any, **values: Any) -> bool:
    return add_once(world.write, words, id=new_id(), organisation_id=world.organisation.id, at=world.now(), **values)


def words_in(world: Any, circle_id: int, *, question: str = "") -> list[Any]:
    """What was said, in its order."""
    query = select(words).where(words.c.circle_id == circle_id, ours(world, words)).order_by(words.c.id)
    return list(world.read.execute(query.where(words.c.question == question) if question else query))


def word(world: Any, id: int) -> Any | None:
    return world.read.execute(select(words).where(words.c.id == id, ours(world, words))).one_or_none()


def words_with_group(world: Any, id: int) -> tuple[int, str] | None:
    """(group, what was said) of some words."""
    here = (words.c.circle_id == circles.c.id) & (words.c.organisation_id == circles.c.organisation_id)
    row = world.read.execute(select(circles.c.group_id, words.c.words).join(words, here).where(words.c.id == id, ours(world, words))).one_or_none()
    return (row.group_id, row.words) if row else None


def mark(world: Any, word_id: int, member_id: int) -> bool:
    return add_once(world.write, marks, word_id=word_id, member_id=member_id, organisation_id=world.organisation.id)


def unmark(world: Any, word_id: int, member_id: int) -> None:
    world.write.execute(delete(marks).where(marks.c.word_id == word_id, marks.c.member_id == member_id, ours(world, marks)))


def marks_in(world: Any, circle_id: int) -> list[tuple[int, int]]:
    """(words, member) of each mark."""
    here = (words.c.id == marks.c.word_id) & (words.c.organisation_id == marks.c.organisation_id)
    query = select(marks.c.word_id, marks.c.member_id).join(words, here).where(words.c.circle_id == circle_id, ours(world, marks))
    return [tuple(row) for row in world.read.execute(query)]


def becomes_tip(world: Any, id: int, tip_id: int) -> None:
    world.write.execute(update(words).where(words.c.id == id, ours(world, words)).values(tip_id=tip_id))
