"""Every migration goes up and down on both engines, and ends where the tables in the code are."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.schema import CheckConstraint

from gateway.community.groups import ballot_rows, votes
from gateway.community.groups.vote_model import VoteOver
from gateway.store.all_tables import metadata
from gateway.store.engine import connect
from gateway.store.migrate import _config, downgrade, is_current, upgrade
from tests.cast import OTIENO, WANJIRU, Village
from tests.conftest import _run_sql
from tests.servers.postgres import Postgres
from tests.test_group_votes import opened, with_three


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    _run_sql(server, "DROP DATABASE IF EXISTS migrations")
    _run_sql(server, "CREATE DATABASE migrations")
    return server.url.rsplit("/", 1)[0] + "/migrations"


def test_up_down_and_up_again(empty_url: str) -> None:
    engine = connect(empty_url)
    revisions = [one.revision for one in ScriptDirectory.from_config(_config(engine)).walk_revisions()][::-1]
    for revision in revisions:
        upgrade(engine, revision)
    assert is_current(engine)
    for revision in [*revisions[:-1][::-1], "base"]:
        downgrade(engine, revision)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(engine)

    assert is_current(engine)
    engine.dispose()


def test_the_migrations_end_where_the_code_is(empty_url: str) -> None:
    engine = connect(empty_url)
    upgrade(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), metadata)
        found = {name: {one["name"] for one in inspect(connection).get_check_constraints(name)} for name in metadata.tables}
        keys = {name: set(inspect(connection).get_pk_constraint(name)["constrained_columns"]) for name in metadata.tables}

    assert differences == []
    assert keys == {name: {column.name for column in table.primary_key.columns} for name, table in metadata.tables.items()}, "Alembic compares no keys"
    for name, table in metadata.tables.items():
        assert {one.name for one in table.constraints if isinstance(one, CheckConstraint)} == found[name]
        assert not [column for column in table.columns if column.constraints], f"{name}: a check on a column is lost by Alembic; write it at the table"
    engine.dispose()


def test_votes_with_ballots_go_down_and_up_again(village: Village) -> None:
    """What refers to a table that is written anew must not stop it, nor be lost."""
    with_three(village)
    with village.world() as world:
        kept = opened(world)
        votes.cast_ballot(world, OTIENO, kept, "yes", "1001")
        votes.cast_ballot(world, WANJIRU, kept, "no", "1001")
        chosen = str(world.new_id())
        votes.start_vote(world, WANJIRU, "1001", "what first", "Maize, beans", "3", "no", chosen)
        votes.call_off(world, ballot_rows.vote_by_key(world, chosen).id)
        off = opened(world, "off")
        votes.call_off(world, int(off))
    engine = connect(village.settings.database_url)
    downgrade(engine, "0028")
    with engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT id, said FROM group_votes ORDER BY id").fetchall()
        assert [(str(id), said) for id, said in left] == [(kept, ""), (off, "gone")]
    upgrade(engine)
    engine.dispose()
    with village.world() as world:
        assert ballot_rows.count_ballots(world, int(kept)) == {"yes": 1, "no": 1}
        assert isinstance(votes.look_at_vote(world, OTIENO, off, "1001"), VoteOver)


def test_every_key_holds_the_organisation() -> None:
    """So that every table can one day be spread over machines by organisation."""
    shared = {"currencies", "organisations", "login_tries", "reports", "airtime_reports"}
    for name, table in metadata.tables.items():
        if name in shared:
            continue
        assert "organisation_id" in table.primary_key.columns, f"the key of {name} lacks the organisation"
        for key in table.foreign_key_constraints:
            if key.referred_table.name not in shared:
                assert "organisation_id" in key.column_keys, f"a foreign key of {name} lacks the organisation"
