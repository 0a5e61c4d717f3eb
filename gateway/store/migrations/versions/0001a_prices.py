"""What transfers cost and how much may move: tariffs, their bands, limits and what was used of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0001a"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("tariffs", "tariff_bands", "limits", "limit_usage")


def upgrade() -> None:
    _tariffs()
    _tariff_bands()
    _limits()
    _limit_usage()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _tariffs() -> None:
    op.create_table(
        "tariffs",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=12), nullable=False),
        sa.Column("payer", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("valid_from", UtcTime, nullable=False),
        sa.CheckConstraint("payer IN ('source','destination','organisation')", name=op.f("ck_tariffs_payer")),
        sa.ForeignKeyConstraint(["currency"], ["currencies.code"], name=op.f("fk_tariffs_currency")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_tariffs_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_tariffs")),
        sa.UniqueConstraint("kind", "currency", "valid_from", "organisation_id", name=op.f("uq_tariffs_kind_currency_valid_from_organisation_id")),
    )


def _tariff_bands() -> None:
    op.create_table(
        "tariff_bands",
        sa.Column("tariff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("low", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("flat", sa.BigInteger(), nullable=False),
        sa.Column("rate_bp", sa.Integer(), server_default="0", nullable=False),
        sa.Column("least", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("tax_bp", sa.Integer(), server_default="0", nullable=False),
        sa.Column("levy_bp", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("least >= 0 AND (most IS NULL OR most >= least) AND tax_bp >= 0 AND levy_bp >= 0", name=op.f("ck_tariff_bands_bounds")),
        sa.CheckConstraint("low > 0 AND high >= low AND flat >= 0 AND rate_bp >= 0", name=op.f("ck_tariff_bands_band")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_tariff_bands_organisation_id")),
        sa.ForeignKeyConstraint(
            ["tariff_id", "organisation_id"], ["tariffs.id", "tariffs.organisation_id"], name=op.f("fk_tariff_bands_tariff_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("tariff_id", "low", "organisation_id", name=op.f("pk_tariff_bands")),
    )


def _limits() -> None:
    op.create_table(
        "limits",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("gives_back", sa.Boolean(), nullable=False),
        sa.Column("valid_from", UtcTime, nullable=False),
        sa.CheckConstraint("scope IN ('once','day','month','year','balance')", name=op.f("ck_limits_scope")),
        sa.CheckConstraint("most >= 0", name=op.f("ck_limits_most")),
        sa.CheckConstraint("times >= 0", name=op.f("ck_limits_times")),
        sa.ForeignKeyConstraint(["currency"], ["currencies.code"], name=op.f("fk_limits_currency")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_limits_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_limits")),
        sa.UniqueConstraint(
            "kind", "scope", "tier", "currency", "valid_from", "organisation_id", name=op.f("uq_limits_kind_scope_tier_currency_valid_from_organisation_id")
        ),
    )


def _limit_usage() -> None:
    op.create_table(
        "limit_usage",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("window", sa.String(length=48), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("amount >= 0 AND times >= 0", name=op.f("ck_limit_usage_amount")),
        sa.ForeignKeyConstraint(
            ["account_id", "organisation_id"], ["accounts.id", "accounts.organisation_id"], name=op.f("fk_limit_usage_account_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_limit_usage_organisation_id")),
        sa.PrimaryKeyConstraint("account_id", "window", "organisation_id", name=op.f("pk_limit_usage")),
    )
