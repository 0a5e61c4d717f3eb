"""The queue of what waits, and the writing of a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update

from gateway.ledger.model import Transfer
from gateway.ledger.posting.model import Book, Claimed, Folded
from gateway.ledger.rows import ASKED, WISHED, add_ends, drop_reversals
from gateway.ledger.tables import accounts, batches, open_transfers, periods, postings, shards, transfers
from gateway.store.many import among, change_many, delete_many, insert_many, listed

_LEG = (
    "transfer_id", "organisation_id", "currency", "posted_at", "leg", "debit_account_id", "credit_account_id", "amount", "purpose", "debit_seq",
    "credit_seq", "debit_balance", "credit_balance",
)  # fmt: skip
_HEAD = (
    select(shards.c.seq, shards.c.hash, shards.c.at)
    .where(shards.c.shard == bindparam("shard"), shards.c.organisation_id == bindparam("here"))
    .with_for_update(skip_locked=True)
)
_CLOSED = select(func.max(periods.c.ends_at)).where(periods.c.organisation_id == bindparam("here"))
_JOINED = open_transfers.join(transfers, and_(transfers.c.id == open_transfers.c.id, transfers.c.organisation_id == open_transfers.c.organisation_id))
_CLAIM = (
    select(open_transfers.c.amount.label("due"), *WISHED)
    .select_from(_JOINED)
    .where(open_transfers.c.organisation_id == bindparam("here"), open_transfers.c.shard == bindparam("shard"), open_transfers.c.state == "pending")
    .order_by(open_transfers.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=open_transfers)
)
_CHAIN = (
    select(open_transfers.c.amount.label("due"), *WISHED)
    .select_from(_JOINED)
    .where(transfers.c.chain_id.in_(bindparam("chains", expanding=True)), transfers.c.organisation_id == bindparam("here"))
    .where(open_transfers.c.state == "pending")
    .order_by(open_transfers.c.id)
    .with_for_update(of=open_transfers)
)

_BOOKS = {
    dialect: select(*(accounts.c[name] for name in Book.READ))
    .where(among(accounts.c.id, dialect), accounts.c.organisation_id == bindparam("here"))
    .order_by(accounts.c.id)
    .with_for_update(key_share=True)
    for dialect in ("postgresql", "sqlite")
}


def steady_plans(world: Any) -> None:
    """Tables that were never analysed must not be read as a whole: a batch goes by keys, whatever the planner thinks of them."""
    if world.write.dialect.name == "postgresql":
        world.write.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")


def take_shard(world: Any, shard: int) -> tuple[int, str, dt.datetime | None] | None:
    """Hold this line of posting: its last batch's number, hash and moment. None when somebody else has it in hand."""
    row = world.write.execute(_HEAD, {"shard": shard, "here": world.organisation.id}).one_or_none()
    return (row.seq, row.hash, row.at) if row else None


def closed_until(world: Any) -> dt.datetime | None:
    """Where the last closed period ends. Read with a line in hand: a period closes only while nobody has one."""
    return world.write.execute(_CLOSED, {"here": world.organisation.id}).scalar()  # type: ignore[no-any-return]


def claim(world: Any, shard: int, most: int) -> list[Claimed]:
    """The oldest that wait, and with them all that is linked to any of them; what is linked stands together."""
    here = world.organisation.id
    found = [Claimed(Transfer.of(ASKED, row[1:]), row.due) for row in world.write.execute(_CLAIM, {"here": here, "shard": shard, "most": most}).all()]
    chains = {one.transfer.chain_id for one in found if one.transfer.chain_id}
    if chains:
        linked = [Claimed(Transfer.of(ASKED, row[1:]), row.due) for row in world.write.execute(_CHAIN, {"chains": sorted(chains), "here": here}).all()]
        found = [one for one in found if one.transfer.chain_id not in chains] + linked
    return sorted(found, key=lambda one: (one.transfer.chain_id or one.transfer.id, one.transfer.id))


def linked_to(world: Any, chain_id: int) -> list[int]:
    """All that waits of a chain."""
    query = select(open_transfers.c.id).select_from(_JOINED).where(transfers.c.chain_id == chain_id, transfers.c.organisation_id == world.organisation.id)
    return list(world.write.scalars(query.order_by(open_transfers.c.id)))


def lock_books(world: Any, ids: Iterable[int]) -> dict[int, Book]:
    """The accounts of a batch, locked in the order of their ids."""
    dialect = world.write.dialect.name
    found = world.write.execute(_BOOKS[dialect], {"ids": listed(sorted(ids), dialect), "here": world.organisation.id})
    return {row[0]: Book(row) for row in found.all()}


def write(world: Any, folded: Folded, books: Iterable[Book]) -> None:
    """Postings, balances and ends of a batch, set-wise."""
    here = world.organisation.id
    insert_many(world.write, postings, _LEG, folded.legs)
    changed = [(one.id, one.debits, one.credits, one.held, one.seq, one.last_at) for one in books]
    change_many(world.write, accounts, here, ("debits", "credits", "held", "seq", "last_at"), changed)
    add_ends(world, folded.ends)
    delete_many(world.write, open_transfers, here, [one[0] for one in folded.ends])
    lost = [one.transfer.id for one in folded.settled if one.transfer.reversal_of and one.transfer.state != "posted"]
    if lost:
        drop_reversals(world, lost)


def add_batch(world: Any, *, id: int, shard: int, seq: int, before: str, hash: str, size: int, at: dt.datetime) -> None:
    here = world.organisation.id
    world.write.execute(insert(batches).values(id=id, organisation_id=here, shard=shard, seq=seq, before=before, hash=hash, size=size, at=at))
    world.write.execute(
        update(shards).where(shards.c.shard == shard, shards.c.organisation_id == here).values(seq=seq, hash=hash, at=at)
    )  # fmt: skip


def batch_is_there(connection: Any, organisation_id: int, id: int) -> bool:
    """Whether a batch was committed: asked when the answer to its commit was lost."""
    return connection.execute(select(batches.c.id).where(batches.c.id == id, batches.c.organisation_id == organisation_id)).first() is not None


def let_go(world: Any, id: int, amount: int | None) -> bool:
    """A hold becomes pending. False when it was not held any more."""
    query = update(open_transfers).where(open_transfers.c.id == id, open_transfers.c.organisation_id == world.organisation.id)
    return bool(world.write.execute(query.where(open_transfers.c.state == "held").values(state="pending", amount=amount, expires_at=None)).rowcount)


def take_held(world: Any, id: int) -> bool:
    """Take a hold out of what waits. False when somebody else has."""
    query = delete(open_transfers).where(open_transfers.c.id == id, open_transfers.c.organisation_id == world.organisation.id)
    return bool(world.write.execute(query.where(open_transfers.c.state == "held")).rowcount)


def expired(world: Any, now: dt.datetime, most: int) -> list[int]:
    query = (
        select(open_transfers.c.id)
        .where(open_transfers.c.organisation_id == world.organisation.id, open_transfers.c.state == "held", open_transfers.c.expires_at <= now)
        .order_by(open_transfers.c.expires_at)
        .limit(most)
    )
    return list(world.write.scalars(query))


def set_state(world: Any, ids: Sequence[int], state: str, why: str | None) -> None:
    query = update(open_transfers).where(open_transfers.c.id.in_(ids), open_transfers.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(state=state, why=why and why[:80]))


def drop(world: Any, ids: Sequence[int]) -> None:
    delete_many(world.write, open_transfers, world.organisation.id, ids)


def waiting(connection: Any) -> list[tuple[int, int]]:
    """(organisation, shard) of all that is to be posted."""
    query = select(open_transfers.c.organisation_id, open_transfers.c.shard).where(open_transfers.c.state == "pending").distinct()
    return [(row.organisation_id, row.shard) for row in connection.execute(query)]


def shards_of(world: Any) -> int:
    return len(list(world.read.scalars(select(shards.c.shard).where(shards.c.organisation_id == world.organisation.id))))
