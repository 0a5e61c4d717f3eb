"""Polls and quizzes: their questions, the answers to choose from, what members chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = (
    "polls",
    "poll_answers",
    "poll_choices",
    "poll_questions",
)


def upgrade() -> None:
    _polls()
    _poll_answers()
    _poll_choices()
    _poll_questions()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('poll','quiz')", name=op.f("ck_polls_kind")),
        sa.CheckConstraint("state IN ('draft','open','closed')", name=op.f("ck_polls_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_polls_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_polls")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_polls_key_organisation_id")),
    )
    op.create_index("ix_polls_state", "polls", ["organisation_id", "kind", "state", "id"], unique=False)


def _poll_answers() -> None:
    op.create_table(
        "poll_answers",
        sa.Column("poll_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("choice >= 0", name=op.f("ck_poll_answers_choice")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_poll_answers_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_poll_answers_organisation_id")),
        sa.ForeignKeyConstraint(["poll_id", "organisation_id"], ["polls.id", "polls.organisation_id"], name=op.f("fk_poll_answers_poll_id_organisation_id")),
        sa.PrimaryKeyConstraint("poll_id", "question", "member_id", "organisation_id", name=op.f("pk_poll_answers")),
    )
    op.create_index("ix_poll_answers_member", "poll_answers", ["member_id", "at"], unique=False)


def _poll_choices() -> None:
    op.create_table(
        "poll_choices",
        sa.Column("poll_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=16), nullable=False),
        sa.Column("then", sa.Integer(), nullable=True),
        sa.Column("right", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint('"then" IS NULL OR "then" = 0 OR "then" > question', name=op.f("ck_poll_choices_leads_on")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_poll_choices_organisation_id")),
        sa.ForeignKeyConstraint(["poll_id", "organisation_id"], ["polls.id", "polls.organisation_id"], name=op.f("fk_poll_choices_poll_id_organisation_id")),
        sa.PrimaryKeyConstraint("poll_id", "question", "place", "organisation_id", name=op.f("pk_poll_choices")),
    )


def _poll_questions() -> None:
    op.create_table(
        "poll_questions",
        sa.Column("poll_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_poll_questions_organisation_id")),
        sa.ForeignKeyConstraint(["poll_id", "organisation_id"], ["polls.id", "polls.organisation_id"], name=op.f("fk_poll_questions_poll_id_organisation_id")),
        sa.PrimaryKeyConstraint("poll_id", "place", "organisation_id", name=op.f("pk_poll_questions")),
    )
