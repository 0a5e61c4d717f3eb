"""Who follows whom, with a yes of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLES = ("person_follows",)


def upgrade() -> None:
    _person_follows()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _person_follows() -> None:
    op.create_table(
        "person_follows",
        sa.Column("follower_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("followed_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=5), nullable=False),
        sa.Column("kinds", sa.String(length=4), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("kinds IN ('all','tips')", name=op.f("ck_person_follows_kinds")),
        sa.CheckConstraint("state IN ('asked','yes','no')", name=op.f("ck_person_follows_state")),
        sa.CheckConstraint("follower_id <> followed_id", name=op.f("ck_person_follows_two_members")),
        sa.ForeignKeyConstraint(
            ["followed_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_person_follows_followed_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["follower_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_person_follows_follower_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_person_follows_organisation_id")),
        sa.PrimaryKeyConstraint("follower_id", "followed_id", "organisation_id", name=op.f("pk_person_follows")),
    )
    op.create_index("ix_person_follows_followed", "person_follows", ["followed_id", "organisation_id"], unique=False)
