"""Importing: files that somebody names are taken into a tray, and stay where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from mailroom.database import Database
from mailroom.records import Arrival, Tray
from mailroom.settings import Settings
from mailroom.unreadable import UnreadableFileError
from mailroom.vault import Vault
from scanner.contents import ClosedFolder, Contents, find
from scanner.files import Found, natural_key
from scanner.inspection import Inspector
from scanner.intake import Intake, NotYetError
from scanner.refusals import Refusals, TrayOf

ACTOR = "import"


def gather(paths: Iterable[Path]) -> Contents:
    """What ``paths`` name, folders with all that is in them, files in scan order; raises OSError."""
    files: dict[Path, Found] = {}
    closed: dict[Path, ClosedFolder] = {}
    for named in sorted(paths, key=lambda path: natural_key(str(path))):
        path = named.resolve()
        if path.is_dir():
            inside = find(path, f"{path}/")
            closed |= {folder.found.path: folder for folder in inside.closed}
        else:
            inside = Contents([Found(path, str(path), path.stat())])
        files |= {found.path: found for found in sorted(inside.files, key=lambda found: found.order)}
    return Contents(list(files.values()), list(closed.values()))


def import_files(
    settings: Settings, database: Database, vault: Vault, paths: Iterable[Path], tray: Tray
) -> Iterator[Arrival]:
    """Take the files of ``paths`` into ``tray``, yielding the arrival of each as it is recorded.

    A file that was imported before and has not changed gives its arrival of then, so that an import
    that broke off can be repeated. Raises OSError, SQLAlchemyError and SandboxError.
    """

    def same(session: Session) -> Tray:
        return session.get_one(Tray, tray.id)

    with Inspector(settings) as inspector:
        intake = Intake(settings, database, vault, inspector)
        refusals = Refusals(database, settings.scan_bytes_max)
        contents = gather(paths)
        for found in contents.files:
            arrival = intake.known(found)
            if arrival is None:
                arrival = _record(intake, refusals, found, same)
            yield arrival
        for folder in contents.closed:
            yield refusals.record_closed(folder, same, ACTOR)


def _record(intake: Intake, refusals: Refusals, found: Found, tray: TrayOf) -> Arrival:
    try:
        return intake.record(found, tray, ACTOR)
    except NotYetError:
        return refusals.record(
            found, tray, ACTOR, "The file was still being written. Import it again when it is whole."
        )
    except UnreadableFileError as error:
        return refusals.record_unreadable(found, tray, ACTOR, error)
