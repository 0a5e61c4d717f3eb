"""How long readers take with each screen, as it was measured: kept, so that every figure of minutes is counted with the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Float, String, Table, delete, insert, select

from gateway.store.tables import UtcTime, metadata, organisation_column, ours

paces = Table(
    "screen_paces",
    metadata,
    organisation_column(),
    Column("label", String(60), primary_key=True),
    Column("slow_s", Float, nullable=False),
    Column("at", UtcTime, nullable=False),
)


def paces_here(world: Any) -> dict[str, float]:
    """Screen -> seconds within which nineteen of twenty have answered it; asked once a turn."""
    if "paces" not in world.seen:
        world.seen["paces"] = {row.label: row.slow_s for row in world.read.execute(select(paces.c.label, paces.c.slow_s).where(ours(world, paces)))}
    found: dict[str, float] = world.seen["paces"]
    return found


def put_paces(world: Any, measured: Mapping[str, float]) -> None:
    """All anew: a screen that nobody sees any more has no pace."""
    world.write.execute(delete(paces).where(ours(world, paces)))
    if measured:
        values = [{"organisation_id": world.organisation.id, "label": label, "slow_s": slow, "at": world.now()} for label, slow in measured.items()]
        world.write.execute(insert(paces), values)
    world.seen.pop("paces", None)
