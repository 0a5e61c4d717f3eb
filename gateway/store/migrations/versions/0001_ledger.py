"""The books: organisations, accounts, transfers and their ends, postings, batches, periods."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "currencies",
    "organisations",
    "accounts",
    "transfers",
    "open_transfers",
    "ends",
    "reversals",
    "postings",
    "shards",
    "batches",
    "periods",
    "proofs",
)


def upgrade() -> None:
    _currencies()
    _organisations()
    _accounts()
    _transfers()
    _open_transfers()
    _ends()
    _reversals()
    _postings()
    _shards()
    _batches()
    _periods()
    _proofs()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _currencies() -> None:
    op.create_table(
        "currencies",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.CheckConstraint("digits BETWEEN 0 AND 8", name=op.f("ck_currencies_digits")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_currencies")),
    )


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("short_name", sa.String(length=12), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("service_code", sa.String(length=24), nullable=False),
        sa.Column("shortcode", sa.String(length=16), nullable=False),
        sa.Column("calling_code", sa.String(length=4), nullable=False),
        sa.Column("national_digits", sa.Integer(), nullable=False),
        sa.Column("paused_because", sa.String(length=200), nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["currency"], ["currencies.code"], name=op.f("fk_organisations_currency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("service_code", name=op.f("uq_organisations_service_code")),
        sa.UniqueConstraint("shortcode", name=op.f("uq_organisations_shortcode")),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("product", sa.String(length=12), nullable=False),
        sa.Column("currency", sa.String(length=12), nullable=False),
        sa.Column("debits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("credits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("ceiling", sa.BigInteger(), nullable=True),
        sa.Column("tier", sa.Integer(), server_default="1", nullable=False),
        sa.Column("status", sa.String(length=8), server_default="open", nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("opened_at", UtcTime, nullable=False),
        sa.Column("last_at", UtcTime, nullable=True),
        sa.CheckConstraint("kind IN ('asset','liability','income','expense','equity')", name=op.f("ck_accounts_kind")),
        sa.CheckConstraint("status <> 'closed' OR (credits = debits AND held = 0)", name=op.f("ck_accounts_closed_empty")),
        sa.CheckConstraint("status IN ('open','blocked','dormant','closed')", name=op.f("ck_accounts_status")),
        sa.CheckConstraint("ceiling IS NULL OR credits - debits <= ceiling", name=op.f("ck_accounts_no_overfill")),
        sa.CheckConstraint("debits >= 0 AND credits >= 0 AND held >= 0 AND seq >= 0", name=op.f("ck_accounts_counters")),
        sa.CheckConstraint("floor IS NULL OR credits - debits - held >= floor", name=op.f("ck_accounts_no_overdraft")),
        sa.CheckConstraint("tier BETWEEN 0 AND 9", name=op.f("ck_accounts_tier")),
        sa.ForeignKeyConstraint(["currency"], ["currencies.code"], name=op.f("fk_accounts_currency")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_accounts_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("code", "organisation_id", name=op.f("uq_accounts_code_organisation_id")),
        sa.UniqueConstraint("id", "currency", "organisation_id", name=op.f("uq_accounts_id_currency_organisation_id")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("ix_accounts_owner", "accounts", ["owner_id", "organisation_id"], unique=False)


def _transfers() -> None:
    op.create_table(
        "transfers",
        *_transfer_columns(),
        *_transfer_checks(),
        *(_to_account(column) for column in ("destination_id", "fee_account_id", "fee_payer_id", "source_id", "tax_account_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_transfers")),
        sa.UniqueConstraint("key", "channel", "organisation_id", name=op.f("uq_transfers_key_channel_organisation_id")),
        sa.UniqueConstraint("ref", "organisation_id", name=op.f("uq_transfers_ref_organisation_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_transfers_call", "transfers", ["call"], unique=False, postgresql_where=sa.text("call IS NOT NULL"), sqlite_where=sa.text("call IS NOT NULL")
    )
    op.create_index(
        "ix_transfers_chain",
        "transfers",
        ["chain_id"],
        unique=False,
        postgresql_where=sa.text("chain_id IS NOT NULL"),
        sqlite_where=sa.text("chain_id IS NOT NULL"),
    )
    op.create_index("ix_transfers_destination", "transfers", ["destination_id", "id"], unique=False)
    op.create_index("ix_transfers_source", "transfers", ["source_id", "id"], unique=False)


def _transfer_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subtype", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("destination_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("fee_payer_id", sa.BigInteger(), nullable=True),
        sa.Column("fee_account_id", sa.BigInteger(), nullable=True),
        sa.Column("tax_account_id", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=12), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.Column("authority", sa.String(length=60), nullable=False),
        sa.Column("reversal_of", sa.BigInteger(), nullable=True),
        sa.Column("call", sa.String(length=80), nullable=True),
        sa.Column("chain_id", sa.BigInteger(), nullable=True),
        sa.Column("narrative", sa.String(length=80), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
    ]


def _transfer_checks() -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint("(kind = 'reversal') = (reversal_of IS NOT NULL)", name=op.f("ck_transfers_reversal")),
        sa.CheckConstraint(
            "kind IN ('transfer','deposit','withdrawal','merchantpayment','billpay','disbursement','inttransfer','adjustment','reversal')",
            name=op.f("ck_transfers_kind"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_transfers_amount")),
        sa.CheckConstraint("fee = tax OR fee_account_id IS NOT NULL", name=op.f("ck_transfers_fee_has_a_home")),
        sa.CheckConstraint("fee >= 0 AND tax >= 0 AND tax <= fee", name=op.f("ck_transfers_fee")),
        sa.CheckConstraint("source_id <> destination_id", name=op.f("ck_transfers_two_accounts")),
        sa.CheckConstraint("tax = 0 OR tax_account_id IS NOT NULL", name=op.f("ck_transfers_tax_has_a_home")),
    ]


def _to_account(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column, "currency", "organisation_id"],
        ["accounts.id", "accounts.currency", "accounts.organisation_id"],
        name=op.f(f"fk_transfers_{column}_currency_organisation_id"),
    )


def _open_transfers() -> None:
    op.create_table(
        "open_transfers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", UtcTime, nullable=True),
        sa.Column("why", sa.String(length=80), nullable=True),
        sa.CheckConstraint("state IN ('held','pending','quarantined')", name=op.f("ck_open_transfers_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_open_transfers_amount")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_open_transfers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_open_transfers_due", "open_transfers", ["organisation_id", "shard", "state", "id"], unique=False)
    op.create_index(
        "ix_open_transfers_expiry",
        "open_transfers",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'held' AND expires_at IS NOT NULL"),
        sqlite_where=sa.text("state = 'held' AND expires_at IS NOT NULL"),
    )


def _ends() -> None:
    op.create_table(
        "ends",
        sa.Column("transfer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=True),
        sa.Column("posted_amount", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", UtcTime, nullable=False),
        sa.Column("seal", sa.String(length=32), nullable=False),
        sa.CheckConstraint("(state = 'posted') = (posted_amount > 0) AND posted_amount >= 0", name=op.f("ck_ends_posted_amount")),
        sa.CheckConstraint("(state IN ('posted','rejected')) = (batch_id IS NOT NULL)", name=op.f("ck_ends_batch")),
        sa.CheckConstraint("state IN ('posted','rejected','voided','expired','refused')", name=op.f("ck_ends_state")),
        sa.PrimaryKeyConstraint("transfer_id", "organisation_id", name=op.f("pk_ends")),
        sqlite_with_rowid=False,
    )


def _reversals() -> None:
    op.create_table(
        "reversals",
        sa.Column("transfer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_reversals_organisation_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_reversals_transfer_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "organisation_id", name=op.f("pk_reversals")),
        sa.UniqueConstraint("by_id", "organisation_id", name=op.f("uq_reversals_by_id_organisation_id")),
    )


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("transfer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leg", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("debit_account_id", sa.BigInteger(), nullable=False),
        sa.Column("credit_account_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=12), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("debit_seq", sa.BigInteger(), nullable=False),
        sa.Column("credit_seq", sa.BigInteger(), nullable=False),
        sa.Column("debit_balance", sa.BigInteger(), nullable=False),
        sa.Column("credit_balance", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", UtcTime, nullable=False),
        sa.CheckConstraint("purpose IN ('principal','fee','tax')", name=op.f("ck_postings_purpose")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_postings_amount")),
        sa.CheckConstraint("debit_account_id <> credit_account_id", name=op.f("ck_postings_two_accounts")),
        sa.PrimaryKeyConstraint("transfer_id", "leg", "organisation_id", name=op.f("pk_postings")),
        sa.UniqueConstraint("credit_account_id", "credit_seq", "organisation_id", name=op.f("uq_postings_credit_account_id_credit_seq_organisation_id")),
        sa.UniqueConstraint("debit_account_id", "debit_seq", "organisation_id", name=op.f("uq_postings_debit_account_id_debit_seq_organisation_id")),
        sqlite_with_rowid=False,
    )


def _shards() -> None:
    op.create_table(
        "shards",
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("at", UtcTime, nullable=True),
        sa.CheckConstraint("shard >= 0 AND seq >= 0", name=op.f("ck_shards_shard")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_shards_organisation_id")),
        sa.PrimaryKeyConstraint("shard", "organisation_id", name=op.f("pk_shards")),
    )


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_batches_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_batches")),
        sa.UniqueConstraint("seq", "shard", "organisation_id", name=op.f("uq_batches_seq_shard_organisation_id")),
    )


def _periods() -> None:
    op.create_table(
        "periods",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("begins_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("closed_by", sa.String(length=60), nullable=False),
        sa.Column("closed_at", UtcTime, nullable=False),
        sa.Column("hash", sa.String(length=400), nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_periods_span")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_periods_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_periods")),
        sa.UniqueConstraint("ends_at", "organisation_id", name=op.f("uq_periods_ends_at_organisation_id")),
    )


def _proofs() -> None:
    op.create_table(
        "proofs",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=2000), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("transfers", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_proofs_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_proofs")),
    )
