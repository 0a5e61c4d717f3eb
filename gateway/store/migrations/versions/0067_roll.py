"""The roll of an organisation's members, and guests: who is not on it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def _only(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    op.add_column("members", sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "roll",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("came_at", UtcTime(), nullable=True),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_roll_organisation_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_roll_member_id_organisation_id")),
        sa.PrimaryKeyConstraint("number", "organisation_id", name=op.f("pk_roll")),
    )
    op.create_index("uq_roll_member", "roll", ["member_id", "organisation_id"], unique=True, **_only("member_id IS NOT NULL"))
    op.create_index("ix_roll_phone", "roll", ["phone", "organisation_id"], **_only("phone <> ''"))
    op.create_index("ix_roll_came", "roll", ["organisation_id", "came_at"], **_only("came_at IS NOT NULL"))


def downgrade() -> None:
    op.drop_table("roll")
    with op.batch_alter_table("members") as members:
        members.drop_column("guest")
