"""Brings a database to the shape that this version needs, or back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

FOLDER = Path(__file__).parent / "migrations"


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    command.upgrade(_config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    command.downgrade(_config(engine), to)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the shape that this version needs."""
    with engine.connect().execution_options(writes=False) as connection:
        return MigrationContext.configure(connection).get_current_revision() == ScriptDirectory.from_config(_config(engine)).get_current_head()
