"""Topics of an organisation's own, and which of the usual ones it has switched off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topics",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("name_en", sa.String(length=14), nullable=False),
        sa.Column("name_sw", sa.String(length=14), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_topics_organisation_id")),
        sa.PrimaryKeyConstraint("code", "organisation_id", name=op.f("pk_topics")),
    )


def downgrade() -> None:
    """What was said in a topic of one's own stays, and is about nothing in particular."""
    op.execute("UPDATE items SET topic = 'other' WHERE topic LIKE 't_'")
    op.execute("UPDATE circles SET topic = 'other' WHERE topic LIKE 't_'")
    op.execute("DELETE FROM topic_keepers WHERE topic LIKE 't_'")
    without = sa.text("UPDATE helpers SET topics = trim(replace(',' || topics || ',', :own, ','), ',')")
    for n in range(1, 10):
        op.execute(without.bindparams(own=f",t{n},"))
    op.drop_table("topics")
