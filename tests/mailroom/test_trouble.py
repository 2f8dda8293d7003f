"""What is the machine's trouble and what is one card's, by errors that really happened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from mailroom import trouble
from mailroom.database import Database
from mailroom.records import Tray


def _error_of(address: str) -> SQLAlchemyError:
    with pytest.raises(SQLAlchemyError) as caught, create_engine(address).connect() as connection:
        connection.execute(text("CREATE TABLE more (id INTEGER)"))
    return caught.value


def test_database_that_nobody_serves() -> None:
    assert trouble.is_of_database(_error_of("postgresql+psycopg://mailroom:secret@127.0.0.1:1/mailroom"))


def test_database_that_is_locked(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "locked", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert trouble.is_of_database(_error_of(f"sqlite:///{tmp_path / 'locked'}?timeout=0"))


def test_database_that_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"This was a database, before the disk was full." * 100)
    assert trouble.is_of_database(_error_of(f"sqlite:///{tmp_path / 'damaged'}"))


def test_database_that_hung_up(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no line that could be cut")
    with pytest.raises(SQLAlchemyError) as caught, database.reading() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert trouble.is_of_database(caught.value)


def test_what_the_database_refuses_is_no_trouble_of_its_own(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as caught, database.transaction() as session:
        session.add_all([Tray(code="T-1", folder="same"), Tray(code="T-2", folder="same")])
    assert not trouble.is_of_database(caught.value)
