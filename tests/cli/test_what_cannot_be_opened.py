"""Where the data folder or the database cannot be used, a command says so and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.cli.supervise import CannotRunError, supervise
from mailroom.database import Database
from mailroom.settings import Settings
from tests.commands import Command, command_on


def test_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    for words in (("ledger", "verify"), ("run",), ("redis",)):
        done = command_on(tmp_path / "data")(*words)
        assert done.exit_code == 1
        assert "MAILROOM_DATA" in done.stderr


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("postgresql+psycopg://mailroom:secret@127.0.0.1:1/mailroom", "OperationalError"),
        ("postgresql+psycopg://mailroom:sec:ret@host:port/mailroom", "MAILROOM_DATABASE_URL"),
        ("nosuch://mailroom:secret@127.0.0.1/mailroom", "NoSuchModuleError"),
    ],
)
def test_database_address_that_leads_nowhere(command: Command, address: str, named: str) -> None:
    done = command("ledger", "verify", MAILROOM_DATABASE_URL=address)
    assert done.exit_code == 1
    assert named in done.stderr
    assert "sec" not in done.stderr


def test_redis_address_of_something_else(command: Command) -> None:
    done = command("ledger", "verify", MAILROOM_REDIS_URL="http://127.0.0.1")
    assert done.exit_code == 1
    assert "MAILROOM_REDIS_URL" in done.stderr
    told = command("health", MAILROOM_REDIS_URL="http://127.0.0.1", MAILROOM_DATABASE_URL="a://b:c@d:e/f")
    assert told.stderr.splitlines() == [
        "The database does not answer: ValueError",
        "Redis does not answer: ValueError",
    ]


def test_file_that_is_no_database(command: Command, settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "mailroom.sqlite3").write_bytes(b"This was a database, before the disk was full.")
    done = command("ledger", "verify")
    assert done.exit_code == 1
    assert "mailroom.sqlite3" in done.stderr


def test_database_of_a_newer_mail_room(command: Command, settings: Settings) -> None:
    assert command("ledger", "verify").exit_code == 0
    database = Database(settings.database_address)
    with database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.dispose()
    done = command("ledger", "verify")
    assert done.exit_code == 1
    assert "newer" in done.stderr


def test_host_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="MAILROOM_HOST"):
        supervise(Settings(data=tmp_path, host="no such host"))
