"""What is kept of the bargain: what things are worth here, months that were counted, what members say of trust, who runs what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, UniqueConstraint, bindparam, delete, func, insert, select, update

from gateway.community.bargain.model import NAME_MOST, PROCESSES_MOST, Process, Rates, Sides
from gateway.community.rows import callbacks, service_times
from gateway.ledger.tables import ends, transfers
from gateway.members.rows import members
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, ours, refers
from gateway.store.upsert import add_once

rates = Table(
    "bargain_rates",
    metadata,
    organisation_column(),
    *(Column(name, BigInteger, nullable=False, server_default="0") for name in ("hour", "staff_hour", "call", "text", "month")),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint('hour >= 0 AND staff_hour >= 0 AND "call" >= 0 AND "text" >= 0 AND "month" >= 0', name="not_below_nothing"),
)

months = Table(
    "bargain_months",
    metadata,
    Column("month", String(7), primary_key=True),
    organisation_column(),
    *(Column(name, BigInteger, nullable=False) for name in ("fees", "rewards", "dividend", "time", "staff", "given")),
    Column("at", UtcTime, nullable=False),
)

trust = Table(
    "trust_answers",
    metadata,
    Column("quarter", String(6), primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("says", String(6), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("says IN ('yes','unsure','no','skip')", name="says"),
    refers("member_id", "members"),
)

processes = Table(
    "processes",
    metadata,
    id_column(),
    organisation_column(),
    Column("name", String(NAME_MOST), nullable=False),
    Column("hands", String(9), nullable=False),
    Column("since", UtcTime, nullable=False),
    UniqueConstraint("name", "organisation_id"),
    CheckConstraint("hands IN ('staff','shared','members','automatic')", name="hands"),
)

handovers = Table(
    "handovers",
    metadata,
    id_column(),
    organisation_column(),
    Column("process_id", BigInteger, nullable=False),
    Column("before", String(9), nullable=False),
    Column("after", String(9), nullable=False),
    Column("why", String(80), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("process_id", "processes"),
    Index("ix_handovers_process", "process_id", "at"),
)

GIVEN = ("points", "airtime", "dividend")  # what members get out of the budget of rewards; all else is set by staff, or taken back

_SIDES = [months.c[name] for name in ("fees", "rewards", "dividend", "time", "staff", "given")]

_SAID = select(trust.c.says).where(
    trust.c.quarter == bindparam("quarter"), trust.c.member_id == bindparam("member_id"), trust.c.organisation_id == bindparam("here")
)  # fmt: skip
NOT_SAID = select(members.c.id).where(  # made once: it is asked at every dial
    members.c.id == bindparam("member_id"), members.c.made_at <= bindparam("since"), members.c.organisation_id == bindparam("here"), ~_SAID.exists()
)  # fmt: skip


def rates_here(world: Any) -> Rates | None:
    """None until somebody has said what an hour is worth."""
    query = select(*(rates.c[name] for name in ("hour", "staff_hour", "call", "text", "month")))
    row = world.read.execute(query.where(ours(world, rates))).one_or_none()
    return Rates(*row) if row else None


def put_rates(world: Any, new: Rates, by: str) -> None:
    values = {"hour": new.hour, "staff_hour": new.staff_hour, "call": new.call, "text": new.text, "month": new.month, "by": by[:60], "at": world.now()}
    if not add_once(world.write, rates, organisation_id=world.organisation.id, **values):
        world.write.execute(update(rates).where(ours(world, rates)).values(**values))


def dearer_here(world: Any) -> dict[str, int]:
    """Service -> what a member pays more for it at the counter."""
    query = select(service_times.c.service, service_times.c.dearer)
    return {row.service: row.dearer for row in world.read.execute(query.where(ours(world, service_times)))}


def month_here(world: Any, month: str) -> Sides | None:
    row = world.read.execute(select(*_SIDES).where(months.c.month == month, ours(world, months))).one_or_none()
    return Sides(*row) if row else None


def last_months(world: Any, most: int) -> list[tuple[str, Sides]]:
    """The newest first."""
    query = select(months.c.month, *_SIDES).where(ours(world, months)).order_by(months.c.month.desc()).limit(most)
    return [(row[0], Sides(*row[1:])) for row in world.read.execute(query)]


def put_month(world: Any, month: str, sides: Sides) -> None:
    values = {name: getattr(sides, name) for name in ("fees", "rewards", "dividend", "time", "staff", "given")} | {"at": world.now()}
    if not add_once(world.write, months, month=month, organisation_id=world.organisation.id, **values):
        world.write.execute(update(months).where(months.c.month == month, ours(world, months)).values(**values))


def paid_out_of(world: Any, account_id: int, since: dt.datetime, until: dt.datetime) -> tuple[int, int]:
    """(rewards, dividend) that left the budget and did not come back, in minor units."""
    query = (
        select(transfers.c.subtype, transfers.c.source_id, func.sum(ends.c.posted_amount))
        .join(ends, (ends.c.transfer_id == transfers.c.id) & (ends.c.organisation_id == transfers.c.organisation_id))
        .where((transfers.c.source_id == account_id) | ((transfers.c.destination_id == account_id) & transfers.c.reversal_of.is_not(None)))
        .where(ours(world, transfers), transfers.c.subtype.in_(GIVEN), ends.c.state == "posted", ends.c.done_at >= since, ends.c.done_at < until)
        .group_by(transfers.c.subtype, transfers.c.source_id)
    )
    paid = {True: 0, False: 0}
    for subtype, source_id, amount in world.read.execute(query):
        paid[subtype == "dividend"] += int(amount) if source_id == account_id else -int(amount)
    return paid[False], paid[True]


def contacts(world: Any, since: dt.datetime, until: dt.datetime) -> dict[str, list[dt.datetime]]:
    """Phone -> when they asked to speak with a person."""
    found: dict[str, list[dt.datetime]] = {}
    query = select(callbacks.c.phone, callbacks.c.made_at).where(callbacks.c.made_at >= since, callbacks.c.made_at < until, ours(world, callbacks))
    for phone, at in world.read.execute(query):
        found.setdefault(phone, []).append(at)
    return found


def minutes_of_calls(world: Any, since: dt.datetime, until: dt.datetime) -> list[int]:
    """How long each call with a member took, where whoever called wrote it down."""
    query = select(callbacks.c.minutes).where(callbacks.c.minutes.is_not(None), callbacks.c.done_at >= since, callbacks.c.done_at < until)
    return list(world.read.scalars(query.where(ours(world, callbacks))))


# Trust.


def has_not_said(world: Any, member_id: int, quarter: str, since: dt.datetime) -> bool:
    """Whether a member who joined by then has not answered in this quarter."""
    asked = {"quarter": quarter, "member_id": member_id, "since": since, "here": world.organisation.id}
    return world.read.execute(NOT_SAID, asked).first() is not None


def put_trust(world: Any, quarter: str, member_id: int, says: str) -> None:
    """The one answer of a member in a quarter; the last one counts."""
    here = {"quarter": quarter, "member_id": member_id, "organisation_id": world.organisation.id}
    if not add_once(world.write, trust, **here, says=says, at=world.now()):
        mine = (trust.c.quarter == quarter) & (trust.c.member_id == member_id) & ours(world, trust)
        world.write.execute(update(trust).where(mine).values(says=says, at=world.now()))


def trust_by_quarter(world: Any, most: int) -> list[tuple[str, dict[str, int]]]:
    """(quarter, answer -> members), the newest first."""
    query = select(trust.c.quarter, trust.c.says, func.count().label("times")).where(trust.c.says != "skip", ours(world, trust))
    found: dict[str, dict[str, int]] = {}
    for row in world.read.execute(query.group_by(trust.c.quarter, trust.c.says).order_by(trust.c.quarter.desc()).limit(3 * most)):
        found.setdefault(row.quarter, {})[row.says] = row.times
    return list(found.items())[:most]


# Who runs what.


def processes_here(world: Any) -> list[Process]:
    query = select(processes.c.id, processes.c.name, processes.c.hands, processes.c.since).where(ours(world, processes)).order_by(processes.c.name)
    return [Process(*row) for row in world.read.execute(query.limit(PROCESSES_MOST))]


def process(world: Any, id: int) -> Process | None:
    query = select(processes.c.id, processes.c.name, processes.c.hands, processes.c.since).where(processes.c.id == id, ours(world, processes))
    row = world.read.execute(query).one_or_none()
    return Process(*row) if row else None


def add_process(world: Any, name: str, hands: str) -> bool:
    """False when it stands there already."""
    return add_once(world.write, processes, id=new_id(), organisation_id=world.organisation.id, name=name, hands=hands, since=world.now())


def moved_processes(world: Any) -> set[int]:
    """Those that have been handed over at least once."""
    return set(world.read.scalars(select(handovers.c.process_id).where(ours(world, handovers)).distinct()))


def drop_process(world: Any, id: int) -> bool:
    """Off the list, while nothing of it was handed over: that is history."""
    moved = select(handovers.c.id).where(handovers.c.process_id == id, ours(world, handovers)).exists()
    return bool(world.write.execute(delete(processes).where(processes.c.id == id, ours(world, processes), ~moved)).rowcount)


def hand_over(world: Any, one: Process, hands: str, *, why: str, by: str) -> bool:
    """False when somebody else has moved it meanwhile."""
    now = world.now()
    query = update(processes).where(processes.c.id == one.id, processes.c.hands == one.hands, ours(world, processes))
    if not world.write.execute(query.values(hands=hands, since=now)).rowcount:
        return False
    here = {"organisation_id": world.organisation.id, "process_id": one.id}
    world.write.execute(insert(handovers).values(id=new_id(), **here, before=one.hands, after=hands, why=why, by=by[:60], at=now))
    return True


def handovers_here(world: Any, most: int) -> list[Any]:
    """(name, before, after, why, by, at), the newest first."""
    columns = (processes.c.name, handovers.c.before, handovers.c.after, handovers.c.why, handovers.c.by, handovers.c.at)
    query = select(*columns).join(processes, (processes.c.id == handovers.c.process_id) & (processes.c.organisation_id == handovers.c.organisation_id))
    return list(world.read.execute(query.where(ours(world, handovers)).order_by(handovers.c.at.desc(), handovers.c.id.desc()).limit(most)))
