"""Intake: one file becomes cards, a noted duplicate, or a refusal with its reason.

The order is what keeps every card: the bytes are in the vault and on the disk before the database
says so, and the database says so before anything happens to the file. A crash anywhere in between
leaves the file in the inbox, and its ``source`` tells whether it was recorded already.
"""

from __future__ import annotations

import logging
import time

from mailroom import arrivals
from mailroom.database import Database
from mailroom.records import Arrival, Outcome
from mailroom.settings import Settings
from mailroom.unreadable import UnreadableFileError
from mailroom.vault import TooLargeError, Vault
from scanner import quarantine
from scanner.files import Found
from scanner.inspection import Inspector, UnusableError, limits_of
from scanner.refusals import Refusals, TrayOf, source_of, tray_of

ACTOR = "scanner"
# A file that looks damaged may be one whose second half is still on its way.
GROWING_SECONDS = 5.0

log = logging.getLogger(__name__)


class NotYetError(Exception):
    """The file is not at rest; look again in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not at rest, to be looked at again in {seconds:.1f} s")
        self.seconds = seconds


class Intake:
    """Takes files in, one after the other. Only for one thread, as its inspector."""

    def __init__(self, settings: Settings, database: Database, vault: Vault, inspector: Inspector) -> None:
        self._bytes_max = limits_of(settings).bytes_max
        self._quarantine = settings.quarantine_folder
        self._database = database
        self._vault = vault
        self._inspector = inspector
        self.refusals = Refusals(database, self._bytes_max)

    def take(self, found: Found) -> Arrival:
        """Take a file out of the inbox.

        Raises NotYetError, UnreadableFileError, OSError, SQLAlchemyError and SandboxError: try later.
        """
        arrival = self.known(found)
        if arrival is None:
            arrival = self.record(found, tray_of(found), ACTOR, growing_seconds=GROWING_SECONDS)
        self._clear(found, arrival)
        return arrival

    def put_aside(self, found: Found, error: UnreadableFileError) -> Arrival:
        """Take a file that cannot be read out of the inbox; raises as ``take`` does."""
        _check_rest(found, 0.0)
        arrival = self.refusals.record_unreadable(found, tray_of(found), ACTOR, error)
        self._clear(found, arrival)
        return arrival

    def known(self, found: Found) -> Arrival | None:
        """The arrival that this very file was recorded as, if it was."""
        return self.refusals.known(source_of(found))

    def record(self, found: Found, tray: TrayOf, actor: str, *, growing_seconds: float = 0.0) -> Arrival:
        """Record a file that is not known yet and leave it where it is; raises as ``take`` does."""
        try:
            pages = self._inspector.inspect(found.path)
            digest = self._vault.copy(found.path, self._bytes_max)
        except (UnusableError, TooLargeError) as error:
            _check_rest(found, growing_seconds)
            return self.refusals.record(found, tray, actor, str(error))
        except UnreadableFileError:
            _check_rest(found, 0.0)
            raise
        _check_rest(found, 0.0)
        with self._database.transaction() as session:
            arrival = arrivals.take(
                session,
                tray(session),
                name=found.name,
                source=source_of(found),
                digest=digest,
                size=found.stat.st_size,
                pages=pages,
                actor=actor,
                made_at=found.made_at,
            )
        log.info("arrival %d in tray %s: %s", arrival.id, arrival.tray.code, arrival.outcome)
        return arrival

    def _clear(self, found: Found, arrival: Arrival) -> None:
        if not found.is_unchanged():
            log.warning("arrival %d: another file has taken its place in the inbox", arrival.id)
        elif arrival.outcome is Outcome.REFUSED or not (arrival.digest and self._vault.has(arrival.digest)):
            quarantine.move(found.path, self._quarantine, arrival)
        else:
            found.path.unlink()


def _check_rest(found: Found, growing_seconds: float) -> None:
    """Raise NotYetError if the file changed meanwhile, or did so less than ``growing_seconds`` ago."""
    if not found.is_unchanged():
        raise NotYetError(0.0)
    age = time.time() - found.stat.st_mtime
    if 0 <= age < growing_seconds:
        raise NotYetError(growing_seconds - age)
