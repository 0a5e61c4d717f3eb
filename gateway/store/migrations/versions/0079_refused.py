"""What a person did not let through is shown to nobody: a state of its own, not the "not now" that all may read."""

from __future__ import annotations

from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

STATE = "ck_items_state"
BEFORE = "state IN ('new','held','open','looked_at','planned','trying','done','closed','declined','merged','withdrawn','already_there')"
OUT_OF_A_HOLD = """UPDATE items SET state = 'refused' WHERE state = 'declined' AND (
    SELECT c.before FROM item_changes c WHERE c.item_id = items.id AND c.organisation_id = items.organisation_id AND c.after = 'declined'
    ORDER BY c.id DESC LIMIT 1) IN ('held', 'new')"""
BETWEEN_TWO = """UPDATE items SET kind = 'wrong', topic = 'stays_private', state = 'looked_at'
    WHERE state = 'refused' AND kind = 'problem' AND topic <> 'incident'"""


def _states(condition: str) -> None:
    with op.batch_alter_table("items") as items:
        items.drop_constraint(op.f(STATE), type_="check")
        items.create_check_constraint(op.f(STATE), condition)


def upgrade() -> None:
    _states(BEFORE[:-1] + ",'refused')")
    op.execute(OUT_OF_A_HOLD)
    op.execute(BETWEEN_TWO)


def downgrade() -> None:
    op.execute("UPDATE items SET state = 'declined' WHERE state = 'refused'")
    _states(BEFORE)
