"""The contents of a folder: the files in it and below, and the folders that cannot be looked through."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mailroom.arrivals import NAME_LENGTH
from mailroom.unreadable import UnreadableFileError, reading_one_file
from scanner.files import Found, is_ignored, plain

_GONE = (errno.ENOENT, errno.ENOTDIR)


@dataclass(frozen=True, slots=True)
class ClosedFolder:
    """A folder that could not be looked through, or not to the end."""

    found: Found
    error: UnreadableFileError

    @property
    def name(self) -> str:
        """Its path within the inbox, or as an importer named it; ends with a slash."""
        return plain(self.found.label)[-NAME_LENGTH:] or f"{self.found.name}/"


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a folder: files that are finished by their names, and folders that are closed."""

    files: list[Found] = field(default_factory=list)
    closed: list[ClosedFolder] = field(default_factory=list)


def find(folder: Path, prefix: str = "") -> Contents:
    """Look through a folder and all below it; links are not followed.

    Raises OSError if the folder itself cannot be listed; what vanishes meanwhile is left out.
    """
    contents = Contents()
    with os.scandir(folder) as entries:
        present = list(entries)
    _note(Path(folder), prefix, present, contents)
    return contents


def _note(folder: Path, prefix: str, present: Iterable[os.DirEntry[str]], contents: Contents) -> None:
    fault = None
    for entry in present:
        if is_ignored(entry.name):
            continue
        label = f"{prefix}{entry.name}"
        try:
            with reading_one_file():
                if entry.is_dir(follow_symlinks=False):
                    _enter(Path(entry.path), f"{label}/", contents)
                elif entry.is_file(follow_symlinks=False):
                    contents.files.append(Found(Path(entry.path), label, entry.stat(follow_symlinks=False)))
        except UnreadableFileError as error:
            # One entry may be gone by now; where none can be looked at, the folder is closed.
            fault = fault if error.errno in _GONE else error
    if fault is not None:
        contents.closed.append(ClosedFolder(Found(folder, prefix, folder.lstat()), fault))


def _enter(folder: Path, prefix: str, contents: Contents) -> None:
    try:
        with reading_one_file(), os.scandir(folder) as entries:
            present = list(entries)
    except UnreadableFileError as error:
        if error.errno not in _GONE:
            contents.closed.append(ClosedFolder(Found(folder, prefix, folder.lstat()), error))
        return
    _note(folder, prefix, present, contents)
