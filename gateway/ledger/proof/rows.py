"""What the proof reads: everything, as of one moment, in streams that fit any memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, and_, func, insert, literal, select

from gateway.ledger.model import Transfer
from gateway.ledger.rows import WISHED
from gateway.ledger.tables import accounts, batches, ends, open_transfers, periods, postings, proofs, reversals, shards, transfers
from gateway.store.tables import new_id

AT_ONCE = 2_000  # rows fetched at a time


def _stream(world: Any, query: Any) -> Iterator[Row[Any]]:
    yield from world.read.execute(query, execution_options={"stream_results": True, "max_row_buffer": AT_ONCE})


def accounts_and_postings(world: Any) -> Iterator[Row[Any]]:
    """For every account: its counters, and what its postings add up to."""
    here = world.organisation.id
    out = select(
        postings.c.debit_account_id.label("account_id"), postings.c.amount.label("debit"), literal(0).label("credit"), postings.c.debit_seq.label("seq")
    )
    into = select(postings.c.credit_account_id, literal(0), postings.c.amount, postings.c.credit_seq)
    sides = out.where(postings.c.organisation_id == here).union_all(into.where(postings.c.organisation_id == here)).subquery()
    query = (
        select(
            accounts.c.id, accounts.c.code, accounts.c.currency, accounts.c.debits, accounts.c.credits, accounts.c.held, accounts.c.seq,
            accounts.c.floor, accounts.c.ceiling, accounts.c.status,
            func.coalesce(func.sum(sides.c.debit), 0).label("debited"), func.coalesce(func.sum(sides.c.credit), 0).label("credited"),
            func.count(sides.c.account_id).label("lines"), func.coalesce(func.max(sides.c.seq), 0).label("last_seq"),
        )
        .outerjoin(sides, sides.c.account_id == accounts.c.id)
        .where(accounts.c.organisation_id == here)
        .group_by(
            accounts.c.id, accounts.c.code, accounts.c.currency, accounts.c.debits, accounts.c.credits, accounts.c.held, accounts.c.seq,
            accounts.c.floor, accounts.c.ceiling, accounts.c.status,
        )
        .order_by(accounts.c.id)
    )  # fmt: skip
    return _stream(world, query)


def promised(world: Any) -> dict[int, int]:
    """Account -> what its open transfers have set aside."""
    joined = open_transfers.join(transfers, and_(transfers.c.id == open_transfers.c.id, transfers.c.organisation_id == open_transfers.c.organisation_id))
    query = select(
        transfers.c.source_id, transfers.c.amount, transfers.c.fee, transfers.c.fee_payer_id
    ).select_from(joined).where(transfers.c.set_aside, open_transfers.c.organisation_id == world.organisation.id)  # fmt: skip
    total: dict[int, int] = {}
    for source_id, amount, fee, fee_payer_id in world.read.execute(query):
        total[source_id] = total.get(source_id, 0) + amount + (fee if fee_payer_id in (None, source_id) else 0)
    return total


def lines(world: Any) -> Iterator[Row[Any]]:
    """Every line of every account in the order of its numbers: (account, seq, signed amount, balance behind it, moment)."""
    here = world.organisation.id
    out = select(
        postings.c.debit_account_id.label("account_id"), postings.c.debit_seq.label("seq"), (-postings.c.amount).label("amount"),
        postings.c.debit_balance.label("balance"), postings.c.posted_at, postings.c.transfer_id,
    ).where(postings.c.organisation_id == here)  # fmt: skip
    into = select(
        postings.c.credit_account_id, postings.c.credit_seq, postings.c.amount, postings.c.credit_balance, postings.c.posted_at, postings.c.transfer_id
    ).where(postings.c.organisation_id == here)
    both = out.union_all(into).subquery()
    return _stream(world, select(both).order_by(both.c.account_id, both.c.seq))


def ended(world: Any) -> Iterator[tuple[Transfer, Row[Any], list[tuple[Any, ...]]]]:
    """Every transfer that ended, with its end and its postings, batch by batch in the order of the transfers."""
    here = world.organisation.id
    joined = ends.outerjoin(transfers, and_(transfers.c.id == ends.c.transfer_id, transfers.c.organisation_id == ends.c.organisation_id)).outerjoin(
        postings, and_(postings.c.transfer_id == ends.c.transfer_id, postings.c.organisation_id == ends.c.organisation_id)
    )
    end = [ends.c.transfer_id, ends.c.state, ends.c.reason, ends.c.posted_amount, ends.c.batch_id, ends.c.done_at, ends.c.seal]
    leg = [
        postings.c[name]
        for name in (
            "leg",
            "debit_account_id",
            "credit_account_id",
            "amount",
            "purpose",
            "debit_seq",
            "credit_seq",
            "debit_balance",
            "credit_balance",
            "posted_at",
            "currency",
        )
    ]
    query = select(*(column.label(f"e_{column.name}") for column in end), *WISHED, *(column.label(f"l_{column.name}") for column in leg))
    query = query.select_from(joined).where(ends.c.organisation_id == here).order_by(ends.c.batch_id, ends.c.transfer_id, postings.c.leg)
    first: Row[Any] | None = None
    legs: list[tuple[Any, ...]] = []
    for row in _stream(world, query):
        if first is not None and row.e_transfer_id != first.e_transfer_id:
            yield _wished(first), first, legs
            legs = []
        first = row
        if row.l_leg is not None:
            legs.append(tuple(row[-len(leg) :]))
    if first is not None:
        yield _wished(first), first, legs


def _wished(row: Row[Any]) -> Transfer:
    return Transfer(*row[7 : 7 + len(WISHED)])


def chain(world: Any) -> list[Row[Any]]:
    """Every batch, shard by shard."""
    query = select(batches).where(batches.c.organisation_id == world.organisation.id).order_by(batches.c.shard, batches.c.seq)
    return list(world.read.execute(query))


def heads(world: Any) -> list[Row[Any]]:
    return list(world.read.execute(select(shards).where(shards.c.organisation_id == world.organisation.id).order_by(shards.c.shard)))


def lost(world: Any) -> list[int]:
    """Transfers that neither wait nor ended."""
    joined = transfers.outerjoin(ends, and_(ends.c.transfer_id == transfers.c.id, ends.c.organisation_id == transfers.c.organisation_id)).outerjoin(
        open_transfers, and_(open_transfers.c.id == transfers.c.id, open_transfers.c.organisation_id == transfers.c.organisation_id)
    )
    both_or_none = ends.c.transfer_id.is_(None) == open_transfers.c.id.is_(None)
    query = select(transfers.c.id).select_from(joined).where(transfers.c.organisation_id == world.organisation.id, both_or_none).limit(100)
    return list(world.read.scalars(query))


def unmirrored(world: Any) -> list[int]:
    """Reversals that do not turn what they say they turn, or of which there are two."""
    back, first = transfers.alias("back"), transfers.alias("first")
    joined = back.outerjoin(first, and_(first.c.id == back.c.reversal_of, first.c.organisation_id == back.c.organisation_id)).outerjoin(
        ends, and_(ends.c.transfer_id == back.c.id, ends.c.organisation_id == back.c.organisation_id)
    )
    joined = joined.outerjoin(reversals, and_(reversals.c.by_id == back.c.id, reversals.c.organisation_id == back.c.organisation_id))
    wrong = (
        first.c.id.is_(None)
        | (first.c.source_id != back.c.destination_id)
        | (first.c.destination_id != back.c.source_id)
        | (back.c.amount > first.c.amount)
        | ((ends.c.state == "posted") & reversals.c.by_id.is_(None))
    )
    query = select(back.c.id).select_from(joined).where(back.c.reversal_of.is_not(None), back.c.organisation_id == world.organisation.id, wrong)
    return list(world.read.scalars(query.limit(100)))


def closed_periods(world: Any) -> list[Row[Any]]:
    return list(world.read.execute(select(periods).where(periods.c.organisation_id == world.organisation.id).order_by(periods.c.ends_at)))


def posted_into(world: Any, period: Row[Any], shard: int, seq: int) -> int:
    """Transfers that a line posted into a period after it was closed: in a batch behind the last of then."""
    joined = ends.join(batches, and_(batches.c.id == ends.c.batch_id, batches.c.organisation_id == ends.c.organisation_id))
    late = (ends.c.done_at < period.ends_at) & (ends.c.state == "posted") & (batches.c.shard == shard) & (batches.c.seq > seq)
    query = select(func.count()).select_from(joined).where(ends.c.organisation_id == world.organisation.id, late)
    return int(world.read.scalar(query) or 0)


def lock_lines(world: Any) -> list[Row[Any]]:
    """Every line of posting held still: no batch is under way while we have them."""
    query = select(shards).where(shards.c.organisation_id == world.organisation.id).order_by(shards.c.shard).with_for_update()
    return list(world.write.execute(query))


def add_period(world: Any, **values: Any) -> None:
    world.write.execute(insert(periods).values(id=new_id(), organisation_id=world.organisation.id, **values))


def add_proof(world: Any, **values: Any) -> None:
    world.write.execute(insert(proofs).values(id=new_id(), organisation_id=world.organisation.id, at=world.now(), **values))


def last_proofs(world: Any, most: int = 30) -> list[Row[Any]]:
    query = select(proofs).where(proofs.c.organisation_id == world.organisation.id).order_by(proofs.c.id.desc()).limit(most)
    return list(world.read.execute(query))
