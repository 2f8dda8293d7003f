"""What every command needs: settings, log, database with its bell, vault."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console

from mailroom.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from mailroom.database import Database
    from mailroom.vault import Vault

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
    """Open the migrated database of these settings, with the bell that workers hear."""
    from mailroom.database import Database
    from mailroom.migrations import migrate
    from worker.bell import RedisBell

    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_address, RedisBell(settings.redis_address))
    try:
        migrate(database)
        yield database
    finally:
        database.dispose()


def open_vault(settings: Settings) -> Vault:
    """Open the vault of these settings."""
    from mailroom.vault import Vault

    return Vault(settings.vault_folder)
