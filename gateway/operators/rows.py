"""Where operators and their sessions are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table, Text, delete, insert, select, update

from gateway.operators.model import Operator
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, refers
from gateway.store.upsert import count_up

operators = Table(
    "operators",
    metadata,
    id_column(),
    organisation_column(),
    Column("login", String(40), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("role", String(12), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("totp_sealed", Text, nullable=False),
    Column("totp_last_step", BigInteger, nullable=False, server_default="0"),
    Column("recovery_hashes", Text, nullable=False),
    Column("status", String(8), nullable=False, server_default="active"),
    Column("made_at", UtcTime, nullable=False),
    CheckConstraint("role IN ('admin','support','maker','checker','auditor','facilitator','board')", name="role"),
    CheckConstraint("status IN ('active','blocked')", name="status"),
)

operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    organisation_column(),
    Column("operator_id", BigInteger, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    refers("operator_id", "operators"),
    Index("ix_operator_sessions_operator", "operator_id", "organisation_id"),
)

login_tries = Table(
    "login_tries",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)

_OPERATOR = [operators.c[name] for name in ("id", "organisation_id", "login", "name", "role", "password_hash", "totp_sealed", "totp_last_step", "status")]


def by_login(connection: Any, login: str) -> Operator | None:
    row = connection.execute(select(*_OPERATOR).where(operators.c.login == login).with_for_update()).one_or_none()
    return Operator(*row) if row else None


def recovery_hashes(connection: Any, id: int) -> str:
    hashes: str = connection.scalar(select(operators.c.recovery_hashes).where(operators.c.id == id))
    return hashes


def add(world: Any, **values: Any) -> int:
    id = new_id()
    world.write.execute(insert(operators).values(id=id, organisation_id=world.organisation.id, made_at=world.now(), **values))
    return id


def change(connection: Any, id: int, **values: Any) -> None:
    connection.execute(update(operators).where(operators.c.id == id).values(**values))


def begin_session(connection: Any, operator: Operator, hash: str, now: dt.datetime) -> None:
    values = {"hash": hash, "organisation_id": operator.organisation_id, "operator_id": operator.id, "began_at": now, "seen_at": now}
    connection.execute(insert(operator_sessions).values(values))


def session(connection: Any, hash: str) -> tuple[Operator, dt.datetime, dt.datetime] | None:
    """(operator, began, last seen) of a live session of an active operator."""
    query = (
        select(*_OPERATOR, operator_sessions.c.began_at, operator_sessions.c.seen_at)
        .join(operators, (operators.c.id == operator_sessions.c.operator_id) & (operators.c.organisation_id == operator_sessions.c.organisation_id))
        .where(operator_sessions.c.hash == hash, operators.c.status == "active")
    )
    row = connection.execute(query).one_or_none()
    return (Operator(*row[:-2]), row.began_at, row.seen_at) if row else None


def touch_session(connection: Any, hash: str, now: dt.datetime) -> None:
    connection.execute(update(operator_sessions).where(operator_sessions.c.hash == hash).values(seen_at=now))


def end_session(connection: Any, hash: str) -> None:
    connection.execute(delete(operator_sessions).where(operator_sessions.c.hash == hash))


def tries(connection: Any, who: str) -> tuple[int, dt.datetime] | None:
    row = connection.execute(select(login_tries.c.tries, login_tries.c.last_at).where(login_tries.c.who == who)).one_or_none()
    return (row.tries, row.last_at) if row else None


def count_try(connection: Any, who: str, now: dt.datetime) -> None:
    count_up(connection, login_tries, "tries", {"who": who}, last_at=now)


def forget_passing(connection: Any, before: dt.datetime) -> int:
    """Sessions that ended long ago, and counts of tries."""
    sessions = connection.execute(delete(operator_sessions).where(operator_sessions.c.seen_at < before)).rowcount
    return int(sessions + connection.execute(delete(login_tries).where(login_tries.c.last_at < before)).rowcount)


def forget_tries(connection: Any, who: str) -> None:
    connection.execute(delete(login_tries).where(login_tries.c.who == who))
