"""Helpers, the ways of questions, versions of tips, thanks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PROPOSED = sa.text("state = 'proposed'")
TABLES = (
    "helpers",
    "revisions",
    "routes",
    "thanks",
    "revision_checks",
)


def upgrade() -> None:
    _helpers()
    _revisions()
    _routes()
    _thanks()
    _revision_checks()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _helpers() -> None:
    op.create_table(
        "helpers",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topics", sa.String(length=80), nullable=False),
        sa.Column("most_a_week", sa.Integer(), nullable=False),
        sa.Column("rests_until", UtcTime, nullable=True),
        sa.Column("since", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_helpers_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_helpers_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "organisation_id", name=op.f("pk_helpers")),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("decided_at", UtcTime, nullable=True),
        sa.Column("decided_by", sa.String(length=60), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('proposed','accepted','refused','rolled_back')", name=op.f("ck_revisions_state")),
        sa.CheckConstraint("why IN ('new','wrong','old','clearer','other')", name=op.f("ck_revisions_why")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_revisions_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_revisions_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_revisions_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_revisions")),
    )
    op.create_index("ix_revisions_item", "revisions", ["item_id", "id"], unique=False)
    op.create_index(
        "ix_revisions_proposed", "revisions", ["id"], unique=False, postgresql_where=sa.text("state = 'proposed'"), sqlite_where=sa.text("state = 'proposed'")
    )


def _routes() -> None:
    op.create_table(
        "routes",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.Column("passed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('asked','answered','passed','skipped')", name=op.f("ck_routes_state")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_routes_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_routes_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_routes_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "member_id", "organisation_id", name=op.f("pk_routes")),
    )
    op.create_index("ix_routes_member", "routes", ["member_id", "asked_at"], unique=False)


def _thanks() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=60), nullable=False),
        sa.Column("giver_id", sa.BigInteger(), nullable=False),
        sa.Column("helper_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("giver_id <> helper_id", name=op.f("ck_thanks_two_members")),
        sa.ForeignKeyConstraint(["giver_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_thanks_giver_id_organisation_id")),
        sa.ForeignKeyConstraint(["helper_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_thanks_helper_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_thanks_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("ref", "organisation_id", name=op.f("uq_thanks_ref_organisation_id")),
    )
    op.create_index("ix_thanks_helper", "thanks", ["helper_id", "at"], unique=False)


def _revision_checks() -> None:
    op.create_table(
        "revision_checks",
        sa.Column("revision_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_revision_checks_organisation_id")),
        sa.ForeignKeyConstraint(
            ["revision_id", "organisation_id"], ["revisions.id", "revisions.organisation_id"], name=op.f("fk_revision_checks_revision_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "member_id", "organisation_id", name=op.f("pk_revision_checks")),
    )
