"""Lines on a side, looked for at the size that its writing needs."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from mailroom.reading import Box
from worker.reading.detection.core_rectangle import Found
from worker.reading.detection.detector import Detector
from worker.reading.detection.small_print import dense_places, has_thin_rows
from worker.reading.geometry import Picture, height, width
from worker.reading.settings import ReaderSettings
from worker.reading.side.ink import Ink

FEW_STROKES = 150
FEW_LINES = 10
TALL_ENOUGH = 20.0
SMALLER_LINES = 25
KNOWN_FROM = 0.3
# A copy so much larger shows print of 6 points on A4, which is at most so many pixels high on the usual
# one. A line on it is known if it is no longer than its pieces together.
LARGER, TINY, AS_LONG = 2, 12.0, 0.96


class LineFinder:
    """Finds lines in any script: large and few ones on a small copy, small print as it stands."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._detector = Detector()
        self._settings = settings

    def find(self, sheet: Picture, ink: Ink) -> list[Found]:
        """All lines of an RGB sheet, given the ink of its side. Raises EngineError."""
        found = self._on_a_copy(sheet, ink.strokes)
        # Where no line is found at all there is a picture, and whatever is small in it belongs to that.
        for place in dense_places(ink, [line.quad for line in found], sheet.shape) if found else []:
            found += self._close_up(sheet, place, found)
        if has_thin_rows(ink, [line.quad for line in found], sheet.shape):
            return self._with_tiny_print(sheet, found)
        return found

    def _on_a_copy(self, sheet: Picture, strokes: int) -> list[Found]:
        if strokes <= FEW_STROKES:
            found = self._detector.find(sheet, self._settings.sparse_detection_side)
            if found and self._is_enough(sheet, found):
                return found
        return self._detector.find(sheet, self._settings.detection_side)

    def _is_enough(self, sheet: Picture, found: list[Found]) -> bool:
        scale = min(1.0, self._settings.sparse_detection_side / max(sheet.shape[:2]))
        tall = [scale * min(height(line.quad), width(line.quad)) for line in found]
        return len(found) <= FEW_LINES and float(np.percentile(tall, SMALLER_LINES)) >= TALL_ENOUGH

    def _with_tiny_print(self, sheet: Picture, known: list[Found]) -> list[Found]:
        """The lines, those too that are so low that only a larger copy shows them well.

        Of these some are known in pieces, which they replace.
        """
        lines = known
        lowest = TINY * max(sheet.shape[:2]) / self._settings.detection_side
        for line in self._detector.find(sheet, LARGER * self._settings.detection_side):
            pieces = [other for other in lines if _lies_in(other, line)]
            others = [other for other in lines if not _lies_in(other, line)]
            longer = sum(width(piece.quad) for piece in pieces) < AS_LONG * width(line.quad)
            is_new = longer and _share(_covered(sheet.shape, others), line) < KNOWN_FROM
            lines = [*others, line] if is_new and height(line.quad) <= lowest else lines
        return lines

    def _close_up(self, sheet: Picture, place: Box, known: list[Found]) -> list[Found]:
        """The lines in a box of the sheet that are not among those known."""
        left, top, right, bottom = place
        part = np.ascontiguousarray(sheet[top:bottom, left:right])
        taken = _covered(part.shape, known, (left, top))
        return [
            replace(line, quad=line.quad + np.array([left, top], np.float32))
            for line in self._detector.find(part, self._settings.detection_side)
            if _share(taken, line) < KNOWN_FROM
        ]


def _covered(shape: tuple[int, ...], lines: list[Found], corner: tuple[int, int] = (0, 0)) -> Picture:
    """A mask of ``shape`` (height, width, ...) whose top left is ``corner`` (x, y): 1 where lines lie."""
    mask = np.zeros(shape[:2], np.uint8)
    for line in lines:
        cv2.fillPoly(mask, [(line.quad - np.array(corner, np.float32)).astype(np.int32)], (1,))
    return mask


def _lies_in(line: Found, other: Found) -> bool:
    """Whether the middle of a line, nearer its start and nearer its end, lies in another one."""
    start, end = (line.quad[[0, 3]].mean(axis=0), line.quad[[1, 2]].mean(axis=0))
    within = (start + part * (end - start) for part in (0.25, 0.5, 0.75))
    return all(cv2.pointPolygonTest(other.quad, point.tolist(), False) >= 0 for point in within)


def _share(taken: Picture, line: Found) -> float:
    """How much of a line lies on what is taken already (0 to 1)."""
    own = np.zeros_like(taken)
    cv2.fillPoly(own, [line.quad.astype(np.int32)], (1,))
    return float(taken[own > 0].mean()) if own.any() else 1.0
