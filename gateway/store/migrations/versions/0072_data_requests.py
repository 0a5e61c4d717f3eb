"""Members ask for a copy of what we keep of them, or for its deletion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

WAITING = "state = 'waiting'"
WHAT, BEFORE = "ck_staff_looks_what", "what IN ('account','payment','name')"


def upgrade() -> None:
    with op.batch_alter_table("staff_looks") as looks:
        looks.drop_constraint(op.f(WHAT), type_="check")
        looks.create_check_constraint(op.f(WHAT), BEFORE.replace(")", ",'copy')"))
    op.create_table(
        "data_requests",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("phones", sa.String(length=60), nullable=False),
        sa.Column("phones_since", UtcTime(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("done_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint("kind IN ('copy','delete')", name=op.f("ck_data_requests_kind")),
        sa.CheckConstraint("state IN ('waiting','done','refused')", name=op.f("ck_data_requests_state")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_data_requests_member_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_data_requests_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    op.create_index(
        "uq_data_requests_waiting", "data_requests", ["member_id", "kind", "organisation_id"], unique=True, postgresql_where=sa.text(WAITING),
        sqlite_where=sa.text(WAITING),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("data_requests")
    op.execute("DELETE FROM staff_looks WHERE what = 'copy'")
    with op.batch_alter_table("staff_looks") as looks:
        looks.drop_constraint(op.f(WHAT), type_="check")
        looks.create_check_constraint(op.f(WHAT), BEFORE)
