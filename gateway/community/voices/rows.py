"""What members say of themselves so that we see whether all are heard, and who took part in what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, String, Table, case, cast, delete, func, insert, literal, select, union, update

from gateway.community.groups.rows import groups, memberships
from gateway.community.helping.rows import revisions
from gateway.community.items.tables import comments, items, votes
from gateway.community.polls.rows import answers
from gateway.community.rows import thanks, village_times
from gateway.community.voices.model import FAR_MINUTES
from gateway.ledger.tables import accounts, transfers
from gateway.members.rows import members
from gateway.money.tables import shortcuts
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

traits = Table(
    "member_traits",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("sex", String(8), nullable=False, server_default=""),
    Column("age", String(8), nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("sex IN ('','woman','man')", name="sex"),
    CheckConstraint("age IN ('','under_25','25_to_40','41_to_60','over_60')", name="age"),
    refers("member_id", "members"),
)

# The thank-you board as it was counted last: groups by who takes part, members by who thanked them.
board = Table(
    "board",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("ref", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("count", Integer, nullable=False),
    Column("of", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("kind IN ('group','member','season')", name="kind"),
    CheckConstraint('count >= 0 AND "of" >= count', name="count"),
)


def put_trait(world: Any, member_id: int, **trait: str) -> None:
    if not add_once(world.write, traits, member_id=member_id, organisation_id=world.organisation.id, at=world.now(), **trait):
        world.write.execute(update(traits).where(traits.c.member_id == member_id, ours(world, traits)).values(at=world.now(), **trait))


def forget_traits(world: Any, member_id: int) -> None:
    world.write.execute(delete(traits).where(traits.c.member_id == member_id, ours(world, traits)))


def traits_of(world: Any, member_id: int) -> tuple[str, str]:
    row = world.read.execute(select(traits.c.sex, traits.c.age).where(traits.c.member_id == member_id, ours(world, traits))).one_or_none()
    return (row.sex, row.age) if row else ("", "")


def _took_part(world: Any, since: dt.datetime) -> Any:
    """The ids of who voted, said something, made something or answered a poll since."""
    acts = ((votes, votes.c.at), (comments, comments.c.made_at), (items, items.c.made_at), (answers, answers.c.at))
    return union(*(
        select(table.c.member_id).where(at >= since, table.c.member_id.is_not(None), ours(world, table)) for table, at in acts
    )).subquery()  # fmt: skip


def took_part_in(world: Any, member_ids: Sequence[int], since: dt.datetime) -> set[int]:
    """Which of these members took part since."""
    some = _took_part(world, since)
    return set(world.read.scalars(select(some.c.member_id).where(some.c.member_id.in_(list(member_ids)))))


def village_part(world: Any, village: str, since: dt.datetime) -> tuple[int, int]:
    """(how many of a village took part since, of how many active members)."""
    here = (func.lower(members.c.village) == village.lower()) & (members.c.status == "active") & ours(world, members)
    some = _took_part(world, since)
    took = select(func.count(some.c.member_id.distinct())).select_from(some.join(members, members.c.id == some.c.member_id)).where(here)
    return int(world.read.scalar(took) or 0), int(world.read.scalar(select(func.count()).select_from(members).where(here)) or 0)


def parts(world: Any, by: Any, since: dt.datetime) -> dict[str, tuple[int, int, int]]:
    """Value of a column of members or traits -> (members, who took part, votes)."""
    active = (members.c.status == "active") & ours(world, members)
    way = (village_times.c.village == func.lower(members.c.village)) & (village_times.c.organisation_id == members.c.organisation_id)
    here = select(members.c.id, func.coalesce(by, "").label("part")).select_from(
        members.outerjoin(traits, (traits.c.member_id == members.c.id) & (traits.c.organisation_id == members.c.organisation_id)).outerjoin(village_times, way)
    )  # fmt: skip
    who, some = here.where(active).subquery(), _took_part(world, since)
    cast = select(votes.c.member_id, func.count().label("times")).where(votes.c.at >= since, ours(world, votes)).group_by(votes.c.member_id).subquery()
    query = select(
        who.c.part, func.count().label("heads"), func.count(some.c.member_id).label("took"),
        func.coalesce(func.sum(cast.c.times), 0).label("votes"),
    ).select_from(who.outerjoin(some, some.c.member_id == who.c.id).outerjoin(cast, cast.c.member_id == who.c.id))  # fmt: skip
    return {row.part: (row.heads, row.took, int(row.votes)) for row in world.read.execute(query.group_by(who.c.part))}


BY = {
    "sex": traits.c.sex, "age": traits.c.age, "village": func.lower(members.c.village),
    "way": case((village_times.c.there_minutes >= FAR_MINUTES, "far"), (village_times.c.there_minutes.is_not(None), "near"), else_=""),
}  # fmt: skip


# The board.


def write_board(world: Any, since: dt.datetime, fewest: int) -> int:
    """Count it anew; how many lines it has."""
    lines = [("group", *row) for row in _groups_taking_part(world, since, fewest)] + [("member", id, times, times) for id, times in _thanked(world, since)]
    return _write_lines(world, ("group", "member"), lines)


def write_season(world: Any, since: dt.datetime, fewest: int) -> int:
    """How groups stand in a challenge since a moment; how many."""
    return _write_lines(world, ("season",), [("season", *row) for row in _groups_taking_part(world, since, fewest)])


def _write_lines(world: Any, kinds: Sequence[str], lines: Sequence[tuple[str, int, int, int]]) -> int:
    world.write.execute(delete(board).where(board.c.kind.in_(kinds), ours(world, board)))
    if lines:
        world.write.execute(insert(board), [
            {"kind": kind, "ref": ref, "organisation_id": world.organisation.id, "count": count, "of": of, "at": world.now()}
            for kind, ref, count, of in lines
        ])  # fmt: skip
    return len(lines)


def _groups_taking_part(world: Any, since: dt.datetime, fewest: int) -> list[tuple[int, int, int]]:
    some, heads = _took_part(world, since), func.count().label("heads")
    query = (
        select(memberships.c.group_id, func.count(some.c.member_id), heads)
        .select_from(memberships.outerjoin(some, some.c.member_id == memberships.c.member_id))
        .join(members, (members.c.id == memberships.c.member_id) & (members.c.organisation_id == memberships.c.organisation_id))
        .join(groups, (groups.c.id == memberships.c.group_id) & (groups.c.organisation_id == memberships.c.organisation_id))
        .where(memberships.c.state == "member", members.c.status == "active", groups.c.state == "open", ours(world, memberships))
    )
    return [tuple(row) for row in world.read.execute(query.group_by(memberships.c.group_id).having(heads >= fewest))]


def _thanked(world: Any, since: dt.datetime) -> list[tuple[int, int]]:
    query = (
        select(thanks.c.helper_id, func.count())
        .join(members, (members.c.id == thanks.c.helper_id) & (members.c.organisation_id == thanks.c.organisation_id))
        .where(thanks.c.at >= since, members.c.status == "active", members.c.on_board, ours(world, thanks))
    )
    return [tuple(row) for row in world.read.execute(query.group_by(thanks.c.helper_id))]


def best(world: Any, kind: str, most: int) -> list[tuple[int, int, int]]:
    """(whose, count, of): groups by share, members by number."""
    by = board.c.count if kind == "member" else board.c.count * 1.0 / board.c.of
    query = select(board.c.ref, board.c.count, board.c.of).where(board.c.kind == kind, board.c.count > 0, ours(world, board))
    return [tuple(row) for row in world.read.execute(query.order_by(by.desc(), board.c.ref).limit(most))]


def on_board(world: Any, member_ids: Sequence[int]) -> set[int]:
    """Which of these members said that their name may stand on the board."""
    query = select(members.c.id).where(members.c.id.in_(list(member_ids)), members.c.on_board, ours(world, members))
    return set(world.read.scalars(query))


# Who leads the way.


def own_hits(world: Any, best_from: float) -> dict[int, tuple[int, int]]:
    """Member -> (own ideas that are done or planned, or that stand as high as this; all own ideas)."""
    good = items.c.state.in_(("planned", "trying", "done", "closed")) | ((items.c.score >= best_from) & (items.c.supporters > 0))
    query = select(items.c.member_id, func.count().filter(good).label("hits"), func.count().label("ideas"))
    query = query.where(items.c.kind == "idea", items.c.member_id.is_not(None), items.c.state != "withdrawn", items.c.shown != "sealed", ours(world, items))
    return {row.member_id: (row.hits, row.ideas) for row in world.read.execute(query.group_by(items.c.member_id))}


ASKED_AT_ONCE = 10_000  # members whose payments one statement counts: a database takes so many values and not many more


def best_tenth(world: Any) -> float:
    """The score from which an idea is among the best tenth of those that were voted on; above all of them when there are fewer than ten."""
    voted = (items.c.kind == "idea") & (items.c.supporters > 0) & (items.c.state != "withdrawn") & ours(world, items)
    tenth = int(world.read.scalar(select(func.count()).where(voted)) or 0) // 10
    query = select(items.c.score).where(voted).order_by(items.c.score.desc()).offset(max(tenth - 1, 0)).limit(1)
    found = world.read.scalar(query) if tenth else None
    return float("inf") if found is None else float(found)


def first_uses(world: Any, first: int) -> dict[int, int]:
    """Member -> of how many things that one can do here they were among the first users: each kind of item, votes, comments, polls, groups, shortcuts of
    each kind, offers for needs.
    """
    things = (
        (items, items.c.member_id, items.c.made_at, items.c.kind), (votes, votes.c.member_id, votes.c.at, None),
        (comments, comments.c.member_id, comments.c.made_at, comments.c.kind), (answers, answers.c.member_id, answers.c.at, None),
        (shortcuts, shortcuts.c.member_id, shortcuts.c.made_at, shortcuts.c.kind), (revisions, revisions.c.member_id, revisions.c.made_at, None),
    )  # fmt: skip
    found: dict[int, int] = {}
    for table, who, at, kind in things:
        thing = literal("") if kind is None else kind
        began = select(who.label("who"), thing.label("thing"), func.min(at).label("at")).where(who.is_not(None), ours(world, table)).group_by(who, thing)
        each = began.subquery()
        place = func.row_number().over(partition_by=each.c.thing, order_by=(each.c.at, each.c.who)).label("place")
        ranked = select(each.c.who, place).subquery()
        query = select(ranked.c.who, func.count().label("times")).where(ranked.c.place <= first).group_by(ranked.c.who)
        for row in world.read.execute(query):
            found[row.who] = found.get(row.who, 0) + row.times
    return found


def taken_up(world: Any, others: int) -> dict[int, int]:
    """Member -> shortcuts that they made first and so many others made later: to the same group or for the same amount of airtime."""
    same = case((shortcuts.c.kind == "airtime", cast(shortcuts.c.amount, String)), else_=shortcuts.c.to)
    began = func.min(shortcuts.c.made_at).label("at")  # one member may keep several to one group, for different amounts
    kept = select(shortcuts.c.member_id, shortcuts.c.kind, same.label("same"), began).where(shortcuts.c.kind != "send", ours(world, shortcuts))
    each = kept.group_by(shortcuts.c.member_id, shortcuts.c.kind, same).subquery()
    place = func.row_number().over(partition_by=(each.c.kind, each.c.same), order_by=(each.c.at, each.c.member_id)).label("place")
    heads = func.count().over(partition_by=(each.c.kind, each.c.same)).label("heads")
    ranked = select(each.c.member_id, place, heads).subquery()
    query = select(ranked.c.member_id, func.count().label("times")).where(ranked.c.place == 1, ranked.c.heads > others).group_by(ranked.c.member_id)
    return {row.member_id: row.times for row in world.read.execute(query)}


def early_support(world: Any, first: int) -> dict[int, int]:
    """Member -> how often they were among the first to support an idea that was done."""
    place = func.row_number().over(partition_by=votes.c.item_id, order_by=(votes.c.at, votes.c.member_id)).label("place")
    ranked = (
        select(votes.c.member_id, place)
        .join(items, (items.c.id == votes.c.item_id) & (items.c.organisation_id == votes.c.organisation_id))
        .where(items.c.kind == "idea", items.c.state.in_(("done", "closed")), votes.c.choice == 1, ours(world, votes))
        .subquery()
    )
    query = select(ranked.c.member_id, func.count().label("times")).where(ranked.c.place <= first).group_by(ranked.c.member_id)
    return {row.member_id: row.times for row in world.read.execute(query)}


def uses(world: Any, member_ids: Sequence[int], since: dt.datetime) -> dict[int, int]:
    """Member -> payments of theirs since."""
    query = (
        select(accounts.c.owner_id, func.count().label("times"))
        .join(transfers, (transfers.c.source_id == accounts.c.id) & (transfers.c.organisation_id == accounts.c.organisation_id))
        .where(transfers.c.made_at >= since, ours(world, accounts))
        .group_by(accounts.c.owner_id)
    )
    found: dict[int, int] = {}
    for n in range(0, len(member_ids), ASKED_AT_ONCE):
        some = accounts.c.owner_id.in_(member_ids[n : n + ASKED_AT_ONCE])
        found |= {row.owner_id: row.times for row in world.read.execute(query.where(some))}
    return found


# For the five steps.


def shortcut_keepers(world: Any) -> int:
    query = select(func.count(shortcuts.c.member_id.distinct())).where(ours(world, shortcuts))
    return world.read.scalar(query) or 0


def solved_by_peers(world: Any, since: dt.datetime) -> tuple[int, int]:
    """(questions since, those of them that a member's answer solved, as only who asked can say)."""
    asked = select(items.c.id).where(items.c.kind == "question", items.c.made_at >= since, items.c.state != "withdrawn", ours(world, items))
    helped = select(func.count(comments.c.item_id.distinct())).where(comments.c.item_id.in_(asked), comments.c.kind == "answer", comments.c.helped.is_(True))
    return world.read.scalar(select(func.count()).select_from(asked.subquery())) or 0, world.read.scalar(helped.where(ours(world, comments))) or 0


def tips_of_many(world: Any) -> tuple[int, int]:
    """(tips that all can read, those with two authors or more)."""
    authors = func.count(revisions.c.member_id.distinct()).label("authors")
    by = (
        select(items.c.id, authors)
        .join(revisions, (revisions.c.item_id == items.c.id) & (revisions.c.organisation_id == items.c.organisation_id))
        .where(items.c.kind == "tip", items.c.state.in_(("open", "looked_at")), revisions.c.state == "accepted", ours(world, items))
        .group_by(items.c.id)
        .subquery()
    )
    row = world.read.execute(select(func.count(), func.count().filter(by.c.authors >= 2)).select_from(by)).one()
    return row[0], row[1]


def forget_left(world: Any) -> int:
    """What members who have left said of themselves."""
    gone = select(members.c.id).where(members.c.status == "left", ours(world, members))
    return int(world.write.execute(delete(traits).where(traits.c.member_id.in_(gone), ours(world, traits))).rowcount)
