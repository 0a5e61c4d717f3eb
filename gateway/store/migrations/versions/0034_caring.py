"""For whom leaders cared, and how far they read in the lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = (
    "care_actions",
    "leader_lessons",
)


def upgrade() -> None:
    _care_actions()
    _leader_lessons()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _care_actions() -> None:
    op.create_table(
        "care_actions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("leader_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("ask_at", UtcTime, nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.CheckConstraint("what IN ('call','text','visit','done')", name=op.f("ck_care_actions_what")),
        sa.ForeignKeyConstraint(
            ["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_care_actions_group_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_care_actions_leader_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_care_actions_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_care_actions_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_care_actions")),
    )
    op.create_index(
        "ix_care_actions_ask",
        "care_actions",
        ["ask_at"],
        unique=False,
        postgresql_where=sa.text("ask_at IS NOT NULL"),
        sqlite_where=sa.text("ask_at IS NOT NULL"),
    )
    op.create_index("ix_care_actions_group", "care_actions", ["group_id", "at"], unique=False)
    op.create_index("uq_care_actions_key", "care_actions", ["key", "organisation_id"], unique=True)


def _leader_lessons() -> None:
    op.create_table(
        "leader_lessons",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_leader_lessons_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_leader_lessons_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "organisation_id", name=op.f("pk_leader_lessons")),
    )
