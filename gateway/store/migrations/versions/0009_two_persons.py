"""The database holds two persons apart: what was asked for stays as it was asked, and is decided once."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FIXED = ("id", "organisation_id", "action", "subject", "payload", "payload_hash", "maker", "made_at", "expires_at")
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)
GUARDS = (
    ("approvals_fixed", "UPDATE", CHANGED, "what was asked for stays as it was asked"),
    ("approvals_once", "UPDATE", "OLD.state <> 'waiting'", "an approval is decided once"),
    ("approvals_begin", "INSERT", "NEW.state <> 'waiting'", "an approval begins as a wish"),
    ("approvals_stay", "DELETE", "OLD.id IS NOT NULL", "an approval is never deleted"),
)


def upgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for name, event, wrong, sentence in GUARDS:
        if postgresql:
            op.execute(
                f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            op.execute(f"CREATE TRIGGER guard_{name} BEFORE {event} ON approvals FOR EACH ROW WHEN ({wrong}) EXECUTE FUNCTION guard_{name}()")
        else:
            op.execute(f"CREATE TRIGGER guard_{name} BEFORE {event} ON approvals WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")


def downgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for name, *_ in GUARDS:
        op.execute(f"DROP TRIGGER guard_{name} ON approvals" if postgresql else f"DROP TRIGGER guard_{name}")
        if postgresql:
            op.execute(f"DROP FUNCTION guard_{name}()")
