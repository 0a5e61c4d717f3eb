"""Rows changed past every guard, as somebody with the database's own password could: the proof names what was changed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from gateway.ledger import rows
from tests.cast import Village
from tests.ledger.hands import ask, faults

TAMPERED = {
    "the amount of a posting": ("UPDATE postings SET amount = amount + 1 WHERE leg = 1 AND transfer_id = {id}", "transfer"),
    "a moment": ("UPDATE ends SET done_at = (SELECT MIN(made_at) FROM transfers) WHERE transfer_id = {id}", "transfer"),
    "who asked": ("UPDATE transfers SET authority = 'nobody' WHERE id = {id}", "transfer"),
    "where it went": ("UPDATE transfers SET destination_id = (SELECT id FROM accounts WHERE code = 'FLOAT') WHERE id = {id}", "transfer"),
    "a refusal into another": ("UPDATE ends SET reason = 'because' WHERE transfer_id = {id}", "transfer"),
    "a seal": ("UPDATE ends SET seal = '0' WHERE transfer_id = {id}", "transfer"),
    "a batch": ("UPDATE batches SET hash = 'f00' WHERE seq = 1", "batch"),
    "a batch is gone": ("DELETE FROM batches WHERE seq = 1", "batch"),
    "a head": ("UPDATE shards SET hash = 'f00'", "shard"),
    "a transfer is gone": ("DELETE FROM transfers WHERE id = {id}", "transfer"),
}


def tamper(village: Village, statement: str) -> None:
    """Change a row as somebody with the database's own password could, past every guard."""
    with village.site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard%'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(statement))


@pytest.mark.parametrize("what", TAMPERED)
def test_a_changed_byte_is_found_and_named(books: Village, what: str) -> None:
    ids = [ask(books, f"k{n}", 100 + n).transfer.id for n in range(3)]
    books.post()
    assert faults(books) == []
    statement, where = TAMPERED[what]
    with books.world() as world:
        ref = rows.transfer(world, ids[1]).ref  # type: ignore[union-attr]
    tamper(books, statement.format(id=ids[1]))

    found = faults(books)
    assert any(where in one for one in found)
    if where == "transfer":
        assert any(ref in one or str(ids[1]) in one for one in found)


def test_a_gap_in_the_lines_of_an_account_is_found(books: Village) -> None:
    ask(books, "one", 20_000)
    books.post()
    tamper(books, "UPDATE accounts SET seq = seq + 1 WHERE code = 'FEES'")
    assert any("FEES" in one for one in faults(books))
