"""Where wishes about one's own data are kept, and the one place that reads and clears what is a member's in every table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, String, Table, delete, false, or_, select, text, update

from gateway.members.own_data.model import FATES, GONE, Blank, Delete, Request
from gateway.members.rows import by_id
from gateway.members.sim_rows import numbers_of_many
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours
from gateway.store.upsert import add_once

data_requests = Table(
    "data_requests",
    metadata,
    id_column(),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("phones", String(60), nullable=False),  # the SIMs that are theirs, for who leaves meanwhile
    Column("phones_since", UtcTime, nullable=False),
    Column("kind", String(6), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("done_at", UtcTime),
    Column("done_by", String(60)),
    CheckConstraint("kind IN ('copy','delete')", name="kind"),
    CheckConstraint("state IN ('waiting','done','refused')", name="state"),
    ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"]),
    Index("uq_data_requests_waiting", "member_id", "kind", "organisation_id", unique=True, **only("state = 'waiting'")),
)
_REQUEST = [data_requests.c[name] for name in ("id", "member_id", "phones", "phones_since", "kind", "asked_at", "due_at", "state")]
WHOSE = frozenset(
    "member_id owner_id guardian_id giver_id helper_id asker_id holder_id winner_id leader_id friend_id follower_id followed_id first_id second_id".split()
)
NUMBERS = frozenset({"number", "phone"})
NO_NUMBERS_OF_PHONES = frozenset({"groups", "items", "sealed_waiting"})  # what is called a number there is the number of a thing
# Secrets, marks of ours that say nothing to anybody, and who of others is a member.
NOT_COPIED = frozenset("pin_hash key call mark stems request_id organisation_id friend_id sent".split())
WHEN = ("at", "made_at", "asked_at", "day")  # how tables call the moment of a row


def add(world: Any, member_id: int, kind: str, due_at: dt.datetime) -> bool:
    """Whether it is new: of each kind one waits."""
    phones, since = phones_of(world, member_id)
    values = {
        "member_id": member_id,
        "phones": ",".join(phones),
        "phones_since": since,
        "kind": kind,
        "asked_at": world.now(),
        "due_at": due_at,
        "state": "waiting",
    }
    return add_once(world.write, data_requests, id=new_id(), organisation_id=world.organisation.id, **values)


def waiting(world: Any, member_id: int | None = None) -> list[Request]:
    """The first due first."""
    query = select(*_REQUEST).where(data_requests.c.state == "waiting", ours(world, data_requests))
    query = query.where(data_requests.c.member_id == member_id) if member_id else query
    return [Request(*row) for row in world.read.execute(query.order_by(data_requests.c.due_at))]


def request(world: Any, id: int) -> Request | None:
    """One wish that waits, held until the commit."""
    query = select(*_REQUEST).where(data_requests.c.id == id, data_requests.c.state == "waiting", ours(world, data_requests)).with_for_update()
    row = world.write.execute(query).one_or_none()
    return Request(*row) if row else None


def end(world: Any, id: int, state: str, by: str) -> None:
    world.write.execute(update(data_requests).where(data_requests.c.id == id, ours(world, data_requests)).values(state=state, done_at=world.now(), done_by=by))


def tables_of_members() -> list[Table]:
    """Every table that holds something of a member."""
    return [table for table in metadata.sorted_tables if table.name in FATES]


def holds_members(table: Table) -> bool:
    return bool(WHOSE & set(table.columns.keys())) or bool(_phones(table)) or table.name == "members"


def _phones(table: Table) -> set[str]:
    return set(table.columns.keys()) & NUMBERS if table.name not in NO_NUMBERS_OF_PHONES else set(table.columns.keys()) & {"phone"}


def phones_of(world: Any, member_id: int) -> tuple[list[str], dt.datetime]:
    """(the SIMs that are this member's alone, since when): on a phone that several share nobody can tell whose a call or an SMS was."""
    mine = numbers_of_many(world, [member_id])
    member = by_id(world, member_id)
    return ([] if member is None or member.shared else [number for _, number, _ in mine]), min((since for _, _, since in mine), default=world.now())


def _is_of(world: Any, table: Table, member_id: int, phones: Sequence[str], since: dt.datetime) -> Any:
    if table.name == "members":
        return (table.c.id == member_id) & (table.c.organisation_id == world.organisation.id)
    told: list[Any] = [table.c[name] == member_id for name in sorted(WHOSE & set(table.columns.keys()))]
    when = next((table.c[name] for name in WHEN if name in table.c), None)
    for name in sorted(_phones(table)) if phones else ():
        by_phone: Any = table.c[name].in_(phones)
        if "member_id" in table.c:  # what is known to be another's is theirs
            by_phone = by_phone & table.c.member_id.is_(None)
        if when is not None and isinstance(when.type, UtcTime):  # who had the number before has no part in this
            by_phone = by_phone & (when >= since)
        told.append(by_phone)
    here = table.c.organisation_id == world.organisation.id if "organisation_id" in table.c else text("1 = 1")
    return or_(false(), *told) & here


def everything_of(world: Any, member_id: int, phones: Sequence[str], since: dt.datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """(table, a row of it) of all that is a member's, without secrets and marks."""
    for table in tables_of_members():
        columns = [column for column in table.columns if column.name not in NOT_COPIED]
        for row in world.read.execute(select(*columns).where(_is_of(world, table, member_id, phones, since))):
            yield table.name, row._asdict()


def clear(world: Any, member_id: int, phones: Sequence[str], since: dt.datetime) -> dict[str, int]:
    """Delete and blank what may go. Returns how many rows of which table."""
    cleared = {}
    _forget_words(world, member_id)
    for table in reversed(tables_of_members()):
        fate, mine = FATES[table.name], _is_of(world, table, member_id, phones, since)
        if isinstance(fate, Delete | Blank) and fate.where:
            mine = mine & text(fate.where)
        if isinstance(fate, Delete):
            cleared[table.name] = world.write.execute(delete(table).where(mine)).rowcount
        if isinstance(fate, Blank):
            own = (table.c.member_id == member_id) & mine  # what others said is theirs
            cleared[table.name] = world.write.execute(update(table).where(own, table.c[fate.column] != GONE).values({fate.column: GONE})).rowcount
    return {name: count for name, count in cleared.items() if count}


def _forget_words(world: Any, member_id: int) -> None:
    """Of what was taken back also what it is found by, and what it said before."""
    said, terms, changes = (metadata.tables[name] for name in ("items", "item_terms", "item_changes"))
    gone = select(said.c.id).where(said.c.member_id == member_id, said.c.state == "withdrawn", ours(world, said))
    world.write.execute(delete(terms).where(terms.c.item_id.in_(gone)))
    world.write.execute(update(changes).where(changes.c.item_id.in_(gone)).values(why=""))
    world.write.execute(update(said).where(said.c.id.in_(gone)).values(stems=""))
