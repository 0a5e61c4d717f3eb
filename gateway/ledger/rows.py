"""Where organisations, accounts and transfers are kept: reading and writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, String, and_, bindparam, case, func, insert, or_, select, tuple_, update

from gateway.ledger.model import Account, Organisation, Ref, Transfer
from gateway.ledger.tables import accounts, batches, currencies, ends, open_transfers, organisations, postings, reversals, shards, transfers
from gateway.store.many import among, change_many, insert_many, listed
from gateway.store.questions import Question
from gateway.store.tables import fixed

_ORGANISATION = [organisations.c[name] for name in ("id", "name", "short_name", "timezone", "currency")] + [currencies.c.digits] + [
    organisations.c[name] for name in ("language", "service_code", "shortcode", "calling_code", "national_digits", "paused_because")
]  # fmt: skip
ACCOUNT = [
    accounts.c[name]
    for name in (
        "id", "owner_id", "code", "name", "kind", "product", "currency", "debits", "credits", "held", "floor", "ceiling", "tier", "status", "seq",
        "last_at",
    )
]  # fmt: skip
ASKED = (
    "id", "organisation_id", "channel", "key", "request_hash", "kind", "subtype", "source_id", "destination_id", "amount", "fee", "tax",
    "fee_payer_id", "fee_account_id", "tax_account_id", "currency", "set_aside", "ref", "authority", "reversal_of", "call", "chain_id",
    "narrative", "made_at",
)  # fmt: skip
WISHED = [transfers.c[name] for name in ASKED]
STATE = func.coalesce(ends.c.state, open_transfers.c.state)
_TRANSFER = [*WISHED, STATE.label("state"), func.coalesce(ends.c.reason, open_transfers.c.why).label("reason"), ends.c.posted_amount, ends.c.done_at]


def _transfers() -> Select[Any]:
    """Transfers with what became of them."""
    joined = transfers.outerjoin(ends, and_(ends.c.transfer_id == transfers.c.id, ends.c.organisation_id == transfers.c.organisation_id)).outerjoin(
        open_transfers, and_(open_transfers.c.id == transfers.c.id, open_transfers.c.organisation_id == transfers.c.organisation_id)
    )
    return select(*_TRANSFER).select_from(joined)


def _transfer(row: Row[Any]) -> Transfer:
    values = row._asdict()
    return Transfer(**{**values, "ref": Ref(values["ref"]), "posted_amount": values["posted_amount"] or 0})


def all_organisations(connection: Any) -> list[Organisation]:
    query = select(*_ORGANISATION).join(currencies, currencies.c.code == organisations.c.currency).order_by(organisations.c.id)
    return [Organisation(*row) for row in connection.execute(query)]


def add_currency(world: Any, code: str, digits: int, name: str) -> None:
    known = world.write.execute(select(currencies.c.code).where(currencies.c.code == code)).first()
    if not known:
        world.write.execute(insert(currencies).values(code=code, digits=digits, name=name))


def add_organisation(world: Any, lines: int) -> None:
    one = world.organisation
    world.write.execute(
        insert(organisations).values(
            id=one.id, name=one.name, short_name=one.short_name, timezone=one.timezone, currency=one.currency, language=one.language,
            service_code=one.service_code, shortcode=one.shortcode, calling_code=one.calling_code, national_digits=one.national_digits, made_at=world.now(),
        )
    )  # fmt: skip
    world.write.execute(insert(shards), [{"shard": shard, "organisation_id": one.id, "seq": 0, "hash": ""} for shard in range(lines)])


def paused_because(world: Any) -> str | None:
    reason: str | None = world.write.scalar(_PAUSED, {"here": world.organisation.id})
    return reason


def pause(world: Any, because: str | None) -> None:
    world.write.execute(update(organisations).where(organisations.c.id == world.organisation.id).values(paused_because=because and because[:200]))


# Built once: putting a statement together costs more than running it, and these are asked in nearly every hop.
_PAUSED = select(organisations.c.paused_because).where(organisations.c.id == bindparam("here"))
_ACCOUNT_OF = Question(
    select(*ACCOUNT)
    .where(accounts.c.owner_id == bindparam("owner_id"), accounts.c.product == bindparam("product"), accounts.c.organisation_id == bindparam("here"))
    .order_by(accounts.c.id)
    .limit(1)
)
_ACCOUNTS_OF = Question(
    select(*ACCOUNT).where(accounts.c.owner_id == bindparam("owner_id"), accounts.c.organisation_id == bindparam("here")).order_by(accounts.c.id)
)
_WITH_IDS = {
    dialect: select(*ACCOUNT).where(among(accounts.c.id, dialect), accounts.c.organisation_id == bindparam("here")) for dialect in ("postgresql", "sqlite")
}
_ACCOUNTS_IN = Question(_WITH_IDS)
_LOCKED = {dialect: query.order_by(accounts.c.id).with_for_update(key_share=True) for dialect, query in _WITH_IDS.items()}
_LOCKED_BOUND = {dialect: query.where(accounts.c.floor.is_not(None)) for dialect, query in _LOCKED.items()}
_BY_KEY = _transfers().where(transfers.c.key == bindparam("key"), transfers.c.channel == bindparam("channel"), transfers.c.organisation_id == bindparam("here"))
_BY_ID = _transfers().where(transfers.c.id == bindparam("id"), transfers.c.organisation_id == bindparam("here"))
_SAVINGS = (
    select(accounts.c.id)
    .where(accounts.c.owner_id == bindparam("owner_id"), accounts.c.product == fixed("savings"), accounts.c.organisation_id == bindparam("here"))
    .order_by(accounts.c.id)
    .limit(1)
    .scalar_subquery()
)
_LAST_ASKED = Question(
    _transfers()
    .where(transfers.c.source_id == _SAVINGS, transfers.c.organisation_id == bindparam("here"))
    .where(transfers.c.call.is_not(None), transfers.c.made_at >= bindparam("since"))
    .order_by(transfers.c.id.desc())
    .limit(1)
)
_LAST_DESTINATIONS = (
    select(transfers.c.destination_id)
    .where(transfers.c.source_id == bindparam("source_id"), transfers.c.organisation_id == bindparam("here"))
    .order_by(transfers.c.id.desc())
    .limit(bindparam("most"))
)
_TAKEN = {
    dialect: select(transfers.c.ref).where(among(transfers.c.ref, dialect, String), transfers.c.organisation_id == bindparam("here"))
    for dialect in ("postgresql", "sqlite")
}
_SYSTEM = select(accounts.c.code, accounts.c.id).where(
    accounts.c.owner_id.is_(None), accounts.c.product == "system", accounts.c.organisation_id == bindparam("here")
)


def account(world: Any, id: int) -> Account:
    return accounts_in(world, [id])[id]


def accounts_in(world: Any, ids: Iterable[int]) -> dict[int, Account]:
    return {row.id: Account(*row) for row in world.found(_ACCOUNTS_IN, ids=listed(sorted(set(ids)), world.dialect))}


def _locked(world: Any, queries: Mapping[str, Any], ids: Iterable[int]) -> dict[int, Account]:
    found = world.write.execute(queries[world.dialect], {"ids": listed(sorted(set(ids)), world.dialect), "here": world.organisation.id})
    return {row.id: Account(*row) for row in found}


def accounts_of(world: Any, owner_ids: Iterable[int]) -> list[Account]:
    """All accounts of some members, the oldest first."""
    query = select(*ACCOUNT).where(accounts.c.owner_id.in_(set(owner_ids)), accounts.c.organisation_id == world.organisation.id).order_by(accounts.c.id)
    return [Account(*row) for row in world.read.execute(query)]


def accounts_of_member(world: Any, owner_id: int) -> dict[str, Account]:
    """Product -> the account of it; the oldest, were there two."""
    found = [Account(*row) for row in world.found(_ACCOUNTS_OF, owner_id=owner_id)]
    return {one.product: one for one in reversed(found)}


def account_of(world: Any, owner_id: int, product: str = "savings") -> Account:
    found = account_or_none(world, owner_id, product)
    assert found, f"member {owner_id} has no account of the product {product}"
    return found


def account_or_none(world: Any, owner_id: int, product: str) -> Account | None:
    row = next(iter(world.found(_ACCOUNT_OF, owner_id=owner_id, product=product)), None)
    return Account(*row) if row else None


def account_with(world: Any, code: str) -> Account | None:
    query = select(*ACCOUNT).where(accounts.c.code == code, accounts.c.organisation_id == world.organisation.id)
    row = world.read.execute(query).one_or_none()
    return Account(*row) if row else None


def account_by_code(world: Any, code: str) -> Account:
    found = account_with(world, code)
    assert found, f"there is no account {code}"
    return found


def all_accounts(world: Any, *, product: str = "", after: str = "", most: int = 500) -> list[Account]:
    """By their codes, a page at a time."""
    query = select(*ACCOUNT).where(accounts.c.organisation_id == world.organisation.id, accounts.c.code > after)
    if product:
        query = query.where(accounts.c.product == product)
    return [Account(*row) for row in world.read.execute(query.order_by(accounts.c.code).limit(most))]


def system_accounts(connection: Any, organisation_id: int) -> dict[str, int]:
    """The organisation's own accounts: code -> id."""
    return {row.code: row.id for row in connection.execute(_SYSTEM, {"here": organisation_id})}


def lock_accounts(world: Any, ids: Iterable[int]) -> dict[int, Account]:
    """The accounts as nobody else can change them now, locked in the order of their ids so that no two wait in a ring."""
    return _locked(world, _LOCKED, ids)


def lock_bound_accounts(world: Any, ids: Iterable[int]) -> dict[int, Account]:
    """The same, for those that have a floor: the organisation's own have none, and nobody need wait for them."""
    return _locked(world, _LOCKED_BOUND, ids)


def add_account(world: Any, **values: Any) -> None:
    world.write.execute(insert(accounts).values(organisation_id=world.organisation.id, **values))


def change_account(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(accounts).where(accounts.c.id == id, accounts.c.organisation_id == world.organisation.id).values(**values))


def set_held(world: Any, held: Mapping[int, int]) -> None:
    """What each account has promised. Their rows are locked by the caller."""
    change_many(world.write, accounts, world.organisation.id, ("held",), list(held.items()))


def give_back(world: Any, account_id: int, amount: int) -> None:
    """Take back a promise."""
    query = update(accounts).where(accounts.c.id == account_id, accounts.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(held=accounts.c.held - amount))


def taken_refs(world: Any, refs: Iterable[str]) -> set[str]:
    """Those of these short codes that a transfer has already."""
    dialect = world.write.dialect.name
    return set(world.write.scalars(_TAKEN[dialect], {"ids": listed(sorted(refs), dialect), "here": world.organisation.id}))


def add_transfers(world: Any, some: Sequence[Transfer]) -> None:
    insert_many(world.write, transfers, ASKED, [tuple(getattr(one, name) for name in ASKED) for one in some])


def add_open(world: Any, some: Sequence[tuple[Any, ...]]) -> None:
    """(id, shard, state, expires_at) of transfers that wait."""
    here = world.organisation.id
    rows = [(id, here, shard, state, expires_at) for id, shard, state, expires_at in some]
    insert_many(world.write, open_transfers, ("id", "organisation_id", "shard", "state", "expires_at"), rows)


def add_ends(world: Any, some: Sequence[tuple[Any, ...]]) -> None:
    """(transfer_id, state, reason, posted_amount, batch_id, done_at, seal)"""
    here = world.organisation.id
    columns = ("transfer_id", "state", "reason", "posted_amount", "batch_id", "done_at", "seal", "organisation_id")
    insert_many(world.write, ends, columns, [(*one, here) for one in some])


def add_reversals(world: Any, some: Sequence[tuple[int, int]]) -> None:
    """(transfer, by which it is turned back)"""
    here = world.organisation.id
    world.write.execute(insert(reversals), [{"transfer_id": id, "by_id": by, "organisation_id": here} for id, by in some])


def drop_reversals(world: Any, by_ids: Iterable[int]) -> None:
    """These came to nothing, so the transfers they were to turn may be turned again."""
    world.write.execute(reversals.delete().where(reversals.c.by_id.in_(set(by_ids)), reversals.c.organisation_id == world.organisation.id))


def reversal_of(world: Any, id: int) -> int | None:
    """The transfer that turns this one back, or has."""
    found: int | None = world.read.scalar(select(reversals.c.by_id).where(reversals.c.transfer_id == id, reversals.c.organisation_id == world.organisation.id))
    return found


def transfers_by_keys(world: Any, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Transfer]:
    """(channel, key) -> the transfer that was asked for with it."""
    wanted = sorted(set(keys))
    if len(wanted) == 1:
        found = world.write.execute(_BY_KEY, {"channel": wanted[0][0], "key": wanted[0][1], "here": world.organisation.id})
    else:
        query = _transfers().where(tuple_(transfers.c.key, transfers.c.channel).in_([(key, channel) for channel, key in wanted]))
        found = world.write.execute(query.where(transfers.c.organisation_id == world.organisation.id))
    return {(row.channel, row.key): _transfer(row) for row in found}


def transfer_by_key(world: Any, channel: str, key: str) -> Transfer | None:
    row = world.read.execute(_BY_KEY, {"channel": channel, "key": key, "here": world.organisation.id}).one_or_none()
    return _transfer(row) if row else None


def transfers_of_calls(world: Any, calls: Iterable[str]) -> list[Transfer]:
    """What these calls have asked for, but for what was refused."""
    query = _transfers().where(transfers.c.call.in_(set(calls)), transfers.c.organisation_id == world.organisation.id)
    query = query.where(or_(ends.c.state.is_(None), ends.c.state.in_(("posted", "rejected"))))
    return [_transfer(row) for row in world.read.execute(query.order_by(transfers.c.id))]


def transfer_of_call(world: Any, call: str) -> Transfer | None:
    """The last transfer that this call has asked for."""
    return next(reversed(transfers_of_calls(world, [call])), None)


def last_asked(world: Any, owner_id: int, since: dt.datetime) -> Transfer | None:
    """The last transfer that a call asked for from the savings of this member, if it is not older."""
    row = next(iter(world.found(_LAST_ASKED, owner_id=owner_id, since=since)), None)
    return _transfer(row) if row else None


def last_destinations(world: Any, source_id: int, most: int) -> list[int]:
    """Where the last transfers from this account were to go, the newest first."""
    return list(world.read.scalars(_LAST_DESTINATIONS, {"source_id": source_id, "most": most, "here": world.organisation.id}))


def narratives_between(world: Any, source_id: int, destination_id: int, most: int) -> list[str]:
    """What stood beside the last transfers from one account to another that are posted, the newest first."""
    posted = ends.join(transfers, (transfers.c.id == ends.c.transfer_id) & (transfers.c.organisation_id == ends.c.organisation_id))
    query = select(transfers.c.narrative).select_from(posted).where(
        transfers.c.source_id == source_id, transfers.c.destination_id == destination_id, ends.c.state == "posted", transfers.c.narrative != "",
        transfers.c.organisation_id == world.organisation.id,
    )  # fmt: skip
    return list(world.read.scalars(query.order_by(transfers.c.id.desc()).limit(most)))


def net_between(world: Any, source_id: int, destination_id: int) -> int:
    """What has moved from one account to another since they were opened, what went back taken off. In minor units."""
    forth = (transfers.c.source_id == source_id) & (transfers.c.destination_id == destination_id)
    back = (transfers.c.source_id == destination_id) & (transfers.c.destination_id == source_id)
    posted = ends.outerjoin(transfers, (transfers.c.id == ends.c.transfer_id) & (transfers.c.organisation_id == ends.c.organisation_id))
    query = select(func.coalesce(func.sum(case((forth, ends.c.posted_amount), else_=-ends.c.posted_amount)), 0)).select_from(posted)
    return int(world.read.scalar(query.where(forth | back, ends.c.state == "posted", transfers.c.organisation_id == world.organisation.id)))


def transfer(world: Any, id: int) -> Transfer | None:
    row = world.read.execute(_BY_ID, {"id": id, "here": world.organisation.id}).one_or_none()
    return _transfer(row) if row else None


def transfers_in(world: Any, ids: Iterable[int]) -> dict[int, Transfer]:
    query = _transfers().where(transfers.c.id.in_(set(ids)), transfers.c.organisation_id == world.organisation.id)
    return {row.id: _transfer(row) for row in world.read.execute(query)}


def transfer_by_ref(world: Any, ref: str) -> Transfer | None:
    query = _transfers().where(transfers.c.ref == ref, transfers.c.organisation_id == world.organisation.id)
    row = world.read.execute(query).one_or_none()
    return _transfer(row) if row else None


def batch_of(world: Any, id: int) -> Row[Any] | None:
    """The batch that a transfer ended in."""
    joined = ends.join(batches, and_(batches.c.id == ends.c.batch_id, batches.c.organisation_id == ends.c.organisation_id))
    query = select(batches.c.seq, batches.c.shard, batches.c.hash).select_from(joined)
    found: Row[Any] | None = world.read.execute(query.where(ends.c.transfer_id == id, ends.c.organisation_id == world.organisation.id)).one_or_none()
    return found


def legs_of(world: Any, transfer_id: int) -> list[Row[Any]]:
    """The postings of a transfer with the names of both accounts."""
    debit, credit = accounts.alias("debit"), accounts.alias("credit")
    query = (
        select(
            postings.c.leg, postings.c.amount, postings.c.purpose, postings.c.posted_at, postings.c.debit_balance, postings.c.credit_balance,
            debit.c.name.label("debit_name"), credit.c.name.label("credit_name"), debit.c.code.label("debit_code"), credit.c.code.label("credit_code"),
            postings.c.debit_account_id, postings.c.credit_account_id,
        )
        .join(debit, and_(debit.c.id == postings.c.debit_account_id, debit.c.organisation_id == postings.c.organisation_id))
        .join(credit, and_(credit.c.id == postings.c.credit_account_id, credit.c.organisation_id == postings.c.organisation_id))
        .where(postings.c.transfer_id == transfer_id, postings.c.organisation_id == world.organisation.id)
        .order_by(postings.c.leg)
    )  # fmt: skip
    return list(world.read.execute(query))


def page_of_transfers(
    world: Any,
    *,
    before: int | None = None,
    after: int | None = None,
    most: int,
    accounts_in: Sequence[int] | None = None,
    same: Mapping[str, str] | None = None,
    state: str = "",
    day: tuple[Any, Any] | None = None,
) -> list[Transfer]:
    """Newest first, a page at a time by key; with `after` only what has come since."""
    query = _transfers().where(transfers.c.organisation_id == world.organisation.id)
    if before is not None:
        query = query.where(transfers.c.id < before)
    if after is not None:
        query = query.where(transfers.c.id > after)
    if accounts_in is not None:
        query = query.where(or_(transfers.c.source_id.in_(accounts_in), transfers.c.destination_id.in_(accounts_in)))
    for name, wanted in (same or {}).items():
        if wanted:
            query = query.where(transfers.c[name] == wanted)
    if state in ("held", "pending", "quarantined"):
        query = query.where(open_transfers.c.state == state)
    elif state:
        query = query.where(ends.c.state == state)
    if day:
        query = query.where(transfers.c.made_at >= day[0], transfers.c.made_at < day[1])
    return [_transfer(row) for row in world.read.execute(query.order_by(transfers.c.id.desc()).limit(most))]
