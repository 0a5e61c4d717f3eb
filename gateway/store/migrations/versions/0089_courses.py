"""Tips strung together, one a day by SMS: what is learnt step by step, with who takes part and how it went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

ON = "state = 'on'"


def _id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column, "organisation_id"], [f"{other}.id", f"{other}.organisation_id"], name=op.f(f"fk_{table}_{column}"))


def _organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f(f"fk_{table}_organisation_id_organisations"))


def upgrade() -> None:
    op.create_table(
        "courses", _id("id"), _id("organisation_id"),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("title", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_courses")),
        sa.UniqueConstraint("number", "organisation_id", name=op.f("uq_courses_number_organisation_id")),
        sa.CheckConstraint("state IN ('open','closed')", name=op.f("ck_courses_state")),
        _organisation("courses"),
    )  # fmt: skip
    op.create_table(
        "course_parts", _id("course_id"), sa.Column("part", sa.Integer(), nullable=False, autoincrement=False), _id("organisation_id"), _id("item_id"),
        sa.PrimaryKeyConstraint("course_id", "part", "organisation_id", name=op.f("pk_course_parts")),
        _organisation("course_parts"), _of("course_parts", "course_id", "courses"), _of("course_parts", "item_id", "items"),
    )  # fmt: skip
    op.create_table(
        "learners", _id("course_id"), _id("member_id"), _id("organisation_id"),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("course_id", "member_id", "organisation_id", name=op.f("pk_learners")),
        sa.CheckConstraint("state IN ('on','off','done')", name=op.f("ck_learners_state")),
        _organisation("learners"), _of("learners", "course_id", "courses"), _of("learners", "member_id", "members"),
    )  # fmt: skip
    op.create_index("ix_learners_due", "learners", ["next_at"], postgresql_where=sa.text(ON), sqlite_where=sa.text(ON))
    op.create_index("ix_learners_member", "learners", ["member_id", "organisation_id"])
    op.create_table(
        "course_marks", _id("course_id"), _id("member_id"), sa.Column("part", sa.Integer(), nullable=False, autoincrement=False), _id("organisation_id"),
        sa.Column("did", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("course_id", "member_id", "part", "organisation_id", name=op.f("pk_course_marks")),
        _organisation("course_marks"), _of("course_marks", "course_id", "courses"), _of("course_marks", "member_id", "members"),
    )  # fmt: skip


def downgrade() -> None:
    for table in ("course_marks", "learners", "course_parts", "courses"):
        op.drop_table(table)
