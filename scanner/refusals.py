"""Refusals: what is recorded of a file that cannot become a card, with the reason that people will read."""

from __future__ import annotations

import errno
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from mailroom import arrivals
from mailroom.database import Database
from mailroom.records import Arrival, Tray
from mailroom.trouble import UnreadableFileError
from scanner.files import Found

NO_PERMISSION = (
    "The mail room has no permission to read this file. Give it that and put the file into the inbox "
    "again, or scan this card again."
)

log = logging.getLogger(__name__)

TrayOf = Callable[[Session], Tray]


class Refusals:
    """Records refusals on behalf of ``actor``; all raise OSError and SQLAlchemyError."""

    def __init__(self, database: Database, bytes_max: int) -> None:
        self._database = database
        self._bytes_max = bytes_max

    def record(self, found: Found, tray: TrayOf, actor: str, reason: str) -> Arrival:
        """Record that a file was read and cannot be taken."""
        digest = _digest(found.path) if found.stat.st_size <= self._bytes_max else ""
        return self._record(found, tray, actor=actor, reason=reason, source=source_of(found), digest=digest)

    def record_unreadable(
        self, found: Found, tray: TrayOf, actor: str, error: UnreadableFileError
    ) -> Arrival:
        """Record once that a file cannot be read; as soon as it can, it is taken as if it had just come."""
        reason = _why_unreadable(error)
        # A permission that is given changes nothing of what the file is known by otherwise.
        source = arrivals.source_of(f"{found.label}\0{found.stat.st_ctime_ns}", found.stat)
        return self.known(source) or self._record(
            found, tray, actor=actor, reason=reason, source=source, digest=""
        )

    def known(self, source: str) -> Arrival | None:
        """The arrival that was recorded under ``source``, with its tray."""
        with self._database.reading() as session:
            arrival = arrivals.already_taken(session, source)
            if arrival is not None:
                session.refresh(arrival, ["tray"])
            return arrival

    def _record(
        self, found: Found, tray: TrayOf, *, actor: str, reason: str, source: str, digest: str
    ) -> Arrival:
        with self._database.transaction() as session:
            arrival = arrivals.refuse(
                session,
                tray(session),
                name=found.name,
                source=source,
                digest=digest,
                size=found.stat.st_size,
                reason=reason,
                actor=actor,
            )
        log.warning("arrival %d in tray %s refused: %s", arrival.id, arrival.tray.code, reason)
        return arrival


def source_of(found: Found) -> str:
    """What a file is known by when it is met again."""
    return arrivals.source_of(found.label, found.stat)


def _why_unreadable(error: UnreadableFileError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return NO_PERMISSION
    return f"The file cannot be read where it lies ({error.strerror}). Scan this card again."


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
