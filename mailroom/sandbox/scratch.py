"""Scratch: a folder for what a child writes, which goes when the child goes, however it ends.

A child that is killed clears nothing away itself, and what it wrote may be a picture of a card.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

_NAME = re.compile(r"mailroom-scratch-(\d+)-.*")


def make() -> Path:
    """Make a folder for a child of this process; raises OSError."""
    for left in Path(tempfile.gettempdir()).iterdir():
        owner = _NAME.fullmatch(left.name)
        if owner is not None and not _is_alive(int(owner[1])):
            remove(left)
    return Path(tempfile.mkdtemp(prefix=f"mailroom-scratch-{os.getpid()}-"))


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is ours."""
    shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
