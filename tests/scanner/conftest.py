"""A scanner at work, and its intake alone, over an inbox and a vault of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault
from scanner.inspection import Inspector
from scanner.intake import Intake
from scanner.service import run_scanner


@pytest.fixture(scope="session")
def inspector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    """A warm inspector with the limits of the ordinary settings."""
    with Inspector(Settings(data=tmp_path_factory.mktemp("data"))) as inspector:
        yield inspector


@pytest.fixture
def intake(settings: Settings, sqlite: Database, vault: Vault, inspector: Inspector) -> Intake:
    """An intake over a fresh SQLite database; the inbox stands ready."""
    settings.inbox_folder.mkdir(parents=True)
    return Intake(settings, sqlite, vault, inspector)


@pytest.fixture
def scanner(settings: Settings, sqlite: Database, vault: Vault) -> Iterator[threading.Thread]:
    """A running scanner over a fresh SQLite database; the inbox stands ready."""
    settings.inbox_folder.mkdir(parents=True)
    stop = threading.Event()
    thread = threading.Thread(target=run_scanner, args=(settings, sqlite, vault, stop))
    thread.start()
    yield thread
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
