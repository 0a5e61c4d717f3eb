"""Since when who leads a group, and until when: of who leads now, as far as it is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_terms",
        sa.Column("group_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "member_id", "organisation_id", "since", name=op.f("pk_role_terms")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_role_terms_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_role_terms_organisation_id_organisations")),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_role_terms_group_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_role_terms_member_id")),
    )
    op.create_index("uq_role_terms_now", "role_terms", ["group_id", "member_id", "organisation_id"], unique=True,
                    postgresql_where=sa.text("until IS NULL"), sqlite_where=sa.text("until IS NULL"))  # fmt: skip
    op.execute(
        "INSERT INTO role_terms (group_id, member_id, organisation_id, since) "
        "SELECT group_id, member_id, organisation_id, since FROM memberships WHERE role = 'leader' AND state = 'member'"
    )


def downgrade() -> None:
    op.drop_table("role_terms")
