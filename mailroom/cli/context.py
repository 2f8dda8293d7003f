"""What every command needs: settings, log, database with its bell, vault."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console

from mailroom.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from mailroom.database import Database
    from mailroom.vault import Vault
    from worker.bell import RedisBell

COMMAND_LINE = "command line"

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def settings_or_exit() -> Settings:
    """Load the settings, or say what is wrong with them and stop."""
    try:
        return load_settings()
    except SettingsError as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    """Say what went wrong and end the command with status 1."""
    err.print(message, style="bold red", markup=False, highlight=False)
    raise SystemExit(1)


def start_log() -> None:
    """Write log lines to standard error, where the supervisor puts the process's name before each."""
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    # These tell of every event in the inbox and of every look at the tables.
    for chatty in ("watchfiles", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open the migrated database of these settings, with the bell that workers hear.

    Says why and stops where it cannot be opened.
    """
    make_folder_or_exit(settings.data)
    database = _migrated_or_exit(settings)
    try:
        yield database
    finally:
        database.dispose()


def make_folder_or_exit(folder: Path) -> None:
    """Make the data folder or one in it, or say why that cannot be and stop."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        stop(
            f"{folder} cannot be a folder: {error.strerror}. Choose another data folder with MAILROOM_DATA."
        )


def open_vault(settings: Settings) -> Vault:
    """Open the vault of these settings."""
    from mailroom.vault import Vault

    return Vault(settings.vault_folder)


def _migrated_or_exit(settings: Settings) -> Database:
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from mailroom.database import Database
    from mailroom.migrations import migrate

    bell = _bell_or_exit(settings)
    try:
        database = Database(settings.database_address, bell)
        migrate(database)
    except CommandError:
        stop("The database was made by a newer mail room than this one. Use that one.")
    except (SQLAlchemyError, ImportError, ValueError) as error:
        # The class alone: the text of such an error can hold an address with its password.
        where = "MAILROOM_DATABASE_URL" if settings.database_url else settings.database_address
        stop(f"The database cannot be opened ({type(error).__name__}). Is {where} right, and in order?")
    return database


def _bell_or_exit(settings: Settings) -> RedisBell:
    from worker.bell import RedisBell

    try:
        return RedisBell(settings.redis_address)
    except ValueError:
        stop("MAILROOM_REDIS_URL is no address of a Redis: it looks like redis://host:6379/0.")
