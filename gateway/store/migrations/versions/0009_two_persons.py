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


REPLACED = "EXISTS (SELECT 1 FROM approvals WHERE id = NEW.id AND organisation_id = NEW.organisation_id)"


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
            refused = f"{wrong} OR {REPLACED}" if event == "INSERT" else wrong
            op.execute(f"CREATE TRIGGER guard_{name} BEFORE {event} ON approvals WHEN {refused} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")

    if postgresql:
        op.execute("CREATE TRIGGER guard_approvals_kept BEFORE TRUNCATE ON approvals FOR EACH STATEMENT EXECUTE FUNCTION guard_kept()")


def downgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    if postgresql:
        op.execute("DROP TRIGGER guard_approvals_kept ON approvals")
    for name, *_ in GUARDS:
        op.execute(f"DROP TRIGGER guard_{name} ON approvals" if postgresql else f"DROP TRIGGER guard_{name}")
        if postgresql:
            op.execute(f"DROP FUNCTION guard_{name}()")
