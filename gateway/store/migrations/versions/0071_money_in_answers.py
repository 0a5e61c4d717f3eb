"""Who wants no amounts in SMS answers says so."""

from __future__ import annotations

from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

TOPIC = "ck_topic_stops_topic"


def upgrade() -> None:
    with op.batch_alter_table("topic_stops") as stops:
        stops.drop_constraint(op.f(TOPIC), type_="check")
        stops.create_check_constraint(op.f(TOPIC), "topic IN ('news','ideas','groups','questions','money')")


def downgrade() -> None:
    """What was hidden is shown again."""
    op.execute("DELETE FROM topic_stops WHERE topic = 'money'")
    with op.batch_alter_table("topic_stops") as stops:
        stops.drop_constraint(op.f(TOPIC), type_="check")
        stops.create_check_constraint(op.f(TOPIC), "topic IN ('news','ideas','groups','questions')")
