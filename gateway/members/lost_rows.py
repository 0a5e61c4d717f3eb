"""Where it is kept that a phone was said to be lost, and until when its PIN rests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, func, insert, select, update

from gateway.store.tables import UtcTime, id_column, metadata, organisation_column, ours, refers

lost_phones = Table(
    "lost_phones",
    metadata,
    id_column(),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("said_by", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    CheckConstraint("until >= at", name="until"),
    refers("member_id", "members"),
    Index("ix_lost_phones_member", "organisation_id", "member_id", "at"),
    Index("ix_lost_phones_said_by", "organisation_id", "said_by", "at"),
)


def add(world: Any, member_id: int, said_by: str, until: dt.datetime) -> int:
    id: int = world.new_id()
    values = {"id": id, "organisation_id": world.organisation.id, "member_id": member_id, "said_by": said_by, "at": world.now(), "until": until}
    world.write.execute(insert(lost_phones).values(**values))
    return id


def last(world: Any, member_id: int) -> Any:
    """The newest that was said of this member: `said_by`, `at`, `until`; or None."""
    wanted = lost_phones.c.member_id == member_id, ours(world, lost_phones)
    return world.write.execute(select(lost_phones).where(*wanted).order_by(lost_phones.c.at.desc(), lost_phones.c.id.desc()).limit(1)).first()


def end(world: Any, id: int) -> bool:
    """The PIN works again from now. Whether it rested."""
    resting = lost_phones.c.id == id, lost_phones.c.until > world.now(), ours(world, lost_phones)
    return bool(world.write.execute(update(lost_phones).where(*resting).values(until=world.now())).rowcount)


def said_since(world: Any, said_by: str, since: dt.datetime) -> int:
    wanted = lost_phones.c.said_by == said_by, lost_phones.c.at >= since, ours(world, lost_phones)
    return world.write.scalar(select(func.count()).where(*wanted)) or 0
