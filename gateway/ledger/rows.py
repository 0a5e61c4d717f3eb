"""Where the books are kept: tables, reading, writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from gateway.ledger.model import Account, Band, Organisation, Ref, Transfer
from gateway.store.tables import UtcTime, id_column, metadata, only, organisation_column

currencies = Table(
    "currencies",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("digits", Integer, nullable=False),
    Column("name", String(60), nullable=False),
    CheckConstraint("digits BETWEEN 0 AND 8", name="digits"),
)

organisations = Table(
    "organisations",
    metadata,
    id_column(),
    Column("name", String(60), nullable=False),
    Column("short_name", String(12), nullable=False),
    Column("timezone", String(40), nullable=False),
    Column("currency", String(12), ForeignKey("currencies.code"), nullable=False),
    Column("language", String(8), nullable=False),
    Column("service_code", String(24), nullable=False, unique=True),
    Column("shortcode", String(16), nullable=False, unique=True),
    Column("calling_code", String(4), nullable=False),
    Column("national_digits", Integer, nullable=False),
    Column("paused_because", String(200)),
    Column("made_at", UtcTime, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    id_column(),
    organisation_column(),
    Column("owner_id", BigInteger),
    Column("code", String(40), nullable=False),
    Column("name", String(60), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("currency", String(12), ForeignKey("currencies.code"), nullable=False),
    Column("debits", BigInteger, nullable=False, server_default="0"),
    Column("credits", BigInteger, nullable=False, server_default="0"),
    Column("held", BigInteger, nullable=False, server_default="0"),
    Column("floor", BigInteger),
    Column("ceiling", BigInteger),
    Column("status", String(8), nullable=False, server_default="open"),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("opened_at", UtcTime, nullable=False),
    UniqueConstraint("id", "currency", "organisation_id"),
    UniqueConstraint("code", "organisation_id"),
    CheckConstraint("kind IN ('asset','liability','income','expense','equity')", name="kind"),
    CheckConstraint("status IN ('open','blocked','dormant','closed')", name="status"),
    CheckConstraint("debits >= 0 AND credits >= 0 AND held >= 0 AND seq >= 0", name="counters"),
    CheckConstraint("floor IS NULL OR credits - debits - held >= floor", name="no_overdraft"),
    CheckConstraint("ceiling IS NULL OR credits - debits <= ceiling", name="no_overfill"),
    Index("ix_accounts_owner", "owner_id", "organisation_id"),
)

transfers = Table(
    "transfers",
    metadata,
    id_column(),
    organisation_column(),
    Column("channel", String(12), nullable=False),
    Column("key", String(80), nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source_id", BigInteger, nullable=False),
    Column("destination_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("fee", BigInteger, nullable=False),
    Column("fee_account_id", BigInteger),
    Column("currency", String(12), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", String(40)),
    Column("ref", String(12), nullable=False),
    Column("authority", String(60), nullable=False),
    Column("reversal_of", BigInteger),
    Column("call", String(80)),
    Column("made_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    UniqueConstraint("key", "channel", "organisation_id"),
    UniqueConstraint("ref", "organisation_id"),
    CheckConstraint("state IN ('pending','posted','rejected','voided')", name="state"),
    CheckConstraint("source_id <> destination_id", name="two_accounts"),
    CheckConstraint("fee = 0 OR fee_account_id IS NOT NULL", name="fee_has_a_home"),
    ForeignKeyConstraint(["source_id", "currency", "organisation_id"], ["accounts.id", "accounts.currency", "accounts.organisation_id"]),
    ForeignKeyConstraint(["destination_id", "currency", "organisation_id"], ["accounts.id", "accounts.currency", "accounts.organisation_id"]),
    ForeignKeyConstraint(["reversal_of", "organisation_id"], ["transfers.id", "transfers.organisation_id"]),
    Index("ux_transfers_reversal_of", "reversal_of", "organisation_id", unique=True, **only("reversal_of IS NOT NULL AND state IN ('pending', 'posted')")),
    Index("ix_transfers_pending", "organisation_id", "id", **only("state = 'pending'")),
    Index("ix_transfers_call", "call", **only("call IS NOT NULL")),
    Index("ix_transfers_source", "source_id", "id"),
    Index("ix_transfers_destination", "destination_id", "id"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("fee >= 0", name="fee"),
)

postings = Table(
    "postings",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("leg", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("debit_account_id", BigInteger, nullable=False),
    Column("credit_account_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(12), nullable=False),
    Column("purpose", String(12), nullable=False),
    Column("debit_seq", BigInteger, nullable=False),
    Column("credit_seq", BigInteger, nullable=False),
    Column("debit_balance", BigInteger, nullable=False),
    Column("credit_balance", BigInteger, nullable=False),
    Column("posted_at", UtcTime, nullable=False),
    CheckConstraint("debit_account_id <> credit_account_id", name="two_accounts"),
    CheckConstraint("purpose IN ('principal','fee')", name="purpose"),
    ForeignKeyConstraint(["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"]),
    ForeignKeyConstraint(["debit_account_id", "currency", "organisation_id"], ["accounts.id", "accounts.currency", "accounts.organisation_id"]),
    ForeignKeyConstraint(["credit_account_id", "currency", "organisation_id"], ["accounts.id", "accounts.currency", "accounts.organisation_id"]),
    UniqueConstraint("debit_account_id", "debit_seq", "organisation_id"),
    UniqueConstraint("credit_account_id", "credit_seq", "organisation_id"),
    CheckConstraint("amount > 0", name="amount"),
)

tariffs = Table(
    "tariffs",
    metadata,
    id_column(),
    organisation_column(),
    Column("kind", String(16), nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    UniqueConstraint("kind", "valid_from", "organisation_id"),
)

tariff_bands = Table(
    "tariff_bands",
    metadata,
    Column("tariff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("low", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("high", BigInteger, nullable=False),
    Column("flat", BigInteger, nullable=False),
    Column("rate_bp", Integer, nullable=False, server_default="0"),
    CheckConstraint("low > 0 AND high >= low AND flat >= 0 AND rate_bp >= 0", name="band"),
    ForeignKeyConstraint(["tariff_id", "organisation_id"], ["tariffs.id", "tariffs.organisation_id"]),
)

limits = Table(
    "limits",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("scope", String(12), primary_key=True),
    organisation_column(),
    Column("most", BigInteger, nullable=False),
    CheckConstraint("scope IN ('once','day')", name="scope"),
    CheckConstraint("most > 0", name="most"),
)

limit_usage = Table(
    "limit_usage",
    metadata,
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("window", String(24), primary_key=True),
    organisation_column(),
    Column("amount", BigInteger, nullable=False),
    ForeignKeyConstraint(["account_id", "organisation_id"], ["accounts.id", "accounts.organisation_id"]),
    CheckConstraint("amount >= 0", name="amount"),
)

_ORGANISATION = [organisations.c[name] for name in ("id", "name", "short_name", "timezone", "currency")] + [currencies.c.digits] + [
    organisations.c[name] for name in ("language", "service_code", "shortcode", "calling_code", "national_digits", "paused_because")
]  # fmt: skip
_ACCOUNT = [accounts.c[name] for name in ("id", "owner_id", "code", "name", "kind", "debits", "credits", "held", "floor", "ceiling", "status", "seq")]
_TRANSFER = [
    transfers.c[name]
    for name in (
        "id", "organisation_id", "channel", "key", "kind", "source_id", "destination_id", "amount", "fee", "state", "reason", "ref",
        "made_at", "done_at", "reversal_of", "call",
    )
]  # fmt: skip


def _transfer(row: Row[Any]) -> Transfer:
    values = row._asdict()
    return Transfer(**{**values, "ref": Ref(values["ref"])})


def all_organisations(connection: Any) -> list[Organisation]:
    query = select(*_ORGANISATION).join(currencies, currencies.c.code == organisations.c.currency).order_by(organisations.c.id)
    return [Organisation(*row) for row in connection.execute(query)]


def paused_because(world: Any) -> str | None:
    reason: str | None = world.write.scalar(select(organisations.c.paused_because).where(organisations.c.id == world.organisation.id))
    return reason


def account(world: Any, id: int) -> Account:
    return Account(*world.read.execute(select(*_ACCOUNT).where(accounts.c.id == id, accounts.c.organisation_id == world.organisation.id)).one())


def accounts_in(world: Any, ids: Iterable[int]) -> dict[int, Account]:
    query = select(*_ACCOUNT).where(accounts.c.id.in_(set(ids)), accounts.c.organisation_id == world.organisation.id)
    return {row.id: Account(*row) for row in world.read.execute(query)}


def accounts_of(world: Any, owner_ids: Iterable[int]) -> list[int]:
    query = select(accounts.c.id).where(accounts.c.owner_id.in_(set(owner_ids)), accounts.c.organisation_id == world.organisation.id)
    return list(world.read.scalars(query))


def account_by_code(world: Any, code: str) -> Account:
    query = select(*_ACCOUNT).where(accounts.c.code == code, accounts.c.organisation_id == world.organisation.id)
    return Account(*world.read.execute(query).one())


# Built once: putting a statement together costs more than running it, and these are asked in nearly every hop.
_ACCOUNT_OF = (
    select(*_ACCOUNT).where(accounts.c.owner_id == bindparam("owner_id"), accounts.c.organisation_id == bindparam("here")).order_by(accounts.c.id).limit(1)
)
_LIMIT = select(limits.c.most).where(limits.c.kind == bindparam("kind"), limits.c.scope == bindparam("scope"), limits.c.organisation_id == bindparam("here"))
_USED = select(limit_usage.c.amount).where(
    limit_usage.c.account_id == bindparam("account_id"), limit_usage.c.window == bindparam("window"), limit_usage.c.organisation_id == bindparam("here")
)


def account_of(world: Any, owner_id: int) -> Account:
    return Account(*world.read.execute(_ACCOUNT_OF, {"owner_id": owner_id, "here": world.organisation.id}).one())


def lock_accounts(world: Any, ids: Iterable[int]) -> dict[int, Account]:
    """The accounts as nobody else can change them now, locked in the order of their ids so that no two wait in a ring."""
    query = (
        select(*_ACCOUNT)
        .where(accounts.c.id.in_(sorted(set(ids))), accounts.c.organisation_id == world.organisation.id)
        .order_by(accounts.c.id)
        .with_for_update(key_share=True)
    )
    return {row.id: Account(*row) for row in world.write.execute(query)}


def add_account(world: Any, **values: Any) -> None:
    world.write.execute(insert(accounts).values(organisation_id=world.organisation.id, currency=world.organisation.currency, **values))


def hold(world: Any, account_id: int, amount: int) -> None:
    """Set aside, or with a negative amount give back."""
    query = update(accounts).where(accounts.c.id == account_id, accounts.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(held=accounts.c.held + amount))


def add_transfer(world: Any, **values: Any) -> None:
    world.write.execute(insert(transfers).values(organisation_id=world.organisation.id, currency=world.organisation.currency, **values))


def transfer_by_key(world: Any, channel: str, key: str) -> tuple[Transfer, str] | None:
    query = select(*_TRANSFER, transfers.c.request_hash).where(
        transfers.c.key == key, transfers.c.channel == channel, transfers.c.organisation_id == world.organisation.id
    )
    row = world.write.execute(query).one_or_none()
    return (Transfer(*row[:-1]), row.request_hash) if row else None


def transfer_of_call(world: Any, call: str, **same: Any) -> Transfer | None:
    """The transfer that this call has asked for already, if it is like this one."""
    query = select(*_TRANSFER).where(transfers.c.call == call, transfers.c.organisation_id == world.organisation.id)
    for name, value in same.items():
        query = query.where(transfers.c[name] == value)
    row = world.read.execute(query.order_by(transfers.c.id.desc()).limit(1)).first()
    return _transfer(row) if row else None


def transfer(world: Any, id: int) -> Transfer | None:
    query = select(*_TRANSFER).where(transfers.c.id == id, transfers.c.organisation_id == world.organisation.id)
    row = world.read.execute(query).one_or_none()
    return _transfer(row) if row else None


def transfer_by_ref(world: Any, ref: str) -> Transfer | None:
    query = select(*_TRANSFER).where(transfers.c.ref == ref, transfers.c.organisation_id == world.organisation.id)
    row = world.read.execute(query).one_or_none()
    return _transfer(row) if row else None


def claim_pending(world: Any, most: int) -> list[tuple[Transfer, int | None]]:
    """The oldest transfers that wait, with their fee accounts; those that another worker has in hand are passed over."""
    query = (
        select(*_TRANSFER, transfers.c.fee_account_id)
        .where(transfers.c.state == "pending", transfers.c.organisation_id == world.organisation.id)
        .order_by(transfers.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [(Transfer(*row[:-1]), row.fee_account_id) for row in world.write.execute(query)]


def write_batch(world: Any, legs: Sequence[dict[str, Any]], books: Iterable[Account], ends: Sequence[dict[str, Any]]) -> None:
    """Postings, balances and transfer states of a batch, set-wise."""
    here = world.organisation.id
    if legs:
        world.write.execute(insert(postings), [{**leg, "organisation_id": here, "currency": world.organisation.currency} for leg in legs])
    book = update(accounts).where(accounts.c.id == bindparam("_id"), accounts.c.organisation_id == here)
    world.write.execute(
        book.values({name: bindparam(f"_{name}") for name in ("debits", "credits", "held", "seq")}),
        [{"_id": one.id, "_debits": one.debits, "_credits": one.credits, "_held": one.held, "_seq": one.seq} for one in books],
    )
    state = update(transfers).where(transfers.c.id == bindparam("_id"), transfers.c.organisation_id == here)
    world.write.execute(state.values(state=bindparam("_state"), reason=bindparam("_reason"), done_at=bindparam("_done_at")), list(ends))


def bands(world: Any, kind: str) -> list[Band]:
    """The tariff that holds now."""
    valid = (
        select(tariffs.c.id)
        .where(tariffs.c.kind == kind, tariffs.c.valid_from <= world.now(), tariffs.c.organisation_id == world.organisation.id)
        .order_by(tariffs.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(tariff_bands.c.low, tariff_bands.c.high, tariff_bands.c.flat, tariff_bands.c.rate_bp).where(
        tariff_bands.c.tariff_id == valid, tariff_bands.c.organisation_id == world.organisation.id
    )
    return [Band(*row) for row in world.read.execute(query.order_by(tariff_bands.c.low))]


def limit(world: Any, kind: str, scope: str) -> int | None:
    most: int | None = world.read.scalar(_LIMIT, {"kind": kind, "scope": scope, "here": world.organisation.id})
    return most


def used(world: Any, account_id: int, window: str) -> int:
    return world.read.scalar(_USED, {"account_id": account_id, "window": window, "here": world.organisation.id}) or 0


def use(world: Any, account_id: int, window: str, amount: int) -> None:
    """Count an amount, or with a negative one give it back. The account's row is locked by the caller."""
    where = (limit_usage.c.account_id == account_id, limit_usage.c.window == window, limit_usage.c.organisation_id == world.organisation.id)
    found = world.write.execute(update(limit_usage).where(*where).values(amount=limit_usage.c.amount + amount))
    if not found.rowcount and amount > 0:
        world.write.execute(insert(limit_usage).values(account_id=account_id, window=window, organisation_id=world.organisation.id, amount=amount))


def last_legs(world: Any, account_id: int, most: int) -> list[Row[Any]]:
    """The newest lines of one account, signed from its side: transfer id, amount, balance after, purpose, other account."""
    here = world.organisation.id
    out = select(
        postings.c.transfer_id, postings.c.leg, (-postings.c.amount).label("amount"), postings.c.debit_balance.label("after"),
        postings.c.purpose, postings.c.credit_account_id.label("other_id"), postings.c.debit_seq.label("seq"), postings.c.posted_at,
    ).where(postings.c.debit_account_id == account_id, postings.c.organisation_id == here).order_by(postings.c.debit_seq.desc()).limit(most)  # fmt: skip
    into = select(
        postings.c.transfer_id, postings.c.leg, postings.c.amount, postings.c.credit_balance.label("after"),
        postings.c.purpose, postings.c.debit_account_id.label("other_id"), postings.c.credit_seq.label("seq"), postings.c.posted_at,
    ).where(postings.c.credit_account_id == account_id, postings.c.organisation_id == here).order_by(postings.c.credit_seq.desc()).limit(most)  # fmt: skip
    rows = [*world.read.execute(out), *world.read.execute(into)]
    return sorted(rows, key=lambda row: row.seq, reverse=True)[:most]


def legs_of(world: Any, transfer_id: int) -> list[Row[Any]]:
    """The postings of a transfer with the names of both accounts."""
    debit, credit = accounts.alias("debit"), accounts.alias("credit")
    query = (
        select(
            postings.c.leg, postings.c.amount, postings.c.purpose, postings.c.posted_at, postings.c.debit_balance, postings.c.credit_balance,
            debit.c.name.label("debit_name"), credit.c.name.label("credit_name"), debit.c.code.label("debit_code"), credit.c.code.label("credit_code"),
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
    before: int | None,
    after: int | None,
    most: int,
    accounts_in: Sequence[int] | None,
    same: Mapping[str, str],
    day: tuple[Any, Any] | None,
) -> list[Transfer]:
    """Newest first, a page at a time by key; with `after` only what has come since."""
    query = select(*_TRANSFER).where(transfers.c.organisation_id == world.organisation.id)
    if before is not None:
        query = query.where(transfers.c.id < before)
    if after is not None:
        query = query.where(transfers.c.id > after)
    if accounts_in is not None:
        query = query.where(or_(transfers.c.source_id.in_(accounts_in), transfers.c.destination_id.in_(accounts_in)))
    for name, wanted in same.items():
        if wanted:
            query = query.where(transfers.c[name] == wanted)
    if day:
        query = query.where(transfers.c.made_at >= day[0], transfers.c.made_at < day[1])
    return [_transfer(row) for row in world.read.execute(query.order_by(transfers.c.id.desc()).limit(most))]


def totals(world: Any) -> list[Row[Any]]:
    """For every account: its counters, and what its postings add up to. The proof of the books."""
    here = world.organisation.id
    out = select(postings.c.debit_account_id.label("account_id"), postings.c.amount.label("debit"), literal(0).label("credit"))
    into = select(postings.c.credit_account_id, literal(0), postings.c.amount)
    sides = out.where(postings.c.organisation_id == here).union_all(into.where(postings.c.organisation_id == here)).subquery()

    query = (
        select(
            accounts.c.id, accounts.c.code, accounts.c.debits, accounts.c.credits, accounts.c.held, accounts.c.seq,
            func.coalesce(func.sum(sides.c.debit), 0).label("debited"), func.coalesce(func.sum(sides.c.credit), 0).label("credited"),
            func.count(sides.c.account_id).label("lines"),
        )
        .outerjoin(sides, sides.c.account_id == accounts.c.id)
        .where(accounts.c.organisation_id == here)
        .group_by(accounts.c.id, accounts.c.code, accounts.c.debits, accounts.c.credits, accounts.c.held, accounts.c.seq)
        .order_by(accounts.c.id)
    )  # fmt: skip
    return list(world.read.execute(query))


def pending_totals(world: Any) -> dict[int, int]:
    """Account -> what its pending transfers will take."""

    query = (
        select(transfers.c.source_id, func.sum(transfers.c.amount + transfers.c.fee))
        .where(transfers.c.state == "pending", transfers.c.organisation_id == world.organisation.id)
        .group_by(transfers.c.source_id)
    )
    return {id: int(total) for id, total in world.read.execute(query)}
