"""One person with two accounts has one voice, when a person at the console says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("votes_with", sa.BigInteger(), nullable=True))
    op.create_table(
        "two_people",
        sa.Column("first_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("second_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_two_people_first_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_two_people_organisation_id")),
        sa.ForeignKeyConstraint(
            ["second_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_two_people_second_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", "organisation_id", name=op.f("pk_two_people")),
    )


def downgrade() -> None:
    op.drop_table("two_people")
    op.drop_column("members", "votes_with")
