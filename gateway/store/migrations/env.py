"""Alembic's way in: it runs on the engine that it is handed, in one transaction.

SQLite changes a table by writing it anew; what refers to it must look away meanwhile (https://sqlite.org/lang_altertable.html, section 7), and is
looked at again before anything is kept. That can only be said outside a transaction, so it goes to the driver.
"""

import contextlib
import sqlite3

from alembic import context

from gateway.store.all_tables import metadata

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    driver = connection.connection.dbapi_connection if connection.dialect.name == "sqlite" else None
    if driver is not None:
        driver.execute("PRAGMA foreign_keys = OFF")
    else:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.commit()
    context.configure(connection=connection, target_metadata=metadata, compare_type=False)
    try:
        with context.begin_transaction():
            context.run_migrations()
            if driver is not None and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"rows that refer to nothing: {broken[:5]}")
        if connection.in_transaction():
            connection.commit()
    finally:
        if driver is not None:
            with contextlib.suppress(sqlite3.ProgrammingError):  # who is told to stop in the middle has a connection that is thrown away, closed
                driver.execute("PRAGMA foreign_keys = ON")
