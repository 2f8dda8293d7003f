"""The watchlist: which files of the inbox are whole, and in which order to take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.files import Found

# How long files wait for others of their folder, so that those put in together keep their order.
COMPANY_SECONDS = 1.0
# How long they wait for one before them that is not whole yet.
UNFINISHED_SECONDS = 30.0
BACKOFF_SECONDS = (1.0, 2.0, 5.0, 15.0, 60.0)


@dataclass(slots=True)
class _Watched:
    found: Found
    since: float
    not_before: float = 0.0
    failures: int = 0
    # Those behind it in its folder wait for it until then.
    holds_until: float = 0.0


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
        return self._before_unfinished(sorted(ready, key=lambda found: found.order), now)

    def postpone(self, found: Found, now: float, seconds: float) -> None:
        """Leave a file that is not whole alone for some seconds, or until it changes.

        Those behind it in its folder wait for it, so that they keep their order, but not for ever.
        """
        watched = self._watched[found.label]
        watched.not_before = now + seconds
        watched.holds_until = watched.holds_until or now + UNFINISHED_SECONDS

    def failed(self, found: Found, now: float, *, holding: bool = False) -> None:
        """Leave a file alone for longer after each failure, or until it changes.

        ``holding``: those behind it in its folder wait for it as for one that is not whole.
        """
        watched = self._watched[found.label]
        pause = BACKOFF_SECONDS[min(watched.failures, len(BACKOFF_SECONDS) - 1)]
        watched.failures += 1
        watched.not_before = now + pause
        watched.holds_until = (watched.holds_until or now + UNFINISHED_SECONDS) if holding else 0.0

    def failures(self, found: Found) -> int:
        """How often a file has failed since it last changed."""
        return self._watched[found.label].failures

    def _note(self, files: dict[str, Found], now: float) -> None:
        for label in self._watched.keys() - files.keys():
            del self._watched[label]
        for label, found in files.items():
            watched = self._watched.get(label)
            if watched is None:
                self._watched[label] = _Watched(found, now)
            elif watched.found.fingerprint != found.fingerprint:
                self._watched[label] = _Watched(found, now, holds_until=watched.holds_until)

    def _moves(self, watched: _Watched, now: float) -> bool:
        return now - watched.since < self._quiet_seconds

    def _is_ready(self, found: Found, moving: set[str], now: float) -> bool:
        watched = self._watched[found.label]
        if self._moves(watched, now) or now < watched.not_before:
            return False
        waited = now - watched.since - self._quiet_seconds
        return found.folder not in moving or waited >= COMPANY_SECONDS

    def _before_unfinished(self, ready: Sequence[Found], now: float) -> list[Found]:
        tried = {found.label for found in ready}
        unfinished = [
            watched.found
            for label, watched in self._watched.items()
            if now < watched.holds_until and label not in tried
        ]
        return [
            found
            for found in ready
            if not any(found.folder == one.folder and found.order > one.order for one in unfinished)
        ]
