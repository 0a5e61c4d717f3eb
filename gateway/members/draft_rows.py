"""Where payments are kept that somebody asked for and that wait for the PIN."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, UniqueConstraint, bindparam, insert, select, update

from gateway.members.model import DraftPayment
from gateway.store.tables import UtcTime, fixed, id_column, metadata, new_id, only, organisation_column, refers

GRACE = dt.timedelta(minutes=1)  # far longer than a turn lasts

drafts = Table(
    "drafts",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(80), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("to", String(40), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("made_by", BigInteger),  # who dials for the payer
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('waiting','agreed','stopped','ended')", name="state"),
    CheckConstraint("kind IN ('send','group','airtime','office')", name="kind"),
    refers("member_id", "members"),
    refers("made_by", "members"),
    Index("ix_drafts_member", "member_id", "organisation_id"),
    Index("ix_drafts_late", "ends_at", **only("state = 'waiting'")),
)

_DRAFT = [drafts.c[name] for name in ("id", "member_id", "kind", "to", "amount", "state", "ends_at", "made_by")]
WAITING = (  # made once: it is counted at every dial
    select(*_DRAFT)
    .where(drafts.c.member_id == bindparam("member_id"), drafts.c.organisation_id == bindparam("here"))
    .where(drafts.c.state == fixed("waiting"), drafts.c.ends_at > bindparam("now"))
    .order_by(drafts.c.id)
)


def add(world: Any, *, key: str, member_id: int, kind: str, to: str, amount: int, ends_at: dt.datetime, made_by: int | None = None) -> int:
    """Keep a prepared payment; one that waits already waits a little longer. Returns its id."""
    here = drafts.c.organisation_id == world.organisation.id
    same = (drafts.c.member_id == member_id) & (drafts.c.kind == kind) & (drafts.c.to == to) & (drafts.c.amount == amount) & (drafts.c.state == "waiting")
    by_them = drafts.c.made_by.is_(None) if made_by is None else drafts.c.made_by == made_by
    waits: int | None = world.write.scalar(select(drafts.c.id).where(here, same, by_them, drafts.c.ends_at > world.now()))
    if waits is not None:
        world.write.execute(update(drafts).where(here, drafts.c.id == waits).values(ends_at=ends_at))
        return waits
    id: int | None = world.write.scalar(select(drafts.c.id).where(drafts.c.key == key, here))
    if id is None:
        id = new_id()
        world.write.execute(
            insert(drafts).values(
                id=id, organisation_id=world.organisation.id, key=key, member_id=member_id, kind=kind, to=to, amount=amount,
                state="waiting", made_at=world.now(), ends_at=ends_at, made_by=made_by,
            )
        )  # fmt: skip
    return id


def waiting(world: Any, member_id: int) -> list[DraftPayment]:
    key = ("drafts", member_id)
    if key not in world.seen:
        asked = {"member_id": member_id, "here": world.organisation.id, "now": world.now()}
        world.seen[key] = [DraftPayment(*row) for row in world.read.execute(WAITING, asked)]
    found: list[DraftPayment] = world.seen[key]
    return found


def draft(world: Any, id: int, member_id: int) -> DraftPayment | None:
    query = select(*_DRAFT).where(drafts.c.id == id, drafts.c.member_id == member_id, drafts.c.organisation_id == world.organisation.id)
    row = world.read.execute(query).one_or_none()
    return DraftPayment(*row) if row else None


def key_of(world: Any, id: int) -> str | None:
    """The message that asked for it."""
    key: str | None = world.read.scalar(select(drafts.c.key).where(drafts.c.id == id, drafts.c.organisation_id == world.organisation.id))
    return key


def prepared_by(world: Any, id: int) -> tuple[int, dt.datetime] | None:
    """(who dials for the payer and has prepared it, when); None of what nobody prepared."""
    query = select(drafts.c.made_by, drafts.c.made_at).where(
        drafts.c.id == id, drafts.c.made_by.is_not(None), drafts.c.organisation_id == world.organisation.id
    )
    row = world.read.execute(query).one_or_none()
    return (row.made_by, row.made_at) if row else None


def end(world: Any, id: int, state: str) -> None:
    world.write.execute(update(drafts).where(drafts.c.id == id, drafts.c.organisation_id == world.organisation.id).values(state=state))
    world.seen.clear()


def end_late(world: Any) -> list[DraftPayment]:
    """End those whose time is over, once, and tell which. A little later than that: whoever agreed in the last moment may be paying still."""
    late = (drafts.c.state == fixed("waiting")) & (drafts.c.ends_at <= world.now() - GRACE) & (drafts.c.organisation_id == world.organisation.id)
    return [DraftPayment(*row) for row in world.write.execute(update(drafts).where(late).values(state="ended").returning(*_DRAFT))]
