"""What can be set about reading; the defaults are what was measured (docs/reading-measured.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Long sides in pixels: where lines are looked for, where a few large ones are, where they are read."""

    detection_side: int = 960
    sparse_detection_side: int = 640
    reading_side: int = 2600
