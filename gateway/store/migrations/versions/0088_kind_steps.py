"""The steps of a kind of an organisation's own: which it has, who may take them, how each is called and what its SMS says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kind_steps",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("who", sa.String(8), nullable=False),
        sa.Column("name_en", sa.String(22), nullable=False),
        sa.Column("name_sw", sa.String(22), nullable=False),
        sa.Column("sms_en", sa.String(60), nullable=False),
        sa.Column("sms_sw", sa.String(60), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "state", "organisation_id", name=op.f("pk_kind_steps")),
        sa.CheckConstraint("who IN ('nobody','staff','official','author')", name=op.f("ck_kind_steps_who")),
        sa.CheckConstraint("state IN ('looked_at','planned','trying','done','declined','already_there')", name=op.f("ck_kind_steps_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_kind_steps_organisation_id_organisations")),
        sa.ForeignKeyConstraint(["kind", "organisation_id"], ["item_kinds.code", "item_kinds.organisation_id"], name=op.f("fk_kind_steps_kind")),
    )


def downgrade() -> None:
    op.drop_table("kind_steps")
