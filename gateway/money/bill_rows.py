"""Which places are paid by a bill: what the number on it is called, and how many signs it has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, String, Table, delete, select, update

from gateway.money.model import ASKS_MOST, BILL_LEAST, BILL_MOST, Biller
from gateway.store.tables import UtcTime, metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once

billers = Table(
    "billers",
    metadata,
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("asks_en", String(ASKS_MOST), nullable=False),
    Column("asks_sw", String(ASKS_MOST), nullable=False),
    Column("least", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint(f"least >= {BILL_LEAST} AND most <= {BILL_MOST} AND least <= most", name="signs"),
    refers("account_id", "accounts"),
)

_BILLER = [billers.c[name] for name in ("account_id", "asks_en", "asks_sw", "least", "most")]


def of(world: Any, account_id: int) -> Biller | None:
    row = world.read.execute(select(*_BILLER).where(billers.c.account_id == account_id, ours(world, billers))).one_or_none()
    return Biller(*row) if row else None


def all_here(world: Any) -> dict[int, Biller]:
    """Account -> how its bills are asked for."""
    return {row.account_id: Biller(*row) for row in world.read.execute(select(*_BILLER).where(ours(world, billers)))}


def put(world: Any, biller: Biller, by: str) -> None:
    values = {"asks_en": biller.asks_en, "asks_sw": biller.asks_sw, "least": biller.least, "most": biller.most, "by": by[:60], "at": world.now()}
    if not add_once(world.write, billers, account_id=biller.account_id, organisation_id=world.organisation.id, **values):
        world.write.execute(update(billers).where(billers.c.account_id == biller.account_id, ours(world, billers)).values(**values))


def drop(world: Any, account_id: int) -> bool:
    return bool(world.write.execute(delete(billers).where(billers.c.account_id == account_id, ours(world, billers))).rowcount)
