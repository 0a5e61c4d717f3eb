"""The database itself refuses a wrong book: no edited posting, no edited wish, no way back from an end, no rewritten audit."""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What is written once and stays. (table, what it says when somebody tries)
APPEND_ONLY = (
    ("postings", "postings are never changed"),
    ("audit", "the audit trail is never changed"),
    ("consents", "a consent is never changed"),
)

# What a transfer was asked to be. It may only come to an end, once.
FIXED = (
    "id", "organisation_id", "channel", "key", "request_hash", "kind", "source_id", "destination_id", "amount", "fee", "fee_account_id",
    "currency", "ref", "authority", "reversal_of", "made_at",
)  # fmt: skip
MOVED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)
ENDED = "OLD.state <> 'pending' OR NEW.state NOT IN ('posted', 'rejected', 'voided')"

# A reversal turns exactly what it reverses: posted, not itself a reversal, between the same accounts, never more.
WRONG_REVERSAL = """NEW.reversal_of IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM transfers t WHERE t.id = NEW.reversal_of AND t.organisation_id = NEW.organisation_id AND t.state = 'posted'
  AND t.reversal_of IS NULL AND t.source_id = NEW.destination_id AND t.destination_id = NEW.source_id AND NEW.amount <= t.amount)"""

# A posting belongs to its transfer: the right source, the right amount, while it is being posted.
WRONG_POSTING = """NOT EXISTS (
  SELECT 1 FROM transfers t WHERE t.id = NEW.transfer_id AND t.organisation_id = NEW.organisation_id AND t.state = 'pending'
  AND t.source_id = NEW.debit_account_id AND (
    (NEW.purpose = 'principal' AND t.destination_id = NEW.credit_account_id AND t.amount = NEW.amount)
    OR (NEW.purpose = 'fee' AND t.fee_account_id = NEW.credit_account_id AND t.fee = NEW.amount)))"""

# A transfer is posted when its postings carry what it said, and not before.
UNPOSTED = """NEW.state = 'posted' AND (
  SELECT COALESCE(SUM(p.amount), 0) FROM postings p WHERE p.transfer_id = NEW.id AND p.organisation_id = NEW.organisation_id) <> NEW.amount + NEW.fee"""


def _guards() -> Iterator[tuple[str, str, str, str, str]]:
    """(name, table, event, condition, sentence)"""
    for table, sentence in APPEND_ONLY:
        yield f"{table}_no_update", table, "UPDATE", "TRUE", sentence
        yield f"{table}_no_delete", table, "DELETE", "TRUE", sentence
    yield "transfers_no_delete", "transfers", "DELETE", "TRUE", "a transfer is never deleted"
    yield "transfers_fixed", "transfers", "UPDATE", MOVED, "a transfer is never edited, only reversed"
    yield "transfers_once", "transfers", "UPDATE", ENDED, "a transfer ends once"
    yield "transfers_posted", "transfers", "UPDATE", UNPOSTED, "a transfer is posted by its postings"
    yield "transfers_begin", "transfers", "INSERT", "NEW.state <> 'pending'", "a transfer begins as pending"
    yield "transfers_reversal", "transfers", "INSERT", WRONG_REVERSAL, "a reversal turns a posted transfer, once"
    yield "postings_belong", "postings", "INSERT", WRONG_POSTING, "a posting belongs to a pending transfer and says what it says"
    yield "accounts_no_delete", "accounts", "DELETE", "TRUE", "an account is never deleted"
    yield (
        "accounts_only_grow",
        "accounts",
        "UPDATE",
        "NEW.debits < OLD.debits OR NEW.credits < OLD.credits OR NEW.seq < OLD.seq",
        "the counters of an account only grow",
    )


def upgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for name, table, event, condition, sentence in _guards():
        if postgresql:
            row = "OLD" if event == "DELETE" else "NEW"
            op.execute(
                f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
            )
            op.execute(f"CREATE TRIGGER guard_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION guard_{name}()")
        else:
            spelt = condition.replace("IS DISTINCT FROM", "IS NOT").replace("TRUE", "1")
            op.execute(f"CREATE TRIGGER guard_{name} BEFORE {event} ON {table} WHEN {spelt} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")


def downgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for name, table, *_ in _guards():
        op.execute(f"DROP TRIGGER guard_{name} ON {table}" if postgresql else f"DROP TRIGGER guard_{name}")
        if postgresql:
            op.execute(f"DROP FUNCTION guard_{name}()")
