"""Uploaded files are laid in the inbox, where the scanner takes them from; nothing is decoded here."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path, PurePosixPath
from typing import IO

from mailroom.errors import Refusal
from review_ui.wording import clean

CHUNK = 1 << 20
SCANS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".webp")
NAME_BYTES_MAX = 150
UNFINISHED = ".upload-"
SAME_NAMES_MAX = 1000
_KEPT = frozenset(" ._-()")


class UploadRefusedError(Refusal):
    """The file cannot be laid in the inbox."""


def lay(content: IO[bytes], name: str, inbox: Path, folder: str) -> str:
    """Write an upload to ``inbox/folder`` and return the name it got there.

    The file appears under its name only once it is whole and on disk. Raises UploadRefusedError for a
    folder outside the inbox and for a full disk.
    """
    place = _inside(inbox, folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        unfinished = place / f"{UNFINISHED}{secrets.token_hex(8)}"
        try:
            with unfinished.open("xb") as file:
                shutil.copyfileobj(content, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
            return _give_name(unfinished, safe_name(name))
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise UploadRefusedError(
            f"The file could not be stored: {error.strerror}. Try it again."
        ) from error


def waiting(inbox: Path, folder: str) -> int:
    """How many scans in ``inbox/folder`` the scanner has not taken yet; none where nobody can look."""
    try:
        names = [path.name for path in _inside(inbox, folder).iterdir()]
    except (OSError, UploadRefusedError):
        return 0
    return sum(name.casefold().endswith(SCANS) and not name.startswith(".") for name in names)


def safe_name(name: str) -> str:
    """A file name as a person knows it, without anything a file system or a page could trip over."""
    last = PurePosixPath(clean(name, line_breaks=False).replace("\\", "/")).name
    kept = "".join(c if c.isalnum() or c in _KEPT else "_" for c in last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    room = NAME_BYTES_MAX - len(ending.encode()) - 1
    short = stem.encode()[: max(room, 1)].decode(errors="ignore").strip(" .") or "scan"
    return f"{short}.{ending}" if ending else short


def _inside(inbox: Path, folder: str) -> Path:
    root = inbox.resolve()
    place = (root / folder).resolve()
    if place == root or not place.is_relative_to(root):
        raise UploadRefusedError("This tray has no folder in the inbox to upload to.")
    return place


def _give_name(unfinished: Path, name: str) -> str:
    stem, ending = Path(name).stem, Path(name).suffix
    for count in range(1, SAME_NAMES_MAX):
        wanted = name if count == 1 else f"{stem} ({count}){ending}"
        try:
            # A link never overwrites, so that two uploads of one name both stay.
            unfinished.with_name(wanted).hardlink_to(unfinished)
        except FileExistsError:
            continue
        return wanted
    raise UploadRefusedError(f"There are too many files named {name} in this tray.")
