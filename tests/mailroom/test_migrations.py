"""The migrations make exactly the tables that the records describe."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mailroom.database import Database
from mailroom.migrations import migrate
from mailroom.records import Record


def test_migrated_database_is_what_the_records_say(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)


def _migrate_when_told(address: str, told: Barrier) -> None:
    database = Database(address)
    told.wait()
    migrate(database)
    database.dispose()


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    for attempt in range(3):
        spawned = get_context("spawn")
        told = spawned.Barrier(4)
        address = f"sqlite:///{tmp_path / f'{attempt}.sqlite3'}"
        processes = [spawned.Process(target=_migrate_when_told, args=(address, told)) for _ in range(4)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        assert [process.exitcode for process in processes] == [0] * 4
