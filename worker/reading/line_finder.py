"""Lines on a side, looked for at the size that its writing needs."""

from __future__ import annotations

import numpy as np

from worker.reading.cores import Found
from worker.reading.detector import Detector
from worker.reading.geometry import Picture, height, width
from worker.reading.settings import ReaderSettings

FEW_STROKES = 150
FEW_LINES = 10
TALL_ENOUGH = 20.0
SMALLER_LINES = 25


class LineFinder:
    """Finds lines in any script: large and few ones on a small copy, in half the time."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._detector = Detector()
        self._settings = settings

    def find(self, sheet: Picture, strokes: int) -> list[Found]:
        """All lines of an RGB sheet on which so many strokes of ink were counted. Raises EngineError."""
        if strokes <= FEW_STROKES:
            found = self._detector.find(sheet, self._settings.sparse_detection_side)
            if found and self._is_enough(sheet, found):
                return found
        return self._detector.find(sheet, self._settings.detection_side)

    def _is_enough(self, sheet: Picture, found: list[Found]) -> bool:
        scale = min(1.0, self._settings.sparse_detection_side / max(sheet.shape[:2]))
        tall = [scale * min(height(line.quad), width(line.quad)) for line in found]
        return len(found) <= FEW_LINES and float(np.percentile(tall, SMALLER_LINES)) >= TALL_ENOUGH
