"""The watchlist: which files of the inbox are whole, and in which order to take them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.files import Fingerprint, Found

# How long files wait for others of their folder, so that those put in together keep their order.
COMPANY_SECONDS = 1.0
BACKOFF_SECONDS = (1.0, 2.0, 5.0, 15.0, 60.0)


@dataclass(slots=True)
class _Watched:
    fingerprint: Fingerprint
    since: float
    not_before: float = 0.0
    failures: int = 0


class Watchlist:
    """Remembers when each file was last seen to change; times are in seconds of a monotonic clock."""

    def __init__(self, quiet_seconds: float) -> None:
        self._quiet_seconds = quiet_seconds
        self._watched: dict[str, _Watched] = {}

    @property
    def is_empty(self) -> bool:
        """Whether no file is waited for."""
        return not self._watched

    def look(self, present: Iterable[Found], now: float) -> list[Found]:
        """Take note of the files that are present, and return those to take now, in scan order."""
        files = {found.label: found for found in present}
        self._note(files, now)
        moving = {
            files[label].folder for label, watched in self._watched.items() if self._moves(watched, now)
        }
        ready = [found for found in files.values() if self._is_ready(found, moving, now)]
        return sorted(ready, key=lambda found: found.order)

    def postpone(self, found: Found, now: float, seconds: float) -> None:
        """Leave a file alone for some seconds, or until it changes."""
        self._watched[found.label].not_before = now + seconds

    def failed(self, found: Found, now: float) -> None:
        """Leave a file alone for longer after each failure, or until it changes."""
        watched = self._watched[found.label]
        pause = BACKOFF_SECONDS[min(watched.failures, len(BACKOFF_SECONDS) - 1)]
        watched.failures += 1
        watched.not_before = now + pause

    def _note(self, files: dict[str, Found], now: float) -> None:
        for label in self._watched.keys() - files.keys():
            del self._watched[label]
        for label, found in files.items():
            watched = self._watched.get(label)
            if watched is None or watched.fingerprint != found.fingerprint:
                self._watched[label] = _Watched(found.fingerprint, now)

    def _moves(self, watched: _Watched, now: float) -> bool:
        return now - watched.since < self._quiet_seconds

    def _is_ready(self, found: Found, moving: set[str], now: float) -> bool:
        watched = self._watched[found.label]
        if self._moves(watched, now) or now < watched.not_before:
            return False
        waited = now - watched.since - self._quiet_seconds
        return found.folder not in moving or waited >= COMPANY_SECONDS
