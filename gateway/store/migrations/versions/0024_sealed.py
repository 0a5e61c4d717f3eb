"""Words whose author is sealed: the locks, what waits, the sealed names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = (
    "seal_locks",
    "sealed_waiting",
    "sealed_names",
)


def upgrade() -> None:
    _seal_locks()
    _sealed_waiting()
    _sealed_names()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _seal_locks() -> None:
    op.create_table(
        "seal_locks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("private", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=40), nullable=False),
        sa.Column("first_holder", sa.String(length=40), nullable=False),
        sa.Column("second_holder", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_seal_locks_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_seal_locks")),
    )


def _sealed_waiting() -> None:
    op.create_table(
        "sealed_waiting",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("lock_id", sa.BigInteger(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sealed_waiting_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "number", name=op.f("pk_sealed_waiting")),
    )


def _sealed_names() -> None:
    op.create_table(
        "sealed_names",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lock_id", sa.BigInteger(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcTime, nullable=True),
        sa.Column("opened_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("why", sa.String(length=80), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_sealed_names_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sealed_names_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f("pk_sealed_names")),
    )
    op.create_index("ix_sealed_names_lock", "sealed_names", ["lock_id"], unique=False)
