"""Words that their author took back, and which words of a circle members find best."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

STATE = "ck_item_comments_state"
TABLES = ("circle_marks",)


def upgrade() -> None:
    _circle_marks()
    _states("'open','held','hidden','back'")


def _states(listed: str) -> None:
    with op.batch_alter_table("item_comments") as comments:
        comments.drop_constraint(op.f(STATE), type_="check")
        comments.create_check_constraint(op.f(STATE), f"state IN ({listed})")


def downgrade() -> None:
    """What was taken back stays unseen."""
    op.execute("UPDATE item_comments SET state = 'hidden' WHERE state = 'back'")
    _states("'open','held','hidden'")
    for table in reversed(TABLES):
        op.drop_table(table)


def _circle_marks() -> None:
    op.create_table(
        "circle_marks",
        sa.Column("word_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_circle_marks_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_circle_marks_organisation_id")),
        sa.ForeignKeyConstraint(
            ["word_id", "organisation_id"], ["circle_words.id", "circle_words.organisation_id"], name=op.f("fk_circle_marks_word_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("word_id", "member_id", "organisation_id", name=op.f("pk_circle_marks")),
    )
