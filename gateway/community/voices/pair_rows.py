"""Who may be one person with two accounts: looked for among those of one name and village, and what a person at the console said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, and_, func, select, update

from gateway.community.items.tables import votes
from gateway.members.rows import members
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

NAMES_LOOKED_AT = 200  # pairs of one name and village that are looked at, those with the newest accounts

two_people = Table(
    "two_people",
    metadata,
    Column("first_id", BigInteger, primary_key=True, autoincrement=False),
    Column("second_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("first_id", "members"),
    refers("second_id", "members"),
)


def same_name(world: Any) -> list[tuple[int, int]]:
    """Pairs of active members with one name and one village, of whom nobody has said that they are two, nor that they are one."""
    one, other = members.alias(), members.alias()
    said = select(two_people.c.first_id).where(two_people.c.first_id == one.c.id, two_people.c.second_id == other.c.id, ours(world, two_people))
    same = and_(
        one.c.id < other.c.id, one.c.organisation_id == other.c.organisation_id, func.lower(one.c.name) == func.lower(other.c.name),
        func.lower(one.c.village) == func.lower(other.c.village), one.c.village != "",
    )  # fmt: skip
    query = select(one.c.id, other.c.id).select_from(one.join(other, same)).where(one.c.organisation_id == world.organisation.id, ~said.exists())
    query = query.where(one.c.status == "active", other.c.status == "active", one.c.votes_with.is_(None), other.c.votes_with.is_(None))
    return [(row[0], row[1]) for row in world.read.execute(query.order_by(other.c.id.desc(), one.c.id.desc()).limit(NAMES_LOOKED_AT))]


def votes_of(world: Any, member_ids: Collection[int], since: dt.datetime) -> dict[int, dict[int, tuple[int, dt.datetime]]]:
    """Member -> item -> (for or against, when) of the votes since."""
    found: dict[int, dict[int, tuple[int, dt.datetime]]] = {id: {} for id in member_ids}
    query = select(votes.c.member_id, votes.c.item_id, votes.c.choice, votes.c.at).where(votes.c.member_id.in_(member_ids), votes.c.at >= since)
    for row in world.read.execute(query.where(ours(world, votes))):
        found[row.member_id][row.item_id] = (row.choice, row.at)
    return found


def are_two(world: Any, first_id: int, second_id: int, by: str) -> None:
    add_once(
        world.write, two_people, first_id=min(first_id, second_id), second_id=max(first_id, second_id), organisation_id=world.organisation.id, by=by[:60],
        at=world.now(),
    )  # fmt: skip


def join_voices(world: Any, member_id: int, with_id: int | None) -> None:
    """With its own voice, or with another's; who spoke with it speaks with that other too."""
    mine = (members.c.id == member_id) | (members.c.votes_with == member_id) if with_id else members.c.id == member_id
    world.write.execute(update(members).where(mine, ours(world, members)).values(votes_with=with_id))
    world.seen.clear()


def joined_here(world: Any) -> list[tuple[int, int]]:
    """(account, the one whose voice it speaks with)."""
    query = select(members.c.id, members.c.votes_with).where(members.c.votes_with.is_not(None), ours(world, members))
    return [(row[0], row[1]) for row in world.read.execute(query.order_by(members.c.id))]


def move_vote(world: Any, item_id: int, from_id: int, to_id: int) -> None:
    here = (votes.c.item_id == item_id) & ours(world, votes)
    world.write.execute(update(votes).where(here, votes.c.member_id == from_id).values(member_id=to_id))


def drop_vote(world: Any, item_id: int, member_id: int) -> None:
    world.write.execute(votes.delete().where(votes.c.item_id == item_id, votes.c.member_id == member_id, ours(world, votes)))


def all_votes_of(world: Any, member_id: int) -> list[int]:
    return list(world.read.scalars(select(votes.c.item_id).where(votes.c.member_id == member_id, ours(world, votes))))
