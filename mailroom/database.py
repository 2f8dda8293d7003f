"""The database: SQLite by default, PostgreSQL by one setting, and the unit of work over it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from mailroom import ledger

SQLITE_BUSY_SECONDS = 30.0
SQLITE_RETRY_SECONDS = 0.02


class Bell(Protocol):
    """Tells workers that errands are due; losing a ring costs time, never work."""

    def ring(self, errands: Sequence[int]) -> None:
        """Announce the errands of these ids; must not raise when nobody can hear."""

    def waiting(self) -> set[int]:
        """Return the ids of errands that were rung for and that nobody has picked up yet."""


class SilentBell:
    """A bell for commands that leave the ringing to the housekeeper."""

    def ring(self, errands: Sequence[int]) -> None:
        """Do nothing."""

    def waiting(self) -> set[int]:
        """Return the empty set."""
        return set()


class Database:
    """Sessions over one engine; safe to share between threads, never across a fork."""

    def __init__(self, address: str, bell: Bell | None = None) -> None:
        self.engine = _engine(address)
        self.bell: Bell = bell or SilentBell()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a session that commits at the end of the block, or rolls back whatever it did.

        The ledger's entries are chained just before the commit, so that its lock is held for as short
        as can be; errands are rung for after it.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            with session.begin():
                yield session
                session.flush()
                ledger.chain(session)
            asked: list[int] = session.info.pop("errands", [])
        if asked:
            self.bell.ring(asked)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads; it takes no write lock on SQLite."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"mailroom_reading": True})
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(address, url.database)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=5, max_overflow=20)


def _sqlite_engine(address: str, path: str | None) -> Engine:
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": SQLITE_BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    _use_write_ahead_log(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # Of processes that start together on a new file one switches; SQLite does not wait for it by itself.
    deadline = time.monotonic() + SQLITE_BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(SQLITE_RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A read that turns into a write fails at once in spite of the busy timeout: take the write lock first.
    reading = connection.get_execution_options().get("mailroom_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
