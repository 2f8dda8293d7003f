"""Bringing a database up to the present tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from mailroom.database import Database


def migrate(database: Database) -> None:
    """Bring the database up to date; does nothing where it is. Safe to run by two processes at once."""
    with database.engine.connect() as connection, _tables_replaceable(connection):
        _lock(connection)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


@contextmanager
def _tables_replaceable(connection: Connection) -> Iterator[None]:
    """Let SQLite put a new table in the place of one that others refer to, which is how it changes one.

    It minds the switch outside of a transaction only.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    plain = connection.connection.cursor()
    plain.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        plain.execute("PRAGMA foreign_keys=ON")


def _lock(connection: Connection) -> None:
    # With its transaction SQLite takes its write lock. Left to Alembic, each migration would have its own.
    connection.begin()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(73617211)")
