"""What a group says to itself: points for a meeting, a self-check with promises, circles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = (
    "circles",
    "group_promises",
    "group_ratings",
    "circle_words",
    "meeting_points",
)


def upgrade() -> None:
    _circles()
    _group_promises()
    _group_ratings()
    _circle_words()
    _meeting_points()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _circles() -> None:
    op.create_table(
        "circles",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('open','closed')", name=op.f("ck_circles_state")),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_circles_group_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_circles_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_circles")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_circles_key_organisation_id")),
    )
    op.create_index("ix_circles_group", "circles", ["group_id", "id"], unique=False)


def _group_promises() -> None:
    op.create_table(
        "group_promises",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("asked_at", UtcTime, nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('open','done','gone')", name=op.f("ck_group_promises_state")),
        sa.ForeignKeyConstraint(
            ["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_group_promises_group_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_group_promises_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_group_promises_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_group_promises")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_group_promises_key_organisation_id")),
    )
    op.create_index(
        "ix_group_promises_due",
        "group_promises",
        ["organisation_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_group_promises_group", "group_promises", ["group_id", "id"], unique=False)


def _group_ratings() -> None:
    op.create_table(
        "group_ratings",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("statement", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rating", sa.String(length=6), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("rating IN ('can','will','should')", name=op.f("ck_group_ratings_rating")),
        sa.CheckConstraint("role IN ('member','leader')", name=op.f("ck_group_ratings_role")),
        sa.ForeignKeyConstraint(
            ["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_group_ratings_group_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_group_ratings_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_group_ratings_organisation_id")),
        sa.PrimaryKeyConstraint("group_id", "member_id", "statement", "organisation_id", name=op.f("pk_group_ratings")),
    )


def _circle_words() -> None:
    op.create_table(
        "circle_words",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=6), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("tip_id", sa.BigInteger(), nullable=True),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("question IN ('worked','not')", name=op.f("ck_circle_words_question")),
        sa.ForeignKeyConstraint(
            ["circle_id", "organisation_id"], ["circles.id", "circles.organisation_id"], name=op.f("fk_circle_words_circle_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_circle_words_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_circle_words_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_circle_words")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_circle_words_key_organisation_id")),
    )
    op.create_index("ix_circle_words_circle", "circle_words", ["circle_id", "id"], unique=False)


def _meeting_points() -> None:
    op.create_table(
        "meeting_points",
        sa.Column("meeting_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("point", sa.String(length=30), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "organisation_id"], ["meetings.id", "meetings.organisation_id"], name=op.f("fk_meeting_points_meeting_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_meeting_points_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_meeting_points_organisation_id")),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", "organisation_id", name=op.f("pk_meeting_points")),
    )
