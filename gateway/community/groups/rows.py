"""Where groups are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, String, Table, UniqueConstraint, false, func, insert, select, true, update

from gateway.community.groups import term_rows
from gateway.community.groups.model import Group, Meeting, Membership, Notice
from gateway.members.rows import members
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

groups = Table(
    "groups",
    metadata,
    id_column(),
    organisation_column(),
    Column("number", String(8), nullable=False),
    Column("name", String(40), nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("period", String(8), nullable=False),
    Column("usual_place", String(20), nullable=False, server_default=""),
    Column("state", String(8), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("pay_reminded_at", UtcTime),
    Column("open_list", Boolean, nullable=False, server_default=true()),
    Column("due", BigInteger),
    UniqueConstraint("number", "organisation_id"),
    UniqueConstraint("account_id", "organisation_id"),
    CheckConstraint("period IN ('week','month')", name="period"),
    CheckConstraint("state IN ('open','closed')", name="state"),
    CheckConstraint("due > 0", name="due"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("role", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("since", UtcTime, nullable=False),
    CheckConstraint("role IN ('member','leader')", name="role"),
    CheckConstraint("state IN ('asked','invited','member','left','refused')", name="state"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_memberships_member", "member_id", "organisation_id"),
)

notices = Table(
    "group_notices",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("words", String(160), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_group_notices_group", "group_id", "id"),
)

hearings = Table(
    "notice_hearings",
    metadata,
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
)

meetings = Table(
    "meetings",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("place", String(20), nullable=False),
    Column("agenda", String(80), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reminded_at", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    Column("decided", String(80), nullable=False, server_default=""),
    Column("decided_at", UtcTime),
    Column("told", Boolean, nullable=False, server_default=false()),
    Column("asked_at", UtcTime),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('called','off')", name="state"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_meetings_group", "group_id", "at"),
    Index("ix_meetings_to_remind", "at", **only("reminded_at IS NULL AND state = 'called'")),
)

rsvps = Table(
    "rsvps",
    metadata,
    Column("meeting_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("comes", Boolean),
    Column("at", UtcTime, nullable=False),
)

_GROUP = [groups.c[name] for name in ("id", "number", "name", "account_id", "period", "usual_place", "state", "made_at", "pay_reminded_at", "open_list", "due")]
MEMBERSHIP = [memberships.c[name] for name in ("group_id", "member_id", "role", "state", "since")]
_NOTICE = [notices.c[name] for name in ("id", "group_id", "member_id", "words", "made_at")]
_MEETING = [meetings.c[name] for name in ("id", "group_id", "at", "place", "agenda", "state", "decided", "told")]

STANDING = "standing in a group"  # how the key of what a turn remembers of it begins


def is_active() -> Any:
    same = (members.c.id == memberships.c.member_id) & (members.c.organisation_id == memberships.c.organisation_id)
    return same & (members.c.status == "active")


def note_pay_reminder(world: Any, group_id: int, before: dt.datetime) -> bool:
    """Once in a while: only if the last one was before that."""
    due = groups.c.pay_reminded_at.is_(None) | (groups.c.pay_reminded_at <= before)
    query = update(groups).where(groups.c.id == group_id, due, ours(world, groups))
    _forget_standing(world)
    return bool(world.write.execute(query.values(pay_reminded_at=world.now())).rowcount)


def _forget_standing(world: Any) -> None:
    """What was remembered in this turn of who stands how in which group is true no more."""
    for key in [key for key in world.seen if key[0] == STANDING]:
        del world.seen[key]


def add(world: Any, **values: Any) -> int:
    id = new_id()
    world.write.execute(insert(groups).values(id=id, organisation_id=world.organisation.id, state="open", made_at=world.now(), **values))
    return id


def change(world: Any, id: int, **values: Any) -> None:
    _forget_standing(world)
    world.write.execute(update(groups).where(groups.c.id == id, groups.c.organisation_id == world.organisation.id).values(**values))


def by_ids(world: Any, ids: Iterable[int]) -> dict[int, Group]:
    query = select(*_GROUP).where(groups.c.id.in_(set(ids)), groups.c.organisation_id == world.organisation.id)
    return {row.id: Group(*row) for row in world.read.execute(query)}


def by_number(world: Any, number: str) -> Group | None:
    row = world.read.execute(select(*_GROUP).where(groups.c.number == number, groups.c.organisation_id == world.organisation.id)).one_or_none()
    return Group(*row) if row else None


def by_id(world: Any, id: int) -> Group | None:
    row = world.read.execute(select(*_GROUP).where(groups.c.id == id, groups.c.organisation_id == world.organisation.id)).one_or_none()
    return Group(*row) if row else None


def lock(world: Any, id: int) -> None:
    """Nobody else counts what this group has open, or adds to it, until this is committed."""
    world.write.execute(select(groups.c.id).where(groups.c.id == id, groups.c.organisation_id == world.organisation.id).with_for_update())


def all_groups(world: Any, *, after: str = "", most: int = 100) -> list[Group]:
    query = select(*_GROUP).where(groups.c.organisation_id == world.organisation.id, groups.c.number > after)
    return [Group(*row) for row in world.read.execute(query.order_by(groups.c.number).limit(most))]


def heads_of(world: Any, group_ids: Iterable[int]) -> dict[int, int]:
    """How many members each of these groups has; who has left us altogether counts no more."""
    query = (
        select(memberships.c.group_id, func.count().label("heads"))
        .join(members, is_active())
        .where(memberships.c.group_id.in_(set(group_ids)), memberships.c.state == "member", memberships.c.organisation_id == world.organisation.id)
    )
    return {row.group_id: row.heads for row in world.read.execute(query.group_by(memberships.c.group_id))}


def of_member(world: Any, member_id: int, state: str = "member") -> list[Group]:
    """The groups of a member, by name."""
    query = (
        select(*_GROUP)
        .join(memberships, (memberships.c.group_id == groups.c.id) & (memberships.c.organisation_id == groups.c.organisation_id))
        .where(memberships.c.member_id == member_id, memberships.c.state == state, groups.c.state == "open", groups.c.organisation_id == world.organisation.id)
    )
    return [Group(*row) for row in world.read.execute(query.order_by(groups.c.name, groups.c.id))]


def groups_of(world: Any, member_ids: Sequence[int]) -> dict[int, list[int]]:
    """Member -> the ids of their groups, in the order in which they are listed to them."""
    query = (
        select(memberships.c.member_id, groups.c.id)
        .join(groups, (groups.c.id == memberships.c.group_id) & (groups.c.organisation_id == memberships.c.organisation_id))
        .where(memberships.c.member_id.in_(member_ids), memberships.c.state == "member", groups.c.state == "open", ours(world, memberships))
        .order_by(groups.c.name, groups.c.id)
    )
    found: dict[int, list[int]] = {}
    for row in world.read.execute(query):
        found.setdefault(row.member_id, []).append(row.id)
    return found


def of_members(world: Any, member_ids: Sequence[int]) -> dict[int, Group]:
    """The first group of each of these members."""
    query = (
        select(memberships.c.member_id, *_GROUP)
        .join(memberships, (memberships.c.group_id == groups.c.id) & (memberships.c.organisation_id == groups.c.organisation_id))
        .where(
            memberships.c.member_id.in_(member_ids),
            memberships.c.state == "member",
            groups.c.state == "open",
            groups.c.organisation_id == world.organisation.id,
        )
        .order_by(groups.c.name.desc(), groups.c.id.desc())
    )
    return {row[0]: Group(*row[1:]) for row in world.read.execute(query)}


def membership(world: Any, group_id: int, member_id: int) -> Membership | None:
    query = select(*MEMBERSHIP).where(
        memberships.c.group_id == group_id, memberships.c.member_id == member_id, memberships.c.organisation_id == world.organisation.id
    )
    row = world.read.execute(query).one_or_none()
    return Membership(*row) if row else None


def in_group(world: Any, group_id: int, state: str = "member") -> list[Membership]:
    """Everybody of a group in this state: leaders first, then who came first."""
    query = select(*MEMBERSHIP).join(members, is_active()).where(
        memberships.c.group_id == group_id, memberships.c.state == state, memberships.c.organisation_id == world.organisation.id
    )  # fmt: skip
    return [Membership(*row) for row in world.read.execute(query.order_by(memberships.c.role, memberships.c.since, memberships.c.member_id))]


def put(world: Any, group_id: int, member_id: int, *, state: str, role: str = "member") -> None:
    """How a member stands to a group from now on."""
    _forget_standing(world)
    here = (memberships.c.group_id == group_id) & (memberships.c.member_id == member_id) & (memberships.c.organisation_id == world.organisation.id)
    values = {"state": state, "role": role, "since": world.now()}
    if not add_once(world.write, memberships, group_id=group_id, member_id=member_id, organisation_id=world.organisation.id, **values):
        world.write.execute(update(memberships).where(here).values(**values))
    term_rows.note(world, group_id, member_id, leads=state == "member" and role == "leader")


def invited_since(world: Any, group_id: int, since: dt.datetime) -> int:
    """Members whom a group has invited and who have not answered yet, or said no."""
    asked = memberships.c.state.in_(("invited", "refused")) & (memberships.c.since >= since)
    here = (memberships.c.group_id == group_id) & asked & (memberships.c.organisation_id == world.organisation.id)
    return world.read.scalar(select(func.count()).where(here)) or 0


def young_groups(world: Any, member_id: int, since: dt.datetime) -> int:
    """Groups made since then in which a member is, or was."""
    same = (groups.c.id == memberships.c.group_id) & (groups.c.organisation_id == memberships.c.organisation_id)
    query = select(func.count()).select_from(memberships.join(groups, same)).where(memberships.c.member_id == member_id, groups.c.made_at >= since)
    return world.read.scalar(query.where(memberships.c.organisation_id == world.organisation.id)) or 0


def share_one(world: Any, one: int, other: int) -> bool:
    """Whether two members are in a group together."""
    mine = select(memberships.c.group_id).where(memberships.c.member_id == one, memberships.c.state == "member")
    both = memberships.c.group_id.in_(mine) & (memberships.c.member_id == other) & (memberships.c.state == "member")
    return world.read.execute(select(memberships.c.group_id).where(both, memberships.c.organisation_id == world.organisation.id).limit(1)).first() is not None


def give_role(world: Any, group_id: int, member_id: int, role: str) -> None:
    _forget_standing(world)
    here = (memberships.c.group_id == group_id) & (memberships.c.member_id == member_id) & (memberships.c.organisation_id == world.organisation.id)
    world.write.execute(update(memberships).where(here).values(role=role))
    term_rows.note(world, group_id, member_id, leads=role == "leader")


def add_notice(world: Any, **values: Any) -> bool:
    """Write a notice once for its key. Whether it was new."""
    return add_once(world.write, notices, id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values)


def notice(world: Any, id: int) -> Notice | None:
    row = world.read.execute(select(*_NOTICE).where(notices.c.id == id, notices.c.organisation_id == world.organisation.id)).one_or_none()
    return Notice(*row) if row else None


def notice_by_key(world: Any, key: str) -> Notice | None:
    row = world.write.execute(select(*_NOTICE).where(notices.c.key == key, notices.c.organisation_id == world.organisation.id)).one_or_none()
    return Notice(*row) if row else None


def notices_of(world: Any, group_id: int, most: int) -> list[Notice]:
    query = select(*_NOTICE).where(notices.c.group_id == group_id, notices.c.organisation_id == world.organisation.id)
    return [Notice(*row) for row in world.read.execute(query.order_by(notices.c.id.desc()).limit(most))]


def hear(world: Any, notice_id: int, member_id: int) -> None:
    add_once(world.write, hearings, notice_id=notice_id, member_id=member_id, organisation_id=world.organisation.id, at=world.now())


def heard_of(world: Any, notice_ids: Iterable[int]) -> dict[int, int]:
    """How many have heard each notice."""
    query = select(hearings.c.notice_id, func.count().label("heads")).where(
        hearings.c.notice_id.in_(set(notice_ids)), hearings.c.organisation_id == world.organisation.id
    )  # fmt: skip
    return {row.notice_id: row.heads for row in world.read.execute(query.group_by(hearings.c.notice_id))}


def add_meeting(world: Any, **values: Any) -> int | None:
    """Its id, or None when it was there before."""
    id = new_id()
    new = add_once(world.write, meetings, id=id, organisation_id=world.organisation.id, state="called", made_at=world.now(), **values)
    return id if new else None


def meetings_made_since(world: Any, group_id: int, since: dt.datetime) -> int:
    """Called since then, or written down what they decided."""
    lately = (meetings.c.made_at >= since) | (meetings.c.decided_at >= since)
    query = select(func.count()).where(meetings.c.group_id == group_id, lately, meetings.c.organisation_id == world.organisation.id)
    return int(world.read.scalar(query) or 0)


def change_meeting(world: Any, id: int, **values: Any) -> int:
    changed: int = world.write.execute(
        update(meetings).where(meetings.c.id == id, meetings.c.organisation_id == world.organisation.id).values(**values)
    ).rowcount
    return changed


def meeting(world: Any, id: int) -> Meeting | None:
    row = world.read.execute(select(*_MEETING).where(meetings.c.id == id, meetings.c.organisation_id == world.organisation.id)).one_or_none()
    return Meeting(*row) if row else None


def meeting_by_key(world: Any, key: str) -> Meeting | None:
    row = world.write.execute(select(*_MEETING).where(meetings.c.key == key, meetings.c.organisation_id == world.organisation.id)).one_or_none()
    return Meeting(*row) if row else None


def meetings_of(world: Any, group_id: int, since: dt.datetime, most: int) -> list[Meeting]:
    """Meetings from this moment on that are still called, the next first."""
    query = select(*_MEETING).where(
        meetings.c.group_id == group_id, meetings.c.at >= since, meetings.c.state == "called", meetings.c.organisation_id == world.organisation.id
    )
    return [Meeting(*row) for row in world.read.execute(query.order_by(meetings.c.at, meetings.c.id).limit(most))]


def last_meeting(world: Any, group_id: int, since: dt.datetime) -> Meeting | None:
    """The one that was held last, after this moment."""
    query = select(*_MEETING).where(
        meetings.c.group_id == group_id, meetings.c.at >= since, meetings.c.at <= world.now(), meetings.c.state == "called", ours(world, meetings)
    )
    row = world.read.execute(query.order_by(meetings.c.at.desc(), meetings.c.id.desc()).limit(1)).first()
    return Meeting(*row) if row else None


def decided_of(world: Any, group_id: int, most: int) -> list[Meeting]:
    """Meetings of which is written what they decided, the newest first."""
    query = select(*_MEETING).where(meetings.c.group_id == group_id, meetings.c.decided != "", ours(world, meetings))
    return [Meeting(*row) for row in world.read.execute(query.order_by(meetings.c.at.desc(), meetings.c.id.desc()).limit(most))]


def meetings_undecided(world: Any, since: dt.datetime, until: dt.datetime) -> list[Meeting]:
    """Meetings that began in this time, of which nobody has written or been asked what they decided."""
    query = select(*_MEETING).where(
        meetings.c.at > since, meetings.c.at <= until, meetings.c.state == "called", meetings.c.decided == "", meetings.c.asked_at.is_(None),
        ours(world, meetings),
    )  # fmt: skip
    return [Meeting(*row) for row in world.read.execute(query.order_by(meetings.c.at))]


def meetings_to_remind(world: Any, since: dt.datetime, until: dt.datetime) -> list[Meeting]:
    query = select(*_MEETING).where(
        meetings.c.at > since, meetings.c.at <= until, meetings.c.state == "called", meetings.c.reminded_at.is_(None),
        meetings.c.organisation_id == world.organisation.id,
    )  # fmt: skip
    return [Meeting(*row) for row in world.read.execute(query.order_by(meetings.c.at))]


def put_rsvp(world: Any, meeting_id: int, member_id: int, comes: bool | None) -> None:
    here = (rsvps.c.meeting_id == meeting_id) & (rsvps.c.member_id == member_id) & (rsvps.c.organisation_id == world.organisation.id)
    values = {"comes": comes, "at": world.now()}
    if not add_once(world.write, rsvps, meeting_id=meeting_id, member_id=member_id, organisation_id=world.organisation.id, **values):
        world.write.execute(update(rsvps).where(here).values(**values))


def rsvps_of(world: Any, meeting_id: int) -> dict[int, bool | None]:
    """Member -> whether they come; None for who is not sure yet."""
    query = select(rsvps.c.member_id, rsvps.c.comes).where(rsvps.c.meeting_id == meeting_id, rsvps.c.organisation_id == world.organisation.id)
    return {row.member_id: row.comes for row in world.read.execute(query)}
