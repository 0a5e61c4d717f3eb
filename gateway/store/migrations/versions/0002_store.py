"""The outbox and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0002"
down_revision = "0001a"
branch_labels = None
depends_on = None

TABLES = ("outbox", "audit")


def upgrade() -> None:
    _outbox()
    _audit()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.CheckConstraint("state IN ('waiting','done','parked')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_outbox_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("ref", "topic", "organisation_id", name=op.f("uq_outbox_ref_topic_organisation_id")),
    )
    op.create_index(
        "ix_outbox_due", "outbox", ["due_at"], unique=False, postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'")
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=80), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_audit_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_audit")),
        sa.UniqueConstraint("seq", "organisation_id", name=op.f("uq_audit_seq_organisation_id")),
    )
