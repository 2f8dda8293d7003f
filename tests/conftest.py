"""Fixtures that every test may ask for: databases on both engines, a vault, settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from mailroom.database import Database
from mailroom.migrations import migrate
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests.postgres import PostgresServer, postgres_server

# What a property promises does not hang on how busy the machine is; speed is for the benchmarks.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own."""
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once for each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A migrated database, once for each engine."""
    database = Database(address)
    migrate(database)
    yield database
    database.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with every folder in a place of the test's own."""
    return Settings(data=tmp_path / "data")


@pytest.fixture
def sqlite(settings: Settings) -> Iterator[Database]:
    """A migrated SQLite database where the settings say."""
    database = Database(settings.database_address)
    migrate(database)
    yield database
    database.dispose()


@pytest.fixture
def vault(settings: Settings) -> Vault:
    """An empty vault where the settings say."""
    return Vault(settings.vault_folder)
