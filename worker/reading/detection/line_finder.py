"""Lines on a side, looked for at the size that its writing needs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from mailroom.reading import Box
from worker.reading.detection.both_ways import found_both_ways, found_turned, mostly_upright
from worker.reading.detection.core_rectangle import FoundLine
from worker.reading.detection.cores import at_most
from worker.reading.detection.detector import Detector
from worker.reading.detection.small_print import dense_places, thin_bands
from worker.reading.detection.taken import is_known, taken_by
from worker.reading.geometry import Picture, Quad, height, width
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import longest_side
from worker.reading.side.ink import Ink

FEW_STROKES = 150
FEW_LINES = 10
TALL_ENOUGH = 20.0
SMALLER_LINES = 25
# A copy so much larger shows print of 6 points on A4, which is at most so many pixels high on the usual
# one. A line on it is known if it is no longer than its pieces together.
LARGER, TINY, AS_LONG, AS_LOW = 2, 12.0, 0.96, 1.5


class LineFinder:
    """Finds lines in any script: large and few ones on a small copy, small print as it stands."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._detector = Detector()
        self._settings = settings

    def find(self, sheet: Picture, ink: Ink) -> list[FoundLine]:
        """All lines of an RGB sheet, given the ink of its side. Raises EngineError.

        Where there are more than are read of a side, the last one is a place around the rest.
        """
        found = found_both_ways(partial(self._on_a_copy, strokes=ink.strokes), sheet)
        # Where no line is found at all there is a picture, and whatever is dense in it belongs to that.
        for place in dense_places(ink, _quads(found), sheet.shape) if found else []:
            found += self._close_up(sheet, place, found)
        for band in thin_bands(ink, _quads(found), sheet.shape):
            found = self._with_tiny_print(sheet, band, found)
        rest = [line.quad for line in found if not line.to_read]
        return at_most([line for line in found if line.to_read], rest)

    def _on_a_copy(self, sheet: Picture, strokes: int) -> list[FoundLine]:
        long_side = self._copy_side(sheet)
        if long_side > self._settings.detection_side:
            return self._detector.find(sheet, long_side, self._settings.detection_side)
        if strokes <= FEW_STROKES:
            found = self._detector.find(sheet, self._settings.sparse_detection_side)
            if found and self._is_enough(sheet, found):
                return found
        return self._detector.find(sheet, long_side)

    def _copy_side(self, sheet: Picture) -> int:
        """How long the copy is on which lines are looked for: of a strip longer than of other sides."""
        return round(longest_side(sheet.shape, self._settings.detection_side))

    def _is_enough(self, sheet: Picture, found: list[FoundLine]) -> bool:
        scale = min(1.0, self._settings.sparse_detection_side / max(sheet.shape[:2]))
        tall = [scale * min(height(line.quad), width(line.quad)) for line in found]
        return len(found) <= FEW_LINES and float(np.percentile(tall, SMALLER_LINES)) >= TALL_ENOUGH

    def _with_tiny_print(self, sheet: Picture, band: Box, known: list[FoundLine]) -> list[FoundLine]:
        """The lines, those of a band too that are so low that only a larger copy shows them well."""
        longest = max(sheet.shape[:2])
        larger = LARGER * self._copy_side(sheet) / longest
        lowest = TINY * longest / self._copy_side(sheet)
        found = self._on_a_part(sheet, band, larger, upright=mostly_upright(known))
        # Lines elsewhere are no pieces of it: to go through all for each took minutes where marks are many.
        lines = _touching(known, found)
        elsewhere = _without(known, lines)
        for line in found:
            if not line.to_read:
                lines = [*lines, line]
            elif height(line.quad) <= lowest:
                lines = _with_line(lines, line)
        return elsewhere + lines

    def _on_a_part(self, sheet: Picture, place: Box, scale: float, *, upright: bool) -> list[FoundLine]:
        """The lines in a box of the sheet, looked for at a scale of it, turned if they are ``upright``."""
        left, top, right, bottom = place
        part = np.ascontiguousarray(sheet[top:bottom, left:right])
        look = partial(self._detector.find, long_side=round(scale * max(part.shape[:2])))
        found = found_turned(look, part) if upright else look(part)
        return [replace(line, quad=line.quad + np.array([left, top], np.float32)) for line in found]

    def _close_up(self, sheet: Picture, place: Box, known: list[FoundLine]) -> list[FoundLine]:
        """The lines in a box of the sheet that are not among those known."""
        left, top, right, bottom = place
        taken = taken_by((line for line in known if line.to_read), sheet.shape)
        scale = self._settings.detection_side / max(right - left, bottom - top)
        found = self._on_a_part(sheet, place, scale, upright=mostly_upright(known))
        return [line for line in found if not line.to_read or not is_known(line, taken)]


def _quads(found: list[FoundLine]) -> list[Quad]:
    return [line.quad for line in found if line.to_read]


def _with_line(lines: list[FoundLine], line: FoundLine) -> list[FoundLine]:
    """The lines and one more, if it is longer than all known pieces of it together; it replaces these."""
    near = [other for other in _touching(lines, [line]) if other.to_read]
    pieces = [other for other in near if _lies_in(other, line)]
    if sum(width(piece.quad) for piece in pieces) >= AS_LONG * width(line.quad):
        return lines
    corner = np.floor(line.quad.min(axis=0))
    wide, tall = (np.ceil(line.quad.max(axis=0) - corner).astype(int) + 1).tolist()
    others = [replace(other, quad=other.quad - corner) for other in _without(near, pieces)]
    if is_known(replace(line, quad=line.quad - corner), taken_by(others, (tall, wide))):
        return lines
    return [*_without(lines, pieces), line]


def _touching(lines: list[FoundLine], others: list[FoundLine]) -> list[FoundLine]:
    """Those of some lines that the upright box around others touches."""
    if not lines or not others:
        return []
    corners, box = np.array([line.quad for line in lines]), np.concatenate([line.quad for line in others])
    touch = (corners.min(axis=1) <= box.max(axis=0)) & (box.min(axis=0) <= corners.max(axis=1))
    return [line for line, near in zip(lines, touch.all(axis=1), strict=True) if near]


def _without(lines: list[FoundLine], others: list[FoundLine]) -> list[FoundLine]:
    """Some lines without others, which are among them."""
    left_out = {id(other) for other in others}
    return [line for line in lines if id(line) not in left_out]


def _lies_in(line: FoundLine, other: FoundLine) -> bool:
    """Whether a line that is not much taller lies in another one with its middle and nearer both ends."""
    start, end = line.quad[[0, 3]].mean(axis=0), line.quad[[1, 2]].mean(axis=0)
    within = (start + part * (end - start) for part in (0.25, 0.5, 0.75))
    as_low = height(line.quad) <= AS_LOW * height(other.quad)
    return as_low and all(cv2.pointPolygonTest(other.quad, point.tolist(), False) >= 0 for point in within)
