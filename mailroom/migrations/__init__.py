"""Bringing a database up to the present tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from mailroom.database import Database


def migrate(database: Database) -> None:
    """Bring the database up to date; does nothing where it is. Safe to run by two processes at once."""
    with database.engine.connect() as connection:
        _lock(connection)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _lock(connection: Connection) -> None:
    # With its transaction SQLite takes its write lock. Left to Alembic, each migration would have its own.
    connection.begin()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(73617211)")
