"""The tables of what members and the organisation do with money beyond sending it. Every one points at transfers; none moves money itself."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text, UniqueConstraint

from gateway.store.tables import UtcTime, id_column, metadata, only, organisation_column, refers


def _to_transfer(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column, "organisation_id"], ["transfers.id", "transfers.organisation_id"])


# What one person asked for and another decides.
approvals = Table(
    "approvals",
    metadata,
    id_column(),
    organisation_column(),
    Column("action", String(24), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_hash", String(64), nullable=False),
    Column("maker", String(60), nullable=False),
    Column("checker", String(60)),
    Column("state", String(8), nullable=False),
    Column("said", String(200), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Column("expires_at", UtcTime, nullable=False),
    CheckConstraint("checker IS NULL OR checker <> maker", name="two_persons"),
    CheckConstraint("state IN ('waiting','done','failed','refused','expired')", name="state"),
    CheckConstraint("(state IN ('done','failed','refused')) = (checker IS NOT NULL)", name="decided"),
    Index("ux_approvals_waiting", "action", "payload_hash", "organisation_id", unique=True, **only("state = 'waiting'")),
)

# Payments that a member keeps under one key.
shortcuts = Table(
    "shortcuts",
    metadata,
    id_column(),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("to", String(40), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("member_id", "kind", "to", "amount", "organisation_id"),
    CheckConstraint("kind IN ('send','group','airtime')", name="kind"),
    CheckConstraint("amount > 0", name="amount"),
    refers("member_id", "members"),
)

airtime_orders = Table(
    "airtime_orders",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("number", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("request_id", String(80)),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("said", String(120), nullable=False, server_default=""),
    Column("made_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    CheckConstraint("state IN ('waiting','sending','sent','delivered','failed','unknown')", name="state"),
    CheckConstraint("amount > 0", name="amount"),
    _to_transfer("transfer_id"),
    Index("ix_airtime_orders_request", "request_id"),
)

# Airtime that is paid with points: the points that are held for it.
airtime_points = Table(
    "airtime_points",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("points_id", BigInteger, nullable=False),
    _to_transfer("transfer_id"),
    _to_transfer("points_id"),
)

airtime_reports = Table(
    "airtime_reports",
    metadata,
    Column("request_id", String(80), primary_key=True),
    Column("status", String(24), primary_key=True),
    Column("at", UtcTime, nullable=False),
)

bulk_batches = Table(
    "bulk_batches",
    metadata,
    id_column(),
    organisation_column(),
    Column("name", String(60), nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("made_by", String(60), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    CheckConstraint("state IN ('created','approved','completed','cancelled')", name="state"),
    UniqueConstraint("file_hash", "organisation_id"),
)

bulk_lines = Table(
    "bulk_lines",
    metadata,
    Column("batch_id", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("to", String(40), nullable=False),
    Column("name", String(60), nullable=False),
    Column("account_id", BigInteger),
    Column("amount", BigInteger, nullable=False),
    Column("narrative", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("why", String(120), nullable=False, server_default=""),
    Column("transfer_id", BigInteger),
    CheckConstraint("state IN ('ready','wrong','asked','posted','rejected')", name="state"),
    refers("batch_id", "bulk_batches"),
    Index("ix_bulk_lines_transfer", "transfer_id", **only("transfer_id IS NOT NULL")),
)

standing_orders = Table(
    "standing_orders",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(80), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("source_id", BigInteger, nullable=False),
    Column("destination_id", BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("every", String(8), nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("runs", Integer, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("state", String(8), nullable=False),
    Column("said", String(120), nullable=False, server_default=""),
    CheckConstraint("state IN ('active','stopped')", name="state"),
    CheckConstraint("every IN ('week','month')", name="every"),
    CheckConstraint("amount > 0", name="amount"),
    UniqueConstraint("key", "organisation_id"),
    Index("ix_standing_orders_due", "next_at", **only("state = 'active'")),
    Index("ix_standing_orders_member", "member_id", "organisation_id"),
)

produce_prices = Table(
    "produce_prices",
    metadata,
    id_column(),
    organisation_column(),
    Column("product", String(20), nullable=False),
    Column("unit", String(8), nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    CheckConstraint("price > 0", name="price"),
    UniqueConstraint("product", "valid_from", "organisation_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(80), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("product", String(20), nullable=False),
    Column("unit", String(8), nullable=False),
    Column("thousandths", BigInteger, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("clerk", String(60), nullable=False),
    Column("centre", String(20), nullable=False),
    Column("day", String(10), nullable=False),
    Column("state", String(12), nullable=False),
    Column("transfer_id", BigInteger, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    CheckConstraint("thousandths > 0 AND price > 0 AND amount > 0", name="amount"),
    CheckConstraint("state IN ('written','confirmed','contradicted','corrected')", name="state"),
    UniqueConstraint("key", "organisation_id"),
    _to_transfer("transfer_id"),
    Index("ix_deliveries_member", "member_id", "id"),
)

disputes = Table(
    "disputes",
    metadata,
    Column("transfer_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("asker_id", BigInteger, nullable=False),
    Column("holder_id", BigInteger, nullable=False),
    Column("hold_id", BigInteger),
    Column("asked", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("decided_by", String(60), nullable=False, server_default=""),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    CheckConstraint("state IN ('open','given_back','refused','kept')", name="state"),
    CheckConstraint("held >= 0 AND asked >= held", name="held"),
    _to_transfer("transfer_id"),
    Index("ix_disputes_holder", "holder_id", "state"),
)

imports = Table(
    "imports",
    metadata,
    id_column(),
    organisation_column(),
    Column("name", String(60), nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("state", String(8), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("made_by", String(60), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    CheckConstraint("state IN ('read','booked')", name="state"),
    UniqueConstraint("file_hash", "organisation_id"),
)

import_lines = Table(
    "import_lines",
    metadata,
    id_column(),
    organisation_column(),
    Column("import_id", BigInteger, nullable=False),
    Column("external_ref", String(120), nullable=False),
    Column("day", String(10), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("number", String(16), nullable=False),
    Column("narrative", String(120), nullable=False),
    Column("state", String(12), nullable=False),
    Column("transfer_id", BigInteger),
    Column("owner", String(60), nullable=False, server_default=""),
    Column("made_at", UtcTime, nullable=False),
    CheckConstraint("state IN ('read','matched','credited','suspense','assigned','out')", name="state"),
    refers("import_id", "imports"),
    UniqueConstraint("external_ref", "organisation_id"),
    Index("ix_import_lines_state", "state", "id"),
)
