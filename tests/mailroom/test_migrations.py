"""The migrations make exactly the tables that the records describe."""

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
