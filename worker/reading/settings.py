"""What can be set about reading; the defaults are what was measured (docs/reading.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Sizes in pixels: the long side at which lines are looked for, and at which they are read."""

    detection_side: int = 960
    reading_side: int = 2000
