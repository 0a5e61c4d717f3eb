"""Where loans of groups are kept: what was asked for, who said yes, and with which payments it went out and came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    select,
    union_all,
    update,
)

from gateway.community.groups.rows import memberships
from gateway.community.lending.model import Loan
from gateway.ledger.model import NOTHING_MOVED
from gateway.ledger.tables import ends
from gateway.store.tables import UtcTime, fixed, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

loans = Table(
    "group_loans",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("due_at", UtcTime),
    Column("transfer_id", BigInteger),
    Column("reminded", Integer, nullable=False, server_default="0"),
    Column("ended_at", UtcTime),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('asked','lent','paid','refused','back','ended','failed')", name="state"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("(state IN ('lent','paid','failed')) = (transfer_id IS NOT NULL)", name="lent"),
    CheckConstraint("(transfer_id IS NULL) = (due_at IS NULL)", name="due"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    refers("transfer_id", "transfers"),
    Index("uq_group_loans_running", "group_id", "member_id", "organisation_id", unique=True, **only("state IN ('asked','lent')")),
    Index("ix_group_loans_group", "group_id", "id"),
    Index("ix_group_loans_member", "member_id", "organisation_id"),
)

says = Table(
    "group_loan_says",
    metadata,
    Column("loan_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    refers("loan_id", "group_loans"),
    refers("member_id", "members"),
)

paid = Table(
    "group_loan_paid",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("loan_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    CheckConstraint("amount > 0", name="amount"),
    refers("transfer_id", "transfers"),
    refers("loan_id", "group_loans"),
    Index("ix_group_loan_paid_loan", "loan_id"),
)

_LOAN = [loans.c[one.name] for one in fields(Loan)]
TO_AGREE = (  # made once: it is counted at every dial. Who may say yes the verbs decide
    select(loans.c.id)
    .join(memberships, (memberships.c.group_id == loans.c.group_id) & (memberships.c.organisation_id == loans.c.organisation_id))
    .where(memberships.c.member_id == bindparam("member_id"), memberships.c.state == fixed("member"), memberships.c.since < loans.c.asked_at)
    .where(loans.c.state == fixed("asked"), loans.c.member_id != bindparam("member_id"), loans.c.asked_at > bindparam("lending_since"))
    .where(~exists().where(says.c.loan_id == loans.c.id, says.c.member_id == bindparam("member_id")))
    .where(loans.c.organisation_id == bindparam("here"))
)
RUNNING = ("asked", "lent")


def add(world: Any, **values: Any) -> bool:
    """False when the key came before, or one runs already."""
    values |= {"id": new_id(), "organisation_id": world.organisation.id, "state": "asked", "asked_at": world.now()}
    return add_once(world.write, loans, **values)


def by_key(world: Any, key: str) -> Loan | None:
    row = world.write.execute(select(*_LOAN).where(loans.c.key == key, ours(world, loans))).one_or_none()
    return Loan(*row) if row else None


def loan(world: Any, id: int, *, lock: bool = False) -> Loan | None:
    query = select(*_LOAN).where(loans.c.id == id, ours(world, loans))
    row = (world.write.execute(query.with_for_update()) if lock else world.read.execute(query)).one_or_none()
    return Loan(*row) if row else None


def change(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(loans).where(loans.c.id == id, ours(world, loans)).values(**values))


def of_group(world: Any, group_id: int, states: Sequence[str], most: int) -> list[Loan]:
    """The newest first."""
    query = select(*_LOAN).where(loans.c.group_id == group_id, loans.c.state.in_(states), ours(world, loans)).order_by(loans.c.id.desc())
    return [Loan(*row) for row in world.read.execute(query.limit(most))]


def to_agree(world: Any, member_id: int, since: dt.datetime) -> list[Loan]:
    """What others in a member's groups ask for and the member has not said yes to, the oldest first."""
    query = select(*_LOAN).where(loans.c.id.in_(TO_AGREE), ours(world, loans)).order_by(loans.c.id)
    return [Loan(*row) for row in world.read.execute(query, {"member_id": member_id, "lending_since": since, "here": world.organisation.id})]


def running(world: Any, group_id: int, member_id: int) -> Loan | None:
    """The one that was asked for or lent and is not over."""
    here = (loans.c.group_id == group_id) & (loans.c.member_id == member_id) & loans.c.state.in_(RUNNING)
    row = world.read.execute(select(*_LOAN).where(here, ours(world, loans))).one_or_none()
    return Loan(*row) if row else None


def owes(world: Any, group_id: int, member_id: int) -> bool:
    """Whether a loan went out to this member, or is on its way, of which not all is paid back."""
    one = running(world, group_id, member_id)
    return one is not None and one.state == "lent" and paid_back(world, [one.id]).get(one.id, 0) < one.amount


def last_turned_down(world: Any, group_id: int, member_id: int) -> dt.datetime | None:
    """When an asking of a member ended without a loan, the last time."""
    here = (loans.c.group_id == group_id) & (loans.c.member_id == member_id) & loans.c.state.in_(("refused", "back"))
    found: dt.datetime | None = world.read.scalar(select(loans.c.ended_at).where(here, ours(world, loans)).order_by(loans.c.id.desc()).limit(1))
    return found


def all_running(world: Any, state: str, most: int, after: int = 0) -> list[Loan]:
    query = select(*_LOAN).where(loans.c.state == state, loans.c.id > after, ours(world, loans)).order_by(loans.c.id).limit(most)
    return [Loan(*row) for row in world.read.execute(query)]


def say_yes(world: Any, loan_id: int, member_id: int) -> None:
    add_once(world.write, says, loan_id=loan_id, member_id=member_id, organisation_id=world.organisation.id, at=world.now())


def who_said_yes(world: Any, loan_id: int) -> list[int]:
    """The first first. Whoever decides by it has locked the loan, and so reads on with what it has written itself."""
    return list(world.read.scalars(select(says.c.member_id).where(says.c.loan_id == loan_id, ours(world, says)).order_by(says.c.at)))


def add_payment(world: Any, loan_id: int, transfer_id: int, amount: int) -> None:
    add_once(world.write, paid, transfer_id=transfer_id, organisation_id=world.organisation.id, loan_id=loan_id, amount=amount)


def paid_back(world: Any, loan_ids: Sequence[int], *, posted: bool = False) -> dict[int, int]:
    """Loan -> what was paid back, or is on its way (`posted`: what has arrived). What did not move is not there."""
    there = (ends.c.transfer_id == paid.c.transfer_id) & (ends.c.organisation_id == paid.c.organisation_id)
    counts = ends.c.state == "posted" if posted else ends.c.state.is_(None) | ends.c.state.not_in(NOTHING_MOVED)
    query = select(paid.c.loan_id, func.sum(paid.c.amount)).select_from(paid.outerjoin(ends, there))
    query = query.where(paid.c.loan_id.in_(loan_ids), counts, ours(world, paid)).group_by(paid.c.loan_id)
    return {row[0]: int(row[1]) for row in world.read.execute(query)}


def transfers_of(world: Any, group_id: int) -> set[int]:
    """The payments with which loans of a group went out and came back: none of them is paid in."""
    out = select(loans.c.transfer_id).where(loans.c.group_id == group_id, loans.c.transfer_id.is_not(None), ours(world, loans))
    same = (loans.c.id == paid.c.loan_id) & (loans.c.organisation_id == paid.c.organisation_id)
    back = select(paid.c.transfer_id).join(loans, same).where(loans.c.group_id == group_id, ours(world, paid))
    return set(world.read.scalars(union_all(out, back)))


def net_lent(world: Any, group_id: int, member_id: int) -> int:
    """What a group has lent to a member and not had back, in the books as they are now."""
    there = (ends.c.transfer_id == loans.c.transfer_id) & (ends.c.organisation_id == loans.c.organisation_id) & (ends.c.state == "posted")
    here = (loans.c.group_id == group_id) & (loans.c.member_id == member_id) & ours(world, loans)
    went = {row[0]: int(row[1]) for row in world.read.execute(select(loans.c.id, loans.c.amount).join(ends, there).where(here))}
    return sum(went.values()) - sum(paid_back(world, list(went), posted=True).values())
