"""Files on their way in: what they are, in which order they were scanned, and what to call them."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".download", "~")
_HOUSEKEEPING = {"thumbs.db", "desktop.ini"}
_NUMBER = re.compile(r"(\d+)")

Fingerprint = tuple[int, int, int]
NaturalKey = tuple[tuple[tuple[int, int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file as it was met; ``label`` is its path within the inbox, or as an importer named it."""

    path: Path
    label: str
    stat: os.stat_result

    @property
    def folder(self) -> str:
        """The folder of the inbox that it stands in, at the first level; empty if in none."""
        first, slash, _ = self.label.partition("/")
        return plain(first) if slash else ""

    @property
    def name(self) -> str:
        """Its name as people may see it and a database may keep it."""
        return plain(self.path.name)

    @property
    def fingerprint(self) -> Fingerprint:
        """What changes when somebody writes to the file or puts another in its place."""
        return _fingerprint(self.stat)

    @property
    def made_at(self) -> dt.datetime | None:
        """When it was last written to; None where no calendar has that time."""
        try:
            return dt.datetime.fromtimestamp(self.stat.st_mtime, dt.UTC)
        except (OverflowError, ValueError, OSError):
            return None

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts files into scan order: names as people count, ``scan2`` before ``scan10``, then by age."""
        return (natural_key(self.label), self.stat.st_mtime_ns)

    def is_unchanged(self) -> bool:
        """Whether the same file still stands there, untouched."""
        try:
            present = self.path.lstat()
        except OSError:
            return False
        return stat.S_ISREG(present.st_mode) and _fingerprint(present) == self.fingerprint


def is_ignored(name: str) -> bool:
    """Whether a name is hidden, marks a file that is still being written, or is a system's own."""
    lower = name.casefold()
    return lower.startswith(".") or lower.endswith(_UNFINISHED) or lower in _HOUSEKEEPING


def natural_key(path: str) -> NaturalKey:
    """A sort key for paths under which numbers in a name count as numbers.

    A name goes before those that begin with it: programs call the first scan ``Scan.jpg``, and the next
    ``Scan 1.jpg`` or ``Scan (2).jpg``.
    """
    *folders, name = path.casefold().split("/")
    stem, dot, suffix = name.rpartition(".")
    parts = (*folders, stem, suffix) if dot else (*folders, name)
    return tuple(_with_numbers(part) for part in parts)


def _with_numbers(text: str) -> tuple[tuple[int, int, str], ...]:
    parts = _NUMBER.split(text)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def plain(name: str) -> str:
    """A name without the bytes and characters that no page, log or database can show."""
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in readable
    )


def _fingerprint(present: os.stat_result) -> Fingerprint:
    return present.st_ino, present.st_mtime_ns, present.st_size
