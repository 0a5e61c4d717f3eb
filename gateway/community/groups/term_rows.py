"""Where it is kept since when who leads a group, and until when. Written by whatever gives or takes the role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, insert, select, update

from gateway.store.tables import UtcTime, metadata, only, organisation_column, ours, refers

role_terms = Table(
    "role_terms",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("since", UtcTime, primary_key=True),
    Column("until", UtcTime),
    CheckConstraint("until IS NULL OR until >= since", name="order"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("uq_role_terms_now", "group_id", "member_id", "organisation_id", unique=True, **only("until IS NULL")),
)


@dataclass(frozen=True)
class Term:
    group_id: int
    member_id: int
    since: dt.datetime
    until: dt.datetime | None

    def days(self, now: dt.datetime) -> int:
        return ((self.until or now) - self.since).days


_TERM = [role_terms.c[name] for name in ("group_id", "member_id", "since", "until")]


def note(world: Any, group_id: int, member_id: int, *, leads: bool) -> None:
    """From now on this member leads the group, or does no more; what was so before changes nothing."""
    mine = (role_terms.c.group_id == group_id) & (role_terms.c.member_id == member_id) & role_terms.c.until.is_(None) & ours(world, role_terms)
    if not leads:
        world.write.execute(update(role_terms).where(mine).values(until=world.now()))
    elif world.write.execute(select(role_terms.c.since).where(mine)).first() is None:
        values = {"group_id": group_id, "member_id": member_id, "organisation_id": world.organisation.id, "since": world.now()}
        world.write.execute(insert(role_terms).values(values))


def leading_since(world: Any, group_id: int) -> dict[int, dt.datetime]:
    """Who leads it now -> since when."""
    return {one.member_id: one.since for one in of_groups(world, [group_id]).get(group_id, []) if one.until is None}


def of_groups(world: Any, group_ids: Sequence[int]) -> dict[int, list[Term]]:
    """Group -> its terms, the newest first."""
    query = select(*_TERM).where(role_terms.c.group_id.in_(group_ids), ours(world, role_terms)).order_by(role_terms.c.since.desc())
    found: dict[int, list[Term]] = {}
    for row in world.read.execute(query):
        found.setdefault(row.group_id, []).append(Term(*row))
    return found
