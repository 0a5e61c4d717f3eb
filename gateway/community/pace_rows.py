"""How long readers take with each screen, as it was measured: kept, so that every figure of minutes is counted with the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, Float, String, Table, delete, insert, select

from gateway.store.tables import UtcTime, metadata, organisation_column, ours

paces = Table(
    "screen_paces",
    metadata,
    organisation_column(),
    Column("label", String(60), primary_key=True),
    Column("slow_s", Float, nullable=False),
    Column("usual_s", Float, nullable=False, server_default="0"),
    Column("at", UtcTime, nullable=False),
)


class Pace(NamedTuple):
    """Seconds in which nineteen of twenty have answered a screen, and in which half of them have."""

    slow: float
    usual: float


def paces_here(world: Any) -> dict[str, Pace]:
    """Screen -> how long it is read; asked once a turn."""
    if "paces" not in world.seen:
        rows = world.read.execute(select(paces.c.label, paces.c.slow_s, paces.c.usual_s).where(ours(world, paces)))
        world.seen["paces"] = {row.label: Pace(row.slow_s, row.usual_s) for row in rows}
    found: dict[str, Pace] = world.seen["paces"]
    return found


def put_paces(world: Any, measured: Mapping[str, Pace]) -> None:
    """All anew: a screen that nobody sees any more has no pace."""
    world.write.execute(delete(paces).where(ours(world, paces)))
    if measured:
        here, at = world.organisation.id, world.now()
        values = [{"organisation_id": here, "label": label, "slow_s": one.slow, "usual_s": one.usual, "at": at} for label, one in measured.items()]
        world.write.execute(insert(paces), values)
    world.seen.pop("paces", None)
