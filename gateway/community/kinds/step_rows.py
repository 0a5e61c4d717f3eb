"""Where the steps of an organisation's own kinds are kept, as far as they were set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, String, Table, select, update

from gateway.community.kinds.rows import item_kinds
from gateway.members.model import in_tongue
from gateway.store.tables import UtcTime, metadata, organisation_column, ours
from gateway.store.upsert import add_once

NAME_MOST = 22  # letters, as long as the longest name of a step that is ours
SMS_MOST = 60  # letters of what an SMS says, beside number, title and dial code

kind_steps = Table(
    "kind_steps",
    metadata,
    Column("kind", String(12), primary_key=True),
    Column("state", String(12), primary_key=True),
    organisation_column(),
    Column("who", String(8), nullable=False),
    Column("name_en", String(NAME_MOST), nullable=False),
    Column("name_sw", String(NAME_MOST), nullable=False),
    Column("sms_en", String(SMS_MOST), nullable=False),
    Column("sms_sw", String(SMS_MOST), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("who IN ('nobody','staff','official','author')", name="who"),
    CheckConstraint("state IN ('looked_at','planned','trying','done','declined','already_there')", name="state"),
    ForeignKeyConstraint(["kind", "organisation_id"], [item_kinds.c.code, item_kinds.c.organisation_id]),
)


@dataclass(frozen=True)
class Step:
    kind: str
    state: str
    who: str
    name_en: str
    name_sw: str
    sms_en: str
    sms_sw: str

    def name(self, language: str) -> str:
        return in_tongue(language, self.name_en, self.name_sw)

    def sms(self, language: str) -> str:
        return in_tongue(language, self.sms_en, self.sms_sw)


_STEP = [kind_steps.c[one.name] for one in fields(Step)]


def of_kind(world: Any, kind: str) -> dict[str, Step]:
    """State -> what was set of it."""
    query = select(*_STEP).where(kind_steps.c.kind == kind, ours(world, kind_steps))
    return {row.state: Step(*row) for row in world.read.execute(query)}


def put(world: Any, kind: str, state: str, **values: str) -> None:
    values_at = {**values, "at": world.now()}
    if not add_once(world.write, kind_steps, kind=kind, state=state, organisation_id=world.organisation.id, **values_at):
        here = (kind_steps.c.kind == kind) & (kind_steps.c.state == state) & ours(world, kind_steps)
        world.write.execute(update(kind_steps).where(here).values(**values_at))
