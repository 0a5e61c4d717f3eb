"""Alembic's way in: it runs on the engine that it is handed, in one transaction."""

from alembic import context

from gateway.store.all_tables import metadata

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.commit()
    context.configure(connection=connection, target_metadata=metadata, compare_type=False)
    with context.begin_transaction():
        context.run_migrations()
    if connection.in_transaction():
        connection.commit()
