"""Refusals: what is recorded of a file that cannot become a card, with the reason that people will read."""

from __future__ import annotations

import errno
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from mailroom import arrivals, trays
from mailroom.database import Database
from mailroom.records import Arrival, Tray
from mailroom.unreadable import UnreadableFileError
from scanner.contents import ClosedFolder
from scanner.files import Found

NO_PERMISSION = (
    "The mail room has no permission to read this file. Give it that and put the file into the inbox "
    "again, or scan this card again."
)

CLOSED = (
    "The mail room has no permission to look into this folder, so nothing in it is taken. Give it the "
    "right to read and to change the folder: its files are then taken by themselves, and this can be put "
    "aside."
)
_NO_PERMISSION = (errno.EACCES, errno.EPERM)

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
        reason, source = _why_unreadable(error), _source_while_closed(found)
        return self.known(source) or self._record(
            found, tray, actor=actor, reason=reason, source=source, digest=""
        )

    def record_closed(self, folder: ClosedFolder, tray: TrayOf, actor: str) -> Arrival:
        """Record that a folder cannot be looked through, unless people are told of it already.

        Once they have put that aside they are told again when it has changed, as more may lie in it.
        """
        found, reason = folder.found, _why_closed(folder.error)
        source = _source_while_closed(found)
        with self._database.transaction() as session:
            place = tray(session)
            told = arrivals.open_refusal(session, place, folder.name)
            told = told or arrivals.already_taken(session, source)
            if told is not None:
                return told
            arrival = arrivals.refuse(
                session,
                place,
                name=folder.name,
                source=source,
                digest="",
                size=0,
                reason=reason,
                actor=actor,
            )
        log.warning("arrival %d in tray %s is a folder: %s", arrival.id, place.code, reason)
        return arrival

    def known(self, source: str) -> Arrival | None:
        """The arrival that was recorded under ``source``, with its tray."""
        with self._database.reading() as session:
            return arrivals.already_taken(session, source)

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
                made_at=found.made_at,
            )
        log.warning("arrival %d in tray %s refused: %s", arrival.id, arrival.tray.code, reason)
        return arrival


def source_of(found: Found) -> str:
    """What a file is known by when it is met again."""
    return arrivals.source_of(found.label, found.stat)


def tray_of(found: Found) -> TrayOf:
    """The tray that the folder of a file in the inbox fills."""

    def tray(session: Session) -> Tray:
        return trays.tray_for_folder(session, found.folder)

    return tray


def _source_while_closed(found: Found) -> str:
    # A permission that is given changes nothing of what a file is known by otherwise.
    return arrivals.source_of(f"{found.label}\0{found.stat.st_ctime_ns}", found.stat)


def _why_unreadable(error: UnreadableFileError) -> str:
    if error.errno in _NO_PERMISSION:
        return NO_PERMISSION
    return f"The file cannot be read where it lies ({error.strerror}). Scan this card again."


def _why_closed(error: UnreadableFileError) -> str:
    if error.errno in _NO_PERMISSION:
        return CLOSED
    return (
        f"This folder cannot be looked through to its end ({error.strerror}), so that cards in it may be "
        "missing. Put its files into another folder, or scan them again."
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
