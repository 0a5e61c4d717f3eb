"""Reading what an account has lived through, by its own line numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, literal, select

from gateway.ledger.tables import accounts, postings, transfers
from gateway.store.questions import Question

AT_ONCE = 2_000
MANY = 2**62  # more lines than any account has


def _sides() -> tuple[Select[Any], Select[Any]]:
    """The lines of one account, signed from its side: those that went out, and those that came in."""
    here = postings.c.organisation_id == bindparam("here")
    out = select(
        postings.c.transfer_id, postings.c.leg, (-postings.c.amount).label("amount"), postings.c.debit_balance.label("after"), postings.c.purpose,
        postings.c.credit_account_id.label("other_id"), postings.c.debit_seq.label("seq"), postings.c.posted_at,
    ).where(postings.c.debit_account_id == bindparam("account_id"), here)  # fmt: skip
    into = select(
        postings.c.transfer_id, postings.c.leg, postings.c.amount, postings.c.credit_balance.label("after"), postings.c.purpose,
        postings.c.debit_account_id.label("other_id"), postings.c.credit_seq.label("seq"), postings.c.posted_at,
    ).where(postings.c.credit_account_id == bindparam("account_id"), here)  # fmt: skip
    return out, into


_OUT, _INTO = _sides()
_LAST = (  # the mini-statement asks them
    Question(_OUT.where(postings.c.debit_seq < bindparam("before")).order_by(postings.c.debit_seq.desc()).limit(bindparam("most"))),
    Question(_INTO.where(postings.c.credit_seq < bindparam("before")).order_by(postings.c.credit_seq.desc()).limit(bindparam("most"))),
)
_BETWEEN = _OUT.where(postings.c.debit_seq.between(bindparam("first"), bindparam("last"))).union_all(
    _INTO.where(postings.c.credit_seq.between(bindparam("first"), bindparam("last")))
)


def last_lines(world: Any, account_id: int, most: int, before: int = MANY) -> list[Row[Any]]:
    """The newest lines, or those before a line number: two reads along a unique index, however long the account is."""
    rows = [row for question in _LAST for row in world.found(question, account_id=account_id, before=before, most=most)]
    return sorted(rows, key=lambda row: row.seq, reverse=True)[:most]


def lines_between(world: Any, account_id: int, first: int, last: int) -> Iterator[Row[Any]]:
    """Lines by number, both ends included, the oldest first, with the kind, reference and narrative of their transfers; streamed."""
    both = _BETWEEN.subquery()
    query = (
        select(
            both,
            transfers.c.kind,
            transfers.c.subtype,
            transfers.c.ref,
            transfers.c.narrative,
            accounts.c.name.label("other"),
            accounts.c.product,
            accounts.c.code,
        )
        .join(transfers, and_(transfers.c.id == both.c.transfer_id, transfers.c.organisation_id == world.organisation.id))
        .join(accounts, and_(accounts.c.id == both.c.other_id, accounts.c.organisation_id == world.organisation.id))
        .order_by(both.c.seq)
    )
    asked = {"account_id": account_id, "here": world.organisation.id, "first": first, "last": last}
    yield from world.read.execute(query, asked, execution_options={"stream_results": True, "max_row_buffer": AT_ONCE})


def line(world: Any, account_id: int, seq: int) -> Row[Any] | None:
    """One line by its number: its moment and the balance behind it."""
    here = world.organisation.id
    out = select(postings.c.posted_at, postings.c.debit_balance.label("after")).where(
        postings.c.debit_account_id == account_id, postings.c.debit_seq == seq, postings.c.organisation_id == here
    )
    into = select(postings.c.posted_at, postings.c.credit_balance.label("after")).where(
        postings.c.credit_account_id == account_id, postings.c.credit_seq == seq, postings.c.organisation_id == here
    )
    found: Row[Any] | None = world.read.execute(out.union_all(into)).one_or_none()
    return found


def movements(world: Any, at: dt.datetime) -> list[Row[Any]]:
    """For every account: code, name, kind, currency, and its debits and credits up to a moment."""
    here = world.organisation.id
    out = select(postings.c.debit_account_id.label("account_id"), postings.c.amount.label("debit"), literal(0).label("credit"))
    into = select(postings.c.credit_account_id, literal(0), postings.c.amount)
    both = (
        out.where(postings.c.organisation_id == here, postings.c.posted_at <= at)
        .union_all(into.where(postings.c.organisation_id == here, postings.c.posted_at <= at))
        .subquery()
    )
    query = (
        select(
            accounts.c.id, accounts.c.code, accounts.c.name, accounts.c.kind, accounts.c.product, accounts.c.currency,
            func.coalesce(func.sum(both.c.debit), 0).label("debits"), func.coalesce(func.sum(both.c.credit), 0).label("credits"),
        )
        .outerjoin(both, both.c.account_id == accounts.c.id)
        .where(accounts.c.organisation_id == here)
        .group_by(accounts.c.id, accounts.c.code, accounts.c.name, accounts.c.kind, accounts.c.product, accounts.c.currency)
        .order_by(accounts.c.currency, accounts.c.kind, accounts.c.code)
    )  # fmt: skip
    return list(world.read.execute(query))
