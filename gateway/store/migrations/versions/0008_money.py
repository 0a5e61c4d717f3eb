"""Money in and out: approvals, airtime, bulk payments, standing orders, produce, disputes, imports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "approvals",
    "airtime_orders",
    "airtime_reports",
    "bulk_batches",
    "bulk_lines",
    "standing_orders",
    "produce_prices",
    "deliveries",
    "disputes",
    "imports",
    "import_lines",
)


def upgrade() -> None:
    _approvals()
    _airtime_orders()
    _airtime_reports()
    _bulk_batches()
    _bulk_lines()
    _standing_orders()
    _produce_prices()
    _deliveries()
    _disputes()
    _imports()
    _import_lines()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("maker", sa.String(length=60), nullable=False),
        sa.Column("checker", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("decided_at", UtcTime, nullable=True),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.CheckConstraint("(state IN ('done','failed','refused')) = (checker IS NOT NULL)", name=op.f("ck_approvals_decided")),
        sa.CheckConstraint("state IN ('waiting','done','failed','refused','expired')", name=op.f("ck_approvals_state")),
        sa.CheckConstraint("checker IS NULL OR checker <> maker", name=op.f("ck_approvals_two_persons")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_approvals_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_approvals")),
    )
    op.create_index(
        "ux_approvals_waiting",
        "approvals",
        ["action", "payload_hash", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )


def _airtime_orders() -> None:
    op.create_table(
        "airtime_orders",
        sa.Column("transfer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("request_id", sa.String(length=80), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("said", sa.String(length=120), server_default="", nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.CheckConstraint("state IN ('waiting','sending','sent','delivered','failed','unknown')", name=op.f("ck_airtime_orders_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_airtime_orders_amount")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_airtime_orders_organisation_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_airtime_orders_transfer_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "organisation_id", name=op.f("pk_airtime_orders")),
    )
    op.create_index("ix_airtime_orders_request", "airtime_orders", ["request_id"], unique=False)


def _airtime_reports() -> None:
    op.create_table(
        "airtime_reports",
        sa.Column("request_id", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("request_id", "status", name=op.f("pk_airtime_reports")),
    )


def _bulk_batches() -> None:
    op.create_table(
        "bulk_batches",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.CheckConstraint("state IN ('created','approved','completed','cancelled')", name=op.f("ck_bulk_batches_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_bulk_batches_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_bulk_batches")),
        sa.UniqueConstraint("file_hash", "organisation_id", name=op.f("uq_bulk_batches_file_hash_organisation_id")),
    )


def _bulk_lines() -> None:
    op.create_table(
        "bulk_lines",
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("narrative", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=120), server_default="", nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('ready','wrong','asked','posted','rejected')", name=op.f("ck_bulk_lines_state")),
        sa.ForeignKeyConstraint(
            ["batch_id", "organisation_id"], ["bulk_batches.id", "bulk_batches.organisation_id"], name=op.f("fk_bulk_lines_batch_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_bulk_lines_organisation_id")),
        sa.PrimaryKeyConstraint("batch_id", "line", "organisation_id", name=op.f("pk_bulk_lines")),
    )
    op.create_index(
        "ix_bulk_lines_transfer",
        "bulk_lines",
        ["transfer_id"],
        unique=False,
        postgresql_where=sa.text("transfer_id IS NOT NULL"),
        sqlite_where=sa.text("transfer_id IS NOT NULL"),
    )


def _standing_orders() -> None:
    op.create_table(
        "standing_orders",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("destination_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("every", sa.String(length=8), nullable=False),
        sa.Column("first_at", UtcTime, nullable=False),
        sa.Column("next_at", UtcTime, nullable=False),
        sa.Column("runs", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("said", sa.String(length=120), server_default="", nullable=False),
        sa.CheckConstraint("every IN ('week','month')", name=op.f("ck_standing_orders_every")),
        sa.CheckConstraint("state IN ('active','stopped')", name=op.f("ck_standing_orders_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_standing_orders_amount")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_standing_orders_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_standing_orders")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_standing_orders_key_organisation_id")),
    )
    op.create_index(
        "ix_standing_orders_due",
        "standing_orders",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
        sqlite_where=sa.text("state = 'active'"),
    )
    op.create_index("ix_standing_orders_member", "standing_orders", ["member_id", "organisation_id"], unique=False)


def _produce_prices() -> None:
    op.create_table(
        "produce_prices",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", UtcTime, nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_produce_prices_price")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_produce_prices_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_produce_prices")),
        sa.UniqueConstraint("product", "valid_from", "organisation_id", name=op.f("uq_produce_prices_product_valid_from_organisation_id")),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("product", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("thousandths", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("clerk", sa.String(length=60), nullable=False),
        sa.Column("centre", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('written','confirmed','contradicted','corrected')", name=op.f("ck_deliveries_state")),
        sa.CheckConstraint("thousandths > 0 AND price > 0 AND amount > 0", name=op.f("ck_deliveries_amount")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_deliveries_organisation_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_deliveries_transfer_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_deliveries_key_organisation_id")),
    )
    op.create_index("ix_deliveries_member", "deliveries", ["member_id", "id"], unique=False)


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("transfer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("holder_id", sa.BigInteger(), nullable=False),
        sa.Column("hold_id", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.CheckConstraint("state IN ('open','given_back','refused','kept')", name=op.f("ck_disputes_state")),
        sa.CheckConstraint("held >= 0 AND asked >= held", name=op.f("ck_disputes_held")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_disputes_organisation_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_disputes_transfer_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "organisation_id", name=op.f("pk_disputes")),
    )
    op.create_index("ix_disputes_holder", "disputes", ["holder_id", "state"], unique=False)


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('read','booked')", name=op.f("ck_imports_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_imports_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_imports")),
        sa.UniqueConstraint("file_hash", "organisation_id", name=op.f("uq_imports_file_hash_organisation_id")),
    )


def _import_lines() -> None:
    op.create_table(
        "import_lines",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("external_ref", sa.String(length=120), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("narrative", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.String(length=60), server_default="", nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('read','matched','credited','suspense','assigned','out')", name=op.f("ck_import_lines_state")),
        sa.ForeignKeyConstraint(
            ["import_id", "organisation_id"], ["imports.id", "imports.organisation_id"], name=op.f("fk_import_lines_import_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_import_lines_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_import_lines")),
        sa.UniqueConstraint("external_ref", "organisation_id", name=op.f("uq_import_lines_external_ref_organisation_id")),
    )
    op.create_index("ix_import_lines_state", "import_lines", ["state", "id"], unique=False)
