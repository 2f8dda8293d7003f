"""Fixtures that every test may ask for: databases on both engines, a vault, settings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import settings as hypothesis

from mailroom.database import Database
from mailroom.migrations import migrate
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests.commands import Command, command_on
from tests.postgres import PostgresServer, postgres_server

# What a property promises does not hang on how busy the machine is; speed is for the benchmarks.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are hashed with the least effort: the usual one takes a fifth of a second each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mailroom.people._hasher", PasswordHasher.from_parameters(CHEAPEST))
        yield


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "mailroom.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer) -> str:
    """The name of a migrated PostgreSQL database, to be copied; nobody stays connected to it."""
    name = postgres.new_database()
    _migrate(postgres.address(name))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database, once for each engine."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.lent_database(request.getfixturevalue("migrated_template")) as name:
        yield server.address(name)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A migrated database, once for each engine."""
    database = Database(address)
    yield database
    database.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with every folder in a place of the test's own."""
    return Settings(data=tmp_path / "data")


@pytest.fixture
def command(settings: Settings) -> Command:
    """Commands on the data folder that the settings name."""
    return command_on(settings.data)


@pytest.fixture
def sqlite(settings: Settings, migrated_file: Path) -> Iterator[Database]:
    """A migrated SQLite database where the settings say."""
    settings.data.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated_file, settings.data / "mailroom.sqlite3")
    database = Database(settings.database_address)
    yield database
    database.dispose()


@pytest.fixture
def vault(settings: Settings) -> Vault:
    """An empty vault where the settings say."""
    return Vault(settings.vault_folder)


def _migrate(address: str) -> None:
    database = Database(address)
    migrate(database)
    # Closing the last connection moves everything into the one file, and lets the template be copied.
    database.dispose()
