"""Folders of the inbox that cannot be looked through: people are told once, beside refused files."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.contents import ClosedFolder
from scanner.refusals import Refusals, tray_of

ACTOR = "scanner"
# A folder that is just being made may be closed for a moment.
PATIENCE_SECONDS = 10.0


class ClosedFolders:
    """Remembers since when folders are closed; times are in seconds of a monotonic clock."""

    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals
        self._since: dict[str, float] = {}
        self._told: dict[str, int] = {}

    def note(self, closed: Sequence[ClosedFolder], now: float) -> None:
        """Take note of the folders that are closed; raises OSError and SQLAlchemyError."""
        present = {folder.found.label for folder in closed}
        for label in self._since.keys() - present:
            del self._since[label]
            self._told.pop(label, None)
        for folder in closed:
            label, changed = folder.found.label, folder.found.stat.st_ctime_ns
            since = self._since.setdefault(label, now)
            if now - since >= PATIENCE_SECONDS and self._told.get(label) != changed:
                self._refusals.record_closed(folder, tray_of(folder.found), ACTOR)
                self._told[label] = changed
