"""Who asks to join which group, for who leads it and for the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, select, update

from gateway.community.groups.model import Membership
from gateway.community.groups.rows import MEMBERSHIP, groups, is_active, memberships
from gateway.members.rows import members
from gateway.store.tables import fixed, ours

ENDED_AT_ONCE = 200  # askings that nobody answered, in one run of the clock


def _asking_mine() -> Any:
    """Who asks to join a group that the member leads."""
    mine = memberships.alias("mine")
    return (
        select(*MEMBERSHIP)
        .join(mine, (mine.c.group_id == memberships.c.group_id) & (mine.c.organisation_id == memberships.c.organisation_id))
        .join(members, is_active())
        .join(groups, (groups.c.id == memberships.c.group_id) & (groups.c.organisation_id == memberships.c.organisation_id))
        .where(mine.c.member_id == bindparam("member_id"), mine.c.role == fixed("leader"), mine.c.state == fixed("member"))
        .where(memberships.c.state == fixed("asked"), groups.c.state == fixed("open"), memberships.c.organisation_id == bindparam("here"))
        .order_by(memberships.c.since, memberships.c.member_id)
    )


ASKING_MINE = _asking_mine()
ASKED_IN = ASKING_MINE.order_by(None).with_only_columns(memberships.c.group_id).distinct()  # groups of the member's in which somebody asks: a line each


def asked_of(world: Any, leader_id: int) -> list[Membership]:
    return [Membership(*row) for row in world.read.execute(ASKING_MINE, {"member_id": leader_id, "here": world.organisation.id})]


def asked_before(world: Any, before: dt.datetime) -> list[Membership]:
    """Who asked to join a group before that, and has no answer."""
    query = select(*MEMBERSHIP).where(memberships.c.state == "asked", memberships.c.since < before, ours(world, memberships))
    return [Membership(*row) for row in world.write.execute(query.order_by(memberships.c.since).limit(ENDED_AT_ONCE))]


def end_asking(world: Any, one: Membership) -> bool:
    """They ask no more. False when the leader has answered meanwhile."""
    here = (memberships.c.group_id == one.group_id) & (memberships.c.member_id == one.member_id) & ours(world, memberships)
    query = update(memberships).where(here, memberships.c.state == "asked").values(state="left", since=world.now())
    return bool(world.write.execute(query).rowcount)
