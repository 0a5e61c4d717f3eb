"""Where guardians are kept, and what they said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Row, String, Table, delete, func, insert, select, update

from gateway.members.guardians.model import Guardian
from gateway.members.rows import first_number, members, numbers
from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours
from gateway.store.upsert import add_once


def _member(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column, "organisation_id"], ["members.id", "members.organisation_id"])


guardians = Table(
    "guardians",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guardian_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime),
    CheckConstraint("member_id <> guardian_id", name="two_members"),
    _member("member_id"),
    _member("guardian_id"),
    Index("ix_guardians_guardian", "guardian_id", "organisation_id"),
)

# A member who forgot the PIN, while guardians are asked.
rescues = Table(
    "rescues",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("asked_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("chosen_at", UtcTime),  # when the new PIN was chosen; until it works, a person can still stop it
    Column("stopped_by", String(60)),
    Column("opened_by", String(60)),  # the two of staff who saw the member and an ID; then no guardian is asked
    _member("member_id"),
    Index("ix_rescues_open", "ends_at", **only("stopped_by IS NULL")),
)

vouchers = Table(
    "vouchers",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guardian_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    _member("member_id"),
    _member("guardian_id"),
)


def of(world: Any, member_id: int) -> list[Guardian]:
    """A member's guardians that are not at their end, the oldest first."""
    now = world.now()
    query = (
        select(members.c.id, members.c.name, numbers.c.number, guardians.c.starts_at)
        .select_from(guardians)
        .join(members, (members.c.id == guardians.c.guardian_id) & (members.c.organisation_id == guardians.c.organisation_id))
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .where(guardians.c.member_id == member_id, ours(world, guardians), members.c.status == "active", numbers.c.number == first_number())
        .where(guardians.c.ends_at.is_(None) | (guardians.c.ends_at > now))
        .order_by(guardians.c.starts_at, members.c.id)
    )
    return [Guardian(row.id, row.name, row.number, row.starts_at <= now) for row in world.read.execute(query)]


def add(world: Any, member_id: int, guardian_id: int, starts_at: dt.datetime) -> None:
    world.write.execute(delete(guardians).where(guardians.c.member_id == member_id, guardians.c.guardian_id == guardian_id, ours(world, guardians)))
    world.write.execute(insert(guardians).values(member_id=member_id, guardian_id=guardian_id, organisation_id=world.organisation.id, starts_at=starts_at))


def end(world: Any, member_id: int, guardian_id: int, ends_at: dt.datetime) -> bool:
    query = update(guardians).where(guardians.c.member_id == member_id, guardians.c.guardian_id == guardian_id, ours(world, guardians))
    return bool(world.write.execute(query.where(guardians.c.ends_at.is_(None)).values(ends_at=ends_at)).rowcount)


def rescue_of(world: Any, member_id: int) -> Row[Any] | None:
    """The rescue of a member in which no PIN is chosen yet, locked until the commit."""
    query = select(rescues).where(rescues.c.member_id == member_id, rescues.c.ends_at > world.now(), rescues.c.stopped_by.is_(None), ours(world, rescues))
    query = query.where(rescues.c.chosen_at.is_(None))
    found: Row[Any] | None = world.write.execute(query.with_for_update()).one_or_none()
    return found


def chosen_works_at(world: Any, member_id: int) -> dt.datetime | None:
    """When a new PIN that was chosen will work, while it does not yet: a second rescue meanwhile would hide the first from those who may stop it."""
    query = select(rescues.c.ends_at).where(
        rescues.c.member_id == member_id, rescues.c.ends_at > world.now(), rescues.c.chosen_at.is_not(None), ours(world, rescues)
    )
    moment: dt.datetime | None = world.write.scalar(query.with_for_update())
    return moment


def begin_rescue(world: Any, member_id: int, ends_at: dt.datetime, opened_by: str | None = None) -> None:
    forget_rescue(world, member_id)
    values = {"member_id": member_id, "organisation_id": world.organisation.id, "asked_at": world.now(), "ends_at": ends_at, "opened_by": opened_by}
    world.write.execute(insert(rescues).values(values))


def forget_rescue(world: Any, member_id: int) -> None:
    for table in (vouchers, rescues):
        world.write.execute(delete(table).where(table.c.member_id == member_id, ours(world, table)))


def note_chosen(world: Any, member_id: int, works_at: dt.datetime) -> None:
    """The new PIN is chosen, and works from then on."""
    query = update(rescues).where(rescues.c.member_id == member_id, ours(world, rescues))
    world.write.execute(query.values(chosen_at=world.now(), ends_at=works_at))


def stop_rescue(world: Any, member_id: int, by: str) -> Row[Any] | None:
    """The rescue that was stopped; None when there was none to stop any more."""
    still = (rescues.c.member_id == member_id) & rescues.c.stopped_by.is_(None) & (rescues.c.ends_at > world.now()) & ours(world, rescues)
    found: Row[Any] | None = world.write.execute(select(rescues).where(still).with_for_update()).one_or_none()
    if found:
        world.write.execute(update(rescues).where(still).values(stopped_by=by))
    return found


def was_stopped(world: Any, member_id: int) -> bool:
    """Whether a person has stopped a rescue of this member that would still be open."""
    query = select(rescues.c.stopped_by).where(rescues.c.member_id == member_id, rescues.c.ends_at > world.now(), ours(world, rescues))
    return world.read.scalar(query) is not None


def open_rescues(world: Any) -> list[Row[Any]]:
    query = select(rescues).where(rescues.c.ends_at > world.now(), rescues.c.stopped_by.is_(None), ours(world, rescues))
    return list(world.read.execute(query.order_by(rescues.c.asked_at)))


def vouch(world: Any, member_id: int, guardian_id: int) -> None:
    add_once(world.write, vouchers, member_id=member_id, guardian_id=guardian_id, organisation_id=world.organisation.id, at=world.now())


def said_yes(world: Any, member_id: int) -> int:
    return world.read.scalar(select(func.count()).where(vouchers.c.member_id == member_id, ours(world, vouchers))) or 0


def asked_of(world: Any, guardian_id: int) -> list[Row[Any]]:
    """(id, name, number) of the members who ask this guardian and have no answer yet."""
    now, mine = world.now(), vouchers.alias("mine")
    answered = (mine.c.member_id == rescues.c.member_id) & (mine.c.guardian_id == guardian_id) & (mine.c.organisation_id == rescues.c.organisation_id)
    query = (
        select(members.c.id, members.c.name, numbers.c.number)
        .select_from(rescues)
        .join(guardians, (guardians.c.member_id == rescues.c.member_id) & (guardians.c.organisation_id == rescues.c.organisation_id))
        .join(members, (members.c.id == rescues.c.member_id) & (members.c.organisation_id == rescues.c.organisation_id))
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .outerjoin(mine, answered)
        .where(guardians.c.guardian_id == guardian_id, guardians.c.starts_at <= now, guardians.c.ends_at.is_(None) | (guardians.c.ends_at > now))
        .where(rescues.c.ends_at > now, rescues.c.stopped_by.is_(None), rescues.c.opened_by.is_(None), mine.c.member_id.is_(None), ours(world, rescues))
        .where(numbers.c.number == first_number())
        .order_by(rescues.c.asked_at)
    )
    return list(world.read.execute(query))
