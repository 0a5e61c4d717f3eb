"""The tables of the books. What was asked for and what became of it are rows that are written once and never changed.

Without a rowid SQLite keeps a table in the order of its key, and not beside an index of it: one tree less to write for each transfer.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from gateway.store.tables import UtcTime, id_column, metadata, only, organisation_column, refers

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
    Column("product", String(12), nullable=False),
    Column("currency", String(12), ForeignKey("currencies.code"), nullable=False),
    Column("debits", BigInteger, nullable=False, server_default="0"),
    Column("credits", BigInteger, nullable=False, server_default="0"),
    Column("held", BigInteger, nullable=False, server_default="0"),
    Column("floor", BigInteger),
    Column("ceiling", BigInteger),
    Column("tier", Integer, nullable=False, server_default="1"),
    Column("status", String(8), nullable=False, server_default="open"),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("opened_at", UtcTime, nullable=False),
    Column("last_at", UtcTime),
    UniqueConstraint("id", "currency", "organisation_id"),
    UniqueConstraint("code", "organisation_id"),
    CheckConstraint("kind IN ('asset','liability','income','expense','equity')", name="kind"),
    CheckConstraint("status IN ('open','blocked','dormant','closed')", name="status"),
    CheckConstraint("debits >= 0 AND credits >= 0 AND held >= 0 AND seq >= 0", name="counters"),
    CheckConstraint("floor IS NULL OR credits - debits - held >= floor", name="no_overdraft"),
    CheckConstraint("ceiling IS NULL OR credits - debits <= ceiling", name="no_overfill"),
    CheckConstraint("status <> 'closed' OR (credits = debits AND held = 0)", name="closed_empty"),
    CheckConstraint("tier BETWEEN 0 AND 9", name="tier"),
    Index("ix_accounts_owner", "owner_id", "organisation_id"),
    postgresql_with={"fillfactor": 70},  # a balance changes in place: no index stands on what changes
)


def _to_account(column: str) -> ForeignKeyConstraint:
    """To an account of the same currency and organisation, so that money never changes either on its way."""
    return ForeignKeyConstraint([column, "currency", "organisation_id"], ["accounts.id", "accounts.currency", "accounts.organisation_id"])


transfers = Table(
    "transfers",
    metadata,
    id_column(),
    organisation_column(checked=False),
    Column("channel", String(12), nullable=False),
    Column("key", String(80), nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subtype", String(12), nullable=False),
    Column("source_id", BigInteger, nullable=False),
    Column("destination_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("fee", BigInteger, nullable=False),
    Column("tax", BigInteger, nullable=False),
    Column("fee_payer_id", BigInteger),
    Column("fee_account_id", BigInteger),
    Column("tax_account_id", BigInteger),
    Column("currency", String(12), nullable=False),
    Column("set_aside", Boolean, nullable=False),
    Column("ref", String(12), nullable=False),
    Column("authority", String(60), nullable=False),
    Column("reversal_of", BigInteger),
    Column("call", String(80)),
    Column("chain_id", BigInteger),
    Column("narrative", String(80), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "channel", "organisation_id"),
    UniqueConstraint("ref", "organisation_id"),
    CheckConstraint(
        "kind IN ('transfer','deposit','withdrawal','merchantpayment','billpay','disbursement','inttransfer','adjustment','reversal')", name="kind"
    ),
    CheckConstraint("(kind = 'reversal') = (reversal_of IS NOT NULL)", name="reversal"),
    CheckConstraint("source_id <> destination_id", name="two_accounts"),
    CheckConstraint("fee = tax OR fee_account_id IS NOT NULL", name="fee_has_a_home"),
    CheckConstraint("tax = 0 OR tax_account_id IS NOT NULL", name="tax_has_a_home"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("fee >= 0 AND tax >= 0 AND tax <= fee", name="fee"),
    _to_account("source_id"),
    _to_account("destination_id"),
    _to_account("fee_payer_id"),
    _to_account("fee_account_id"),
    _to_account("tax_account_id"),
    Index("ix_transfers_call", "call", **only("call IS NOT NULL")),
    Index("ix_transfers_chain", "chain_id", **only("chain_id IS NOT NULL")),
    Index("ix_transfers_source", "source_id", "id"),
    Index("ix_transfers_destination", "destination_id", "id"),
    sqlite_with_rowid=False,
)

# What waits: a narrow queue whose rows are taken away. `held` waits for somebody, `pending` for the poster.
open_transfers = Table(
    "open_transfers",
    metadata,
    id_column(),
    organisation_column(checked=False),
    Column("shard", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("amount", BigInteger),  # what of a hold is to be posted; empty: all of it
    Column("expires_at", UtcTime),
    Column("why", String(80)),
    CheckConstraint("state IN ('held','pending','quarantined')", name="state"),
    CheckConstraint("amount > 0", name="amount"),
    Index("ix_open_transfers_due", "organisation_id", "shard", "state", "id"),
    Index("ix_open_transfers_expiry", "expires_at", **only("state = 'held' AND expires_at IS NOT NULL")),
    sqlite_with_rowid=False,
)

# How each transfer ended, once.
ends = Table(
    "ends",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(checked=False),
    Column("state", String(8), nullable=False),
    Column("reason", String(80)),
    Column("posted_amount", BigInteger, nullable=False),
    Column("batch_id", BigInteger),
    Column("done_at", UtcTime, nullable=False),
    Column("seal", String(32), nullable=False),
    CheckConstraint("state IN ('posted','rejected','voided','expired','refused')", name="state"),
    CheckConstraint("(state = 'posted') = (posted_amount > 0) AND posted_amount >= 0", name="posted_amount"),
    CheckConstraint("(state IN ('posted','rejected')) = (batch_id IS NOT NULL)", name="batch"),
    sqlite_with_rowid=False,
)

# Which transfer is being turned back by which: one at a time. The row goes when that reversal came to nothing.
reversals = Table(
    "reversals",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("by_id", BigInteger, nullable=False),
    refers("transfer_id", "transfers"),
    UniqueConstraint("by_id", "organisation_id"),
)

postings = Table(
    "postings",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("leg", Integer, primary_key=True, autoincrement=False),
    organisation_column(checked=False),
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
    CheckConstraint("purpose IN ('principal','fee','tax')", name="purpose"),
    CheckConstraint("amount > 0", name="amount"),
    UniqueConstraint("debit_account_id", "debit_seq", "organisation_id"),
    UniqueConstraint("credit_account_id", "credit_seq", "organisation_id"),
    sqlite_with_rowid=False,
)

# One line of posting of an organisation: whoever holds its row drains it. It is also the head of its chain of batches.
shards = Table(
    "shards",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("hash", String(64), nullable=False, server_default=""),
    Column("at", UtcTime),
    CheckConstraint("shard >= 0 AND seq >= 0", name="shard"),
)

batches = Table(
    "batches",
    metadata,
    id_column(),
    organisation_column(),
    Column("shard", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("seq", "shard", "organisation_id"),
)

tariffs = Table(
    "tariffs",
    metadata,
    id_column(),
    organisation_column(),
    Column("kind", String(32), nullable=False),
    Column("currency", String(12), ForeignKey("currencies.code"), nullable=False),
    Column("payer", String(12), nullable=False),
    Column("name", String(60), nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    CheckConstraint("payer IN ('source','destination','organisation')", name="payer"),
    UniqueConstraint("kind", "currency", "valid_from", "organisation_id"),
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
    Column("least", BigInteger, nullable=False, server_default="0"),
    Column("most", BigInteger),
    Column("tax_bp", Integer, nullable=False, server_default="0"),
    Column("levy_bp", Integer, nullable=False, server_default="0"),
    CheckConstraint("low > 0 AND high >= low AND flat >= 0 AND rate_bp >= 0", name="band"),
    CheckConstraint("least >= 0 AND (most IS NULL OR most >= least) AND tax_bp >= 0 AND levy_bp >= 0", name="bounds"),
    refers("tariff_id", "tariffs"),
)

limits = Table(
    "limits",
    metadata,
    id_column(),
    organisation_column(),
    Column("kind", String(32), nullable=False),
    Column("currency", String(12), ForeignKey("currencies.code"), nullable=False),
    Column("scope", String(12), nullable=False),
    Column("tier", Integer, nullable=False),
    Column("most", BigInteger),
    Column("times", Integer),
    Column("gives_back", Boolean, nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    CheckConstraint("scope IN ('once','day','month','year','balance')", name="scope"),
    CheckConstraint("most >= 0", name="most"),
    CheckConstraint("times >= 0", name="times"),
    UniqueConstraint("kind", "scope", "tier", "currency", "valid_from", "organisation_id"),
)

limit_usage = Table(
    "limit_usage",
    metadata,
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("window", String(48), primary_key=True),
    organisation_column(),
    Column("amount", BigInteger, nullable=False),
    Column("times", Integer, nullable=False, server_default="0"),
    refers("account_id", "accounts"),
    CheckConstraint("amount >= 0 AND times >= 0", name="amount"),
)

# A closed period takes no posting any more; what comes late is posted now and says when it belongs to.
periods = Table(
    "periods",
    metadata,
    id_column(),
    organisation_column(),
    Column("begins_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("closed_by", String(60), nullable=False),
    Column("closed_at", UtcTime, nullable=False),
    Column("hash", String(400), nullable=False),
    CheckConstraint("begins_at < ends_at", name="span"),
    UniqueConstraint("ends_at", "organisation_id"),
)

# What the nightly proof found, the newest last.
proofs = Table(
    "proofs",
    metadata,
    id_column(),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("said", String(2000), nullable=False),
    Column("accounts", Integer, nullable=False),
    Column("transfers", BigInteger, nullable=False),
    Column("head", String(64), nullable=False),
    Column("stopped", Boolean, nullable=False),
)
