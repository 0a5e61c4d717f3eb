"""Where helpers, the ways of questions and the versions of tips are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, String, Table, delete, func, insert, select, update

from gateway.community.helping.model import Helper, Revision
from gateway.community.items.model import SHOWN, Item
from gateway.community.items.rows import ITEM
from gateway.community.items.tables import comments, items
from gateway.members.rows import members
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

helpers = Table(
    "helpers",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("topics", String(80), nullable=False),
    Column("most_a_week", Integer, nullable=False),
    Column("rests_until", UtcTime),
    Column("since", UtcTime, nullable=False),
    Column("quiet", String(8), nullable=False, server_default=""),
    CheckConstraint("quiet IN ('','sunday','weekdays')", name="quiet"),
    refers("member_id", "members"),
)

routes = Table(
    "routes",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("state", String(8), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("passed_by", BigInteger),
    CheckConstraint("state IN ('asked','answered','passed','skipped')", name="state"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_routes_member", "member_id", "asked_at"),
)

revisions = Table(
    "revisions",
    metadata,
    id_column(),
    organisation_column(),
    Column("item_id", BigInteger, nullable=False),
    Column("member_id", BigInteger),
    Column("words", String(200), nullable=False),
    Column("why", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Column("decided_by", String(60), nullable=False, server_default=""),
    CheckConstraint("why IN ('new','wrong','old','clearer','other')", name="why"),
    CheckConstraint("state IN ('proposed','accepted','refused','rolled_back')", name="state"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_revisions_item", "item_id", "id"),
    Index("ix_revisions_proposed", "id", **only("state = 'proposed'")),
)

checks = Table(
    "revision_checks",
    metadata,
    Column("revision_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("agrees", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("revision_id", "revisions"),
)

_HELPER = [helpers.c[name] for name in ("member_id", "topics", "most_a_week", "rests_until", "quiet")]
_REVISION = [revisions.c[name] for name in ("id", "item_id", "member_id", "words", "why", "state", "made_at")]


def _helper(row: Any) -> Helper:
    return Helper(row.member_id, tuple(filter(None, row.topics.split(","))), row.most_a_week, row.rests_until, row.quiet)


def helper(world: Any, member_id: int) -> Helper | None:
    row = world.read.execute(select(*_HELPER).where(helpers.c.member_id == member_id, ours(world, helpers))).one_or_none()
    return _helper(row) if row else None


def put_helper(world: Any, member_id: int, **values: Any) -> None:
    first = {"topics": "", "most_a_week": 3, **values}
    if not add_once(world.write, helpers, member_id=member_id, organisation_id=world.organisation.id, since=world.now(), **first):
        world.write.execute(update(helpers).where(helpers.c.member_id == member_id, ours(world, helpers)).values(**values))


def all_helpers(world: Any, most: int) -> list[Helper]:
    return [_helper(row) for row in world.read.execute(select(*_HELPER).where(ours(world, helpers), helpers.c.topics != "").limit(most))]


def helpers_of(world: Any, topic: str, now: dt.datetime, most: int) -> list[Helper]:
    """Members in good standing who help with this and do not rest; those who were longest not asked first."""
    last = select(func.max(routes.c.asked_at)).where(routes.c.member_id == helpers.c.member_id, routes.c.organisation_id == helpers.c.organisation_id)
    query = (
        select(*_HELPER)
        .join(members, (members.c.id == helpers.c.member_id) & (members.c.organisation_id == helpers.c.organisation_id))
        .where(members.c.status == "active", ours(world, helpers), (helpers.c.rests_until.is_(None)) | (helpers.c.rests_until <= now))
        .where(helpers.c.topics.like(f"%{topic}%"))
        .order_by(func.coalesce(last.scalar_subquery(), helpers.c.since))
    )
    return [_helper(row) for row in world.read.execute(query.limit(most))]


def asked_since(world: Any, member_ids: Iterable[int], since: dt.datetime) -> dict[int, int]:
    """How often each was asked lately."""
    query = select(routes.c.member_id, func.count().label("times")).where(
        routes.c.member_id.in_(set(member_ids)), routes.c.asked_at >= since, ours(world, routes)
    )
    return {row.member_id: row.times for row in world.read.execute(query.group_by(routes.c.member_id))}


def passed_by(world: Any, item_id: int, member_id: int) -> int | None:
    """Who had passed a question on to this helper."""
    query = select(routes.c.passed_by).where(routes.c.item_id == item_id, routes.c.member_id == member_id, ours(world, routes))
    id: int | None = world.read.scalar(query)
    return id


def ask(world: Any, item_id: int, member_id: int, passed_by: int | None = None) -> bool:
    return add_once(
        world.write,
        routes,
        item_id=item_id,
        member_id=member_id,
        organisation_id=world.organisation.id,
        state="asked",
        asked_at=world.now(),
        passed_by=passed_by,
    )


def end_route(world: Any, item_id: int, member_id: int, state: str) -> None:
    here = (routes.c.item_id == item_id) & (routes.c.member_id == member_id)
    world.write.execute(update(routes).where(here, ours(world, routes)).values(state=state, done_at=world.now()))


def routes_of(world: Any, item_id: int) -> list[Any]:
    return list(world.read.execute(select(routes).where(routes.c.item_id == item_id, ours(world, routes)).order_by(routes.c.asked_at)))


def count_routes(world: Any, item_ids: Sequence[int]) -> dict[int, int]:
    """How many helpers each question was sent to."""
    query = select(routes.c.item_id, func.count().label("times")).where(routes.c.item_id.in_(item_ids), ours(world, routes)).group_by(routes.c.item_id)
    return {row.item_id: row.times for row in world.read.execute(query)}


def unanswered(world: Any, most: int, since: dt.datetime | None = None) -> list[Item]:
    """Open questions that nobody has answered, of any day or since one, the oldest first."""
    answered = select(comments.c.id).where(
        comments.c.item_id == items.c.id, comments.c.kind.in_(("answer", "official")), comments.c.state == "open", ours(world, comments)
    )
    query = select(*ITEM).where(items.c.kind == "question", items.c.state.in_(("open", "looked_at")), ~answered.exists(), ours(world, items))
    query = query.where(items.c.state_at >= since) if since else query
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.id).limit(most))]


def asked_of(world: Any, member_id: int, most: int) -> list[Item]:
    """The questions that wait for this helper, the oldest first."""
    query = (
        select(*ITEM)
        .join(routes, (routes.c.item_id == items.c.id) & (routes.c.organisation_id == items.c.organisation_id))
        .where(routes.c.member_id == member_id, routes.c.state == "asked", items.c.state.in_(("open", "looked_at")), ours(world, items))
    )
    return [Item(*row) for row in world.read.execute(query.order_by(routes.c.asked_at).limit(most))]


def answers_to(world: Any, item_ids: Sequence[int], most: int) -> list[Any]:
    """Open answers: the official one first, then those that helped, then the first that came."""
    query = select(comments).where(
        comments.c.item_id.in_(item_ids), comments.c.kind.in_(("answer", "official")), comments.c.state == "open", ours(world, comments)
    )
    return list(world.read.execute(query.order_by(comments.c.kind.desc(), comments.c.helped.is_(None), comments.c.helped.desc(), comments.c.id).limit(most)))


def answer(world: Any, id: int) -> Any:
    return world.read.execute(select(comments).where(comments.c.id == id, ours(world, comments))).one_or_none()


def judge(world: Any, id: int, helped: bool) -> None:
    world.write.execute(update(comments).where(comments.c.id == id, ours(world, comments)).values(helped=helped))


def helped_by(world: Any, member_id: int) -> int:
    """How many people this member's answers have helped."""
    query = select(func.count()).where(comments.c.member_id == member_id, comments.c.kind == "answer", comments.c.helped, ours(world, comments))
    return world.read.scalar(query) or 0


def answered_since(world: Any, member_id: int, since: dt.datetime) -> int:
    """Answers that a member has given since."""
    query = select(func.count()).where(comments.c.member_id == member_id, comments.c.kind == "answer", comments.c.made_at >= since, ours(world, comments))
    return world.read.scalar(query) or 0


def fixed_since(world: Any, member_id: int, since: dt.datetime) -> int:
    """Versions of tips that a member has proposed since."""
    query = select(func.count()).where(revisions.c.member_id == member_id, revisions.c.made_at >= since, ours(world, revisions))
    return world.read.scalar(query) or 0


def answers_by(world: Any, member_ids: Iterable[int], topic: str = "") -> dict[int, list[tuple[bool, dt.datetime]]]:
    """Member -> (it helped, when it was given) of their answers; with `topic` of those to questions about it."""
    found: dict[int, list[tuple[bool, dt.datetime]]] = {}
    query = select(comments.c.member_id, comments.c.helped, comments.c.made_at).where(
        comments.c.member_id.in_(set(member_ids)), comments.c.kind == "answer", ours(world, comments)
    )
    if topic:
        same = (items.c.id == comments.c.item_id) & (items.c.organisation_id == comments.c.organisation_id) & (items.c.topic == topic)
        query = query.where(select(items.c.id).where(same).exists())
    for row in world.read.execute(query):
        found.setdefault(row.member_id, []).append((bool(row.helped), row.made_at))
    return found


# Tips.


def propose(world: Any, item_id: int, member_id: int | None, words: str, why: str) -> int:
    id = new_id()
    world.write.execute(
        insert(revisions).values(
            id=id, organisation_id=world.organisation.id, item_id=item_id, member_id=member_id, words=words[:200], why=why, state="proposed",
            made_at=world.now(),
        )
    )  # fmt: skip
    return id


def revision(world: Any, id: int) -> Revision | None:
    row = world.write.execute(select(*_REVISION).where(revisions.c.id == id, ours(world, revisions)).with_for_update()).one_or_none()
    return Revision(*row) if row else None


def revisions_of(world: Any, item_id: int) -> list[Revision]:
    query = select(*_REVISION).where(revisions.c.item_id == item_id, ours(world, revisions)).order_by(revisions.c.id)
    return [Revision(*row) for row in world.read.execute(query)]


def decide(world: Any, id: int, state: str, by: str) -> None:
    query = update(revisions).where(revisions.c.id == id, ours(world, revisions))
    world.write.execute(query.values(state=state, decided_at=world.now(), decided_by=by[:60]))


def decided_since(world: Any, by: str, since: dt.datetime) -> int:
    """Versions that somebody alone has taken since then."""
    query = select(func.count()).where(revisions.c.decided_by == by, revisions.c.decided_at >= since, ours(world, revisions))
    return world.write.scalar(query) or 0


def check(world: Any, revision_id: int, member_id: int, agrees: bool) -> tuple[int, int]:
    """One member's word on a version; (how many agree, how many do not)."""
    add_once(world.write, checks, revision_id=revision_id, member_id=member_id, organisation_id=world.organisation.id, agrees=agrees, at=world.now())
    query = select(checks.c.agrees).where(checks.c.revision_id == revision_id, ours(world, checks))
    said = list(world.write.scalars(query))
    return said.count(True), said.count(False)


def last_check(world: Any, member_id: int, since: dt.datetime) -> int | None:
    """The version that a member has judged last, while nothing is decided about it."""
    same = (revisions.c.id == checks.c.revision_id) & (revisions.c.organisation_id == checks.c.organisation_id) & (revisions.c.state == "proposed")
    query = select(checks.c.revision_id).join(revisions, same).where(checks.c.member_id == member_id, checks.c.at >= since, ours(world, checks))
    found: int | None = world.read.scalar(query.order_by(checks.c.at.desc()).limit(1))
    return found


def take_check_back(world: Any, revision_id: int, member_id: int) -> None:
    world.write.execute(delete(checks).where(checks.c.revision_id == revision_id, checks.c.member_id == member_id, ours(world, checks)))


CHECKED = ("new", "open", "looked_at")  # tips of which members judge a version; what a person holds or has refused is that person's


def to_check(world: Any, member_id: int, most: int) -> list[Revision]:
    """Versions that wait for members, are not this one's and were not judged by them, the oldest first."""
    mine = select(checks.c.revision_id).where(checks.c.member_id == member_id, ours(world, checks))
    same = (items.c.id == revisions.c.item_id) & (items.c.organisation_id == revisions.c.organisation_id) & items.c.state.in_(CHECKED)
    query = select(*_REVISION).join(items, same).where(revisions.c.state == "proposed", revisions.c.member_id != member_id, ours(world, revisions))
    query = query.where(revisions.c.id.not_in(mine))
    return [Revision(*row) for row in world.read.execute(query.order_by(revisions.c.id).limit(most))]


def authors_of(world: Any, item_id: int) -> list[int]:
    """Everybody whose version of a tip was taken, the first first."""
    query = select(revisions.c.member_id).where(revisions.c.item_id == item_id, revisions.c.state == "accepted", ours(world, revisions))
    query = query.where(revisions.c.member_id.is_not(None))  # what the staff wrote is nobody's
    return list(dict.fromkeys(world.read.scalars(query.order_by(revisions.c.id))))


def tips_about(world: Any, topic: str, most: int) -> list[Item]:
    """Tips of a topic that all can read, those that helped most first."""
    here = (items.c.kind == "tip") & (items.c.topic == topic) & items.c.state.in_(("open", "looked_at")) & ours(world, items)
    query = select(*ITEM).where(here).order_by((items.c.supporters - items.c.opposers).desc(), items.c.id.desc())
    return [Item(*row) for row in world.read.execute(query.limit(most))]


def solved_about(world: Any, topic: str, most: int) -> list[Item]:
    """Questions of a topic with an answer that helped, or an official one; the newest first."""
    good = (comments.c.helped.is_(True) | (comments.c.kind == "official")) & (comments.c.state == "open") & ours(world, comments)
    answered = select(comments.c.item_id).where(comments.c.kind.in_(("answer", "official")), good)
    here = (items.c.kind == "question") & (items.c.topic == topic) & items.c.state.in_(SHOWN) & ours(world, items)
    return [Item(*row) for row in world.read.execute(select(*ITEM).where(here, items.c.id.in_(answered)).order_by(items.c.id.desc()).limit(most))]
