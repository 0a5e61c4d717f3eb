"""Two keys that were made without the organisation hold it, like all others."""

from __future__ import annotations

from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

KEYS = {"data_requests": ["id"], "item_twins": ["item_id", "twin_id", "member_id"]}


def _key(table: str, columns: list[str]) -> None:
    name = op.f(f"pk_{table}")
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(name, type_="primary")
        changed.create_primary_key(name, columns)


def upgrade() -> None:
    for table, columns in KEYS.items():
        _key(table, [*columns, "organisation_id"])


def downgrade() -> None:
    for table, columns in KEYS.items():
        _key(table, columns)
