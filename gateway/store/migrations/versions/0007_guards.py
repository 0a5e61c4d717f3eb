"""The database itself refuses a wrong book: no edited posting, no edited wish, no second end, no rewritten audit.

PostgreSQL looks at what a statement brought as a whole, so a batch of hundreds costs one look; SQLite row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What is written once and stays. (table, what it says when somebody tries)
APPEND_ONLY = (
    ("postings", "postings are never changed"),
    ("transfers", "a transfer is never edited, only reversed"),
    ("ends", "a transfer ends once"),
    ("batches", "a batch is never changed"),
    ("periods", "a closed period stays closed"),
    ("tariffs", "a tariff is followed by another, never changed"),
    ("tariff_bands", "a tariff is followed by another, never changed"),
    ("limits", "a limit is followed by another, never changed"),
    ("audit", "the audit trail is never changed"),
    ("consents", "a consent is never changed"),
)

# A reversal turns exactly what it reverses: posted, not itself a reversal, between the same accounts, never more, one at a time.
WRONG_REVERSAL = """n.reversal_of IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM transfers t JOIN ends e ON e.transfer_id = t.id AND e.organisation_id = t.organisation_id
  JOIN reversals r ON r.transfer_id = t.id AND r.organisation_id = t.organisation_id AND r.by_id = n.id
  WHERE t.id = n.reversal_of AND t.organisation_id = n.organisation_id AND e.state = 'posted'
  AND t.reversal_of IS NULL AND t.source_id = n.destination_id AND t.destination_id = n.source_id AND n.amount <= e.posted_amount)"""

# A posting belongs to its transfer: the right accounts, the right amount, before it has ended.
WRONG_POSTING = """NOT EXISTS (
  SELECT 1 FROM transfers t WHERE t.id = n.transfer_id AND t.organisation_id = n.organisation_id AND t.currency = n.currency AND (
    (n.purpose = 'principal' AND n.leg = 1 AND t.source_id = n.debit_account_id AND t.destination_id = n.credit_account_id AND n.amount <= t.amount)
    OR (n.purpose = 'fee' AND n.leg = 2 AND COALESCE(t.fee_payer_id, t.source_id) = n.debit_account_id
        AND t.fee_account_id = n.credit_account_id AND n.amount = t.fee - t.tax)
    OR (n.purpose = 'tax' AND n.leg = 3 AND COALESCE(t.fee_payer_id, t.source_id) = n.debit_account_id
        AND t.tax_account_id = n.credit_account_id AND n.amount = t.tax)))
  OR EXISTS (SELECT 1 FROM ends e WHERE e.transfer_id = n.transfer_id AND e.organisation_id = n.organisation_id)"""

INTO_CLOSED = "EXISTS (SELECT 1 FROM periods c WHERE c.organisation_id = n.organisation_id AND c.ends_at > n.posted_at)"

# A transfer is posted when its postings carry what it said, and not before; whatever else ended moved nothing.
WRONG_END = """NOT EXISTS (
  SELECT 1 FROM transfers t WHERE t.id = n.transfer_id AND t.organisation_id = n.organisation_id AND n.posted_amount <= t.amount
  AND CASE WHEN n.state = 'posted' THEN n.posted_amount + t.fee ELSE 0 END = COALESCE((
    SELECT SUM(p.amount) FROM postings p WHERE p.transfer_id = n.transfer_id AND p.organisation_id = n.organisation_id), 0))"""

# What was turned back stays so; only a reversal that came to nothing makes room for another.
STILL_TURNS = """NOT EXISTS (SELECT 1 FROM ends e WHERE e.transfer_id = OLD.by_id AND e.organisation_id = OLD.organisation_id
  AND e.state IN ('rejected', 'voided', 'expired'))"""

STAYS_SO = "what was turned back stays so"

# (name, table, condition on a new row n, sentence)
NEW_ROWS = (
    ("transfers_reversal", "transfers", WRONG_REVERSAL, "a reversal turns a posted transfer, once"),
    ("postings_belong", "postings", WRONG_POSTING, "a posting belongs to a waiting transfer and says what it says"),
    ("postings_period", "postings", INTO_CLOSED, "nothing is posted into a closed period"),
    ("ends_true", "ends", WRONG_END, "a transfer is posted by its postings"),
)

# (name, table, event, condition on OLD and NEW, sentence)
ROWS = (
    (
        "accounts_only_grow", "accounts", "UPDATE", "NEW.debits < OLD.debits OR NEW.credits < OLD.credits OR NEW.seq < OLD.seq",
        "the counters of an account only grow",
    ),
    (
        "accounts_stay", "accounts", "UPDATE",
        "NEW.id <> OLD.id OR NEW.organisation_id <> OLD.organisation_id OR NEW.currency <> OLD.currency OR NEW.kind <> OLD.kind"
        " OR NEW.code <> OLD.code OR NEW.product <> OLD.product OR COALESCE(NEW.owner_id, 0) <> COALESCE(OLD.owner_id, 0)",
        "an account keeps its owner, its currency and its kind",
    ),
    ("accounts_closed", "accounts", "UPDATE", "OLD.status = 'closed' AND NEW.status <> 'closed'", "a closed account stays closed"),
    (
        "open_whole", "open_transfers", "UPDATE",
        "COALESCE(NEW.amount, 0) <> COALESCE(OLD.amount, 0) AND NOT (OLD.state = 'held' AND NEW.state = 'pending')",
        "only a hold is posted in part",
    ),
    ("open_new", "open_transfers", "INSERT", "NEW.amount IS NOT NULL", "only a hold is posted in part"),
    ("batches_follow", "shards", "UPDATE", "NEW.seq <> OLD.seq + 1", "batches follow each other"),
)  # fmt: skip


def _refuse(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';"


# Tables that are never emptied at a stroke (PostgreSQL), beside those that are written once.
KEPT = ("open_transfers", "shards", "limit_usage")

# SQLite replaces a row without a word to the guards against deleting it, so a key that is there is refused first.
KEYS = {
    "transfers": ("id",), "postings": ("transfer_id", "leg"), "ends": ("transfer_id",), "batches": ("id",), "accounts": ("id",), "audit": ("id",),
    "consents": ("id",), "periods": ("id",), "reversals": ("transfer_id",),
}  # fmt: skip


def _kept(postgresql: bool) -> Iterator[str]:
    if postgresql:
        yield _function("kept", _refuse("this is never emptied"))
        for table in KEPT:
            yield f"CREATE TRIGGER guard_kept_{table} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION guard_kept()"
        return
    for table, keys in KEYS.items():
        same = " AND ".join(f"{key} = NEW.{key}" for key in (*keys, "organisation_id"))
        yield (
            f"CREATE TRIGGER guard_{table}_replaced BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "  # noqa: S608
            f"BEGIN SELECT RAISE(ABORT, '{table}: what is written stays'); END"
        )


def _never(postgresql: bool) -> Iterator[str]:
    for table, sentence in (*APPEND_ONLY, ("accounts", "an account is never deleted"), ("reversals", "a reversal is never changed")):
        events = {"accounts": ("DELETE",), "reversals": ("UPDATE",)}.get(table, ("UPDATE", "DELETE"))
        if postgresql:
            yield _function(f"{table}_never", _refuse(sentence))
            yield (
                f"CREATE TRIGGER guard_{table}_never BEFORE {' OR '.join((*events, 'TRUNCATE'))} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION guard_{table}_never()"
            )
            continue
        for event in events:
            yield f"CREATE TRIGGER guard_{table}_never_{event.lower()} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


def _function(name: str, body: str, settings: str = "") -> str:
    return f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql {settings} AS $$ BEGIN {body} RETURN NULL; END $$"


def _guards(postgresql: bool) -> Iterator[str]:
    yield from _never(postgresql)
    yield from _kept(postgresql)
    for name, table, wrong, sentence in NEW_ROWS:
        if postgresql:
            body = f"IF EXISTS (SELECT 1 FROM added n WHERE {wrong}) THEN {_refuse(sentence)} END IF;"  # noqa: S608
            yield _function(name, body, "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off")
            yield (
                f"CREATE TRIGGER guard_{name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
                f"FOR EACH STATEMENT EXECUTE FUNCTION guard_{name}()"
            )  # fmt: skip
        else:
            yield f"CREATE TRIGGER guard_{name} BEFORE INSERT ON {table} WHEN {_of_row(wrong)} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    for name, table, event, wrong, sentence in ROWS:
        yield from _row_guard(postgresql, name, table, event, wrong, sentence)
    if postgresql:  # a condition with a look at another table is no WHEN there
        body = f"IF {STILL_TURNS} THEN {_refuse(STAYS_SO)} END IF; RETURN OLD;"
        yield _function("reversals_stay", body)
        yield "CREATE TRIGGER guard_reversals_stay BEFORE DELETE ON reversals FOR EACH ROW EXECUTE FUNCTION guard_reversals_stay()"
    else:
        yield f"CREATE TRIGGER guard_reversals_stay BEFORE DELETE ON reversals WHEN {STILL_TURNS} BEGIN SELECT RAISE(ABORT, '{STAYS_SO}'); END"


def _of_row(condition: str) -> str:
    return re.sub(r"\bn\.", "NEW.", condition)


def _row_guard(postgresql: bool, name: str, table: str, event: str, wrong: str, sentence: str) -> Iterator[str]:
    if postgresql:
        yield _function(name, _refuse(sentence))
        yield f"CREATE TRIGGER guard_{name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({wrong}) EXECUTE FUNCTION guard_{name}()"
    else:
        yield f"CREATE TRIGGER guard_{name} BEFORE {event} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


def upgrade() -> None:
    for statement in _guards(op.get_context().dialect.name == "postgresql"):
        op.execute(statement.replace(":", r"\:"))


def downgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    for statement in reversed(list(_guards(postgresql))):
        words = statement.split()
        if words[1] == "TRIGGER":
            table = words[words.index("ON") + 1]
            op.execute(f"DROP TRIGGER {words[2]} ON {table}" if postgresql else f"DROP TRIGGER {words[2]}")
        else:
            op.execute(f"DROP FUNCTION {words[2]}")
