"""Where it is kept who may dial for whom. What they prepare are drafts like all others, with who made them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, func, insert, select, update

from gateway.community.assisted.model import Assist
from gateway.community.items.tables import items
from gateway.members.draft_rows import drafts
from gateway.store.tables import UtcTime, id_column, metadata, organisation_column, ours, refers

assists = Table(
    "assists",
    metadata,
    id_column(),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("helper_id", BigInteger, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    CheckConstraint("member_id <> helper_id", name="two"),
    CheckConstraint("until >= began_at", name="until"),
    refers("member_id", "members"),
    refers("helper_id", "members"),
    Index("ix_assists_member", "member_id", "organisation_id", "until"),
    Index("ix_assists_helper", "helper_id", "organisation_id", "until"),
)

_ASSIST = [assists.c[name] for name in ("id", "member_id", "helper_id", "began_at", "until")]


def add(world: Any, member_id: int, helper_id: int, until: dt.datetime) -> None:
    world.write.execute(
        insert(assists).values(
            id=world.new_id(), organisation_id=world.organisation.id, member_id=member_id, helper_id=helper_id, began_at=world.now(), until=until
        )
    )


def of_member(world: Any, member_id: int) -> Assist | None:
    """Who dials for this member now."""
    query = select(*_ASSIST).where(assists.c.member_id == member_id, assists.c.until > world.now(), ours(world, assists))
    row = world.read.execute(query.order_by(assists.c.id.desc()).limit(1)).first()
    return Assist(*row) if row else None


def of_helper(world: Any, helper_id: int) -> list[Assist]:
    """For whom this member dials now, the newest last."""
    query = select(*_ASSIST).where(assists.c.helper_id == helper_id, assists.c.until > world.now(), ours(world, assists))
    return [Assist(*row) for row in world.read.execute(query.order_by(assists.c.id))]


def begun_since(world: Any, since: dt.datetime) -> list[Assist]:
    query = select(*_ASSIST).where(assists.c.began_at >= since, ours(world, assists))
    return [Assist(*row) for row in world.read.execute(query.order_by(assists.c.id.desc()))]


def chosen_since(world: Any, member_id: int, since: dt.datetime) -> list[int]:
    """The helpers whom this member has chosen, the last first, each once."""
    query = select(assists.c.helper_id, func.max(assists.c.id).label("last")).where(
        assists.c.member_id == member_id, assists.c.began_at >= since, ours(world, assists)
    )
    return [row.helper_id for row in world.read.execute(query.group_by(assists.c.helper_id).order_by(func.max(assists.c.id).desc()))]


def times_chosen(world: Any, member_id: int, since: dt.datetime) -> int:
    """How often this member has let somebody dial, the same person again counted again."""
    query = select(func.count()).where(assists.c.member_id == member_id, assists.c.began_at >= since, ours(world, assists))
    return world.read.scalar(query) or 0


def helped_since(world: Any, helper_id: int, since: dt.datetime) -> int:
    """How many members have let this person dial, ended by now or not."""
    query = select(func.count(assists.c.member_id.distinct())).where(assists.c.helper_id == helper_id, assists.c.began_at >= since, ours(world, assists))
    return world.read.scalar(query) or 0


def end(world: Any, member_id: int) -> None:
    """Whoever dials for this member does no more."""
    now = world.now()
    world.write.execute(update(assists).where(assists.c.member_id == member_id, assists.c.until > now, ours(world, assists)).values(until=now))


def cases_written(world: Any, member_id: int, by: str, since: dt.datetime) -> int:
    query = select(func.count()).where(items.c.member_id == member_id, items.c.about == by, items.c.made_at >= since, ours(world, items))
    return world.read.scalar(query) or 0


def prepared(world: Any, member_id: int, helper_id: int, since: dt.datetime) -> dict[str, int]:
    """State -> payments that a helper has prepared for a member since then."""
    query = select(drafts.c.state, func.count().label("many")).where(
        drafts.c.member_id == member_id, drafts.c.made_by == helper_id, drafts.c.made_at >= since, ours(world, drafts)
    )
    return {row.state: row.many for row in world.read.execute(query.group_by(drafts.c.state))}
