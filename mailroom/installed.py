"""Where an installed package lies, for those of which only data files are used."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def folder_of(package: str) -> Path | None:
    """The folder of a package, found without importing it; None where it is not installed.

    Importing one costs up to 0.7 s, and runs code of no use here: some downloads what it misses.
    """
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None
