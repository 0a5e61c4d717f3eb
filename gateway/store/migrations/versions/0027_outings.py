"""Rides and work days of a group, and who comes along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = (
    "outings",
    "outing_places",
)


def upgrade() -> None:
    _outings()
    _outing_places()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _outings() -> None:
    op.create_table(
        "outings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=4), server_default="open", nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('ride','work')", name=op.f("ck_outings_kind")),
        sa.CheckConstraint("state IN ('open','off')", name=op.f("ck_outings_state")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_outings_seats")),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_outings_group_id_organisation_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_outings_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_outings_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_outings")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_outings_key_organisation_id")),
    )
    op.create_index("ix_outings_group", "outings", ["group_id", "day"], unique=False)


def _outing_places() -> None:
    op.create_table(
        "outing_places",
        sa.Column("outing_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_outing_places_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_outing_places_organisation_id")),
        sa.ForeignKeyConstraint(
            ["outing_id", "organisation_id"], ["outings.id", "outings.organisation_id"], name=op.f("fk_outing_places_outing_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("outing_id", "member_id", "organisation_id", name=op.f("pk_outing_places")),
    )
