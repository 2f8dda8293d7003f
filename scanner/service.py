"""The scanner's process: watch the inbox and take in what is dropped there, until told to stop."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from watchfiles import watch

from mailroom import trouble
from mailroom.database import Database
from mailroom.sandbox import SandboxError
from mailroom.settings import Settings
from mailroom.unreadable import UnreadableFileError
from mailroom.vault import Vault
from scanner.closed_folders import ClosedFolders
from scanner.contents import find
from scanner.files import Found
from scanner.inspection import Inspector
from scanner.intake import Intake, NotYetError
from scanner.watchlist import Watchlist

# Without events (network shares have none) files are still found this soon.
POLL_SECONDS = 1.0
TROUBLE_SECONDS = 2.0
_LOOKS_PER_QUIET = 4
# Until then those behind it in its folder wait for a file that cannot be read.
UNREADABLE_TRIES = 5

log = logging.getLogger(__name__)


def run_scanner(settings: Settings, database: Database, vault: Vault, stop: threading.Event) -> None:
    """Take in files until ``stop`` is set; a file that fails is tried again and holds up no other."""
    inbox = settings.inbox_folder.resolve()
    inbox.mkdir(parents=True, exist_ok=True)
    wake = threading.Event()
    events = threading.Thread(target=_follow_events, args=(inbox, wake, stop), daemon=True)
    events.start()
    with Inspector(settings) as inspector:
        with contextlib.suppress(SandboxError):
            inspector.start()
        intake = Intake(settings, database, vault, inspector)
        scanner = Scanner(inbox, intake, vault, settings.quiet_seconds)
        log.info("watching the inbox")
        while not stop.is_set():
            wake.clear()
            wake.wait(scanner.step(stop))
    events.join()


class Scanner:
    """Looks through the inbox, step by step."""

    def __init__(self, inbox: Path, intake: Intake, vault: Vault, quiet_seconds: float) -> None:
        self._inbox = inbox
        self._intake = intake
        self._vault = vault
        self._quiet_seconds = quiet_seconds
        self._watchlist = Watchlist(quiet_seconds)
        self._closed_folders = ClosedFolders(intake.refusals)

    def step(self, stop: threading.Event) -> float:
        """Take the files that are ready; return the seconds after which to look again at the latest."""
        try:
            contents = find(self._inbox)
            ready = self._watchlist.look(contents.files, time.monotonic())
            unfinished: set[str] = set()
            for found in ready:
                if stop.is_set():
                    break
                if found.folder not in unfinished and not self._take(found):
                    unfinished.add(found.folder)
            self._closed_folders.note(contents.closed, time.monotonic())
        except (OSError, SQLAlchemyError, SandboxError) as error:
            # The disk, the database or the machine is in trouble, not one file: keep the order and wait.
            log.warning("cannot take files for now: %s", _describe(error))
            return TROUBLE_SECONDS
        return POLL_SECONDS if self._watchlist.is_empty else self._quiet_seconds / _LOOKS_PER_QUIET

    def _take(self, found: Found) -> bool:
        """Take a file; False if it is not whole yet, and those behind it in its folder have to wait."""
        try:
            self._take_or_put_aside(found)
        except NotYetError as error:
            self._watchlist.postpone(found, time.monotonic(), error.seconds)
            return False
        except UnreadableFileError as error:
            log.warning("a file cannot be read for now: %s", _describe(error))
            self._watchlist.failed(found, time.monotonic(), holding=True)
            return False
        except Exception as error:
            if trouble.is_of_machine(error, self._vault):
                raise
            log.warning("a file cannot be taken for now: %s", _describe(error))
            self._watchlist.failed(found, time.monotonic())
        return True

    def _take_or_put_aside(self, found: Found) -> None:
        try:
            self._intake.take(found)
        except UnreadableFileError as error:
            if self._watchlist.failures(found) < UNREADABLE_TRIES - 1:
                raise
            self._intake.put_aside(found, error)


def _describe(error: Exception) -> str:
    """The error without the file's name, which may be a person's."""
    if isinstance(error, OSError):
        return f"{type(error).__name__}: {error.strerror}"
    if isinstance(error, SQLAlchemyError):
        return f"{type(error).__name__}: {getattr(error, 'orig', None)}"
    return type(error).__name__


def _follow_events(inbox: Path, wake: threading.Event, stop: threading.Event) -> None:
    try:
        for _ in watch(
            inbox, watch_filter=None, debounce=50, step=20, stop_event=stop, raise_interrupt=False
        ):
            wake.set()
    except (OSError, RuntimeError) as error:
        # Its text can name a file.
        why = type(error).__name__
        log.warning("no events from the inbox, looking every %g s instead: %s", POLL_SECONDS, why)
    # Let go of the main loop when told to stop.
    wake.set()
