"""How far a village is from the counter; and that a sealed name was opened is a look too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

WHAT = "ck_staff_looks_what"


def upgrade() -> None:
    op.create_table(
        "village_times",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("village", sa.String(length=20), nullable=False),
        sa.Column("there_minutes", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("there_minutes >= 0", name=op.f("ck_village_times_minutes")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_village_times_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "village", name=op.f("pk_village_times")),
    )
    _what("'account','payment','name'")


def _what(listed: str) -> None:
    with op.batch_alter_table("staff_looks") as looks:
        looks.drop_constraint(op.f(WHAT), type_="check")
        looks.create_check_constraint(op.f(WHAT), f"what IN ({listed})")


def downgrade() -> None:
    op.execute("DELETE FROM staff_looks WHERE what = 'name'")
    _what("'account','payment'")
    op.drop_table("village_times")
