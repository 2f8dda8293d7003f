"""Quarantine: files that cannot become cards wait here for a person, each with its reason."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from mailroom.records import Arrival

# Room for the number in front and the ".txt" behind within the 255 bytes of a name.
_NAME_BYTES = 200


def place_of(folder: Path, arrival: Arrival, name: str) -> Path:
    """Where a refused file stands: under its tray's code, numbered by its arrival."""
    kept = os.fsdecode(os.fsencode(name)[-_NAME_BYTES:])
    return folder / arrival.tray.code / f"{arrival.id}-{kept}"


def move(path: Path, folder: Path, arrival: Arrival) -> None:
    """Move a refused file into quarantine with its reason beside it; may be repeated. Raises OSError."""
    place = place_of(folder, arrival, path.name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.with_name(f"{place.name}.txt").write_text(f"{arrival.reason}\n", encoding="utf-8")
    try:
        path.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry(path, place)


def _carry(path: Path, place: Path) -> None:
    """Move to another file system, so that a crash leaves at least one whole copy."""
    draft = place.with_name(f".{place.name}")
    with path.open("rb") as source, draft.open("wb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
    draft.rename(place)
    path.unlink()
