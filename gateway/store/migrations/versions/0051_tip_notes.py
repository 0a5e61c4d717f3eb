"""What experts say of a tip, which tips only the staff change, and tips that the staff wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tip_notes",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.String(length=80), server_default="", nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("protected", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_tip_notes_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_tip_notes_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f("pk_tip_notes")),
    )
    with op.batch_alter_table("revisions") as revisions:
        revisions.alter_column("member_id", existing_type=sa.BigInteger(), nullable=True)


def downgrade() -> None:
    """Versions that the staff wrote go; the words of the tips stay."""
    op.execute("DELETE FROM revision_checks WHERE revision_id IN (SELECT id FROM revisions WHERE member_id IS NULL)")
    op.execute("DELETE FROM revisions WHERE member_id IS NULL")
    with op.batch_alter_table("revisions") as revisions:
        revisions.alter_column("member_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_table("tip_notes")
