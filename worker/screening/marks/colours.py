"""Flags and other plain fields of colour: found by which colours stand where in a rectangle.

Bands of colour have neither features nor an outline of their own. Each rectangle of bold ink is turned
upright and compared with the sample on a coarse grid, in CIE L*a*b*.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.screening.marks.place import Place, pearson

Colours = NDArray[np.float32]

GRID = 12
CORRELATION_MIN = 0.88
# How far the colours may be off on average, as a distance in L*a*b* of 8 bits: scanners and ink differ.
DISTANCE_MAX = 45.0
# A sample of one colour, or of greys, says too little to be sought.
SPREAD_MIN = 25.0
CHROMA_MIN = 20.0
RECTANGLE_MIN = 0.75
ASPECT_RATIO_MAX = 1.35
SIDE_MIN = 0.04
SIDE_MAX = 0.9
PEN_SHARE = 0.008
# White bands leave a gap in the ink; those up to this share of the card's long side are bridged.
GAPS = (0.0, 0.03, 0.08)
CANDIDATES_MAX = 30


class ColourSample:
    """A sample as a grid of colours; ``is_plain`` tells whether there is anything to seek in it."""

    def __init__(self, picture: NDArray[np.uint8]) -> None:
        self.aspect = picture.shape[1] / picture.shape[0]
        self.grid = _grid(picture)
        spread = float(np.linalg.norm(self.grid.std(axis=(0, 1))))
        chroma = float(np.linalg.norm(self.grid[:, :, 1:] - 128, axis=2).mean())
        self.is_plain = spread >= SPREAD_MIN and chroma >= CHROMA_MIN


class Rectangles:
    """The rectangles of bold ink on a card, upright and as grids of colour."""

    def __init__(self, picture: NDArray[np.uint8], ink: NDArray[np.uint8]) -> None:
        self._found = [(corners, _upright(picture, corners)) for corners in _corners(ink)]

    def place_of(self, sample: ColourSample) -> Place | None:
        """Where a sample's colours stand in its order; None if nowhere."""
        for corners, grid in self._found:
            for turn in range(4):
                turned = np.roll(corners, -turn, axis=0)
                if _is_shaped(turned, sample.aspect) and _alike(np.rot90(grid, turn), sample.grid):
                    return Place(corners)
        return None


def _corners(ink: NDArray[np.uint8]) -> Iterator[NDArray[np.float64]]:
    """Corners (4, 2), clockwise, of the rectangles of ink that are large enough."""
    long_side = max(ink.shape)
    pen = np.ones((max(round(long_side * PEN_SHARE), 3),) * 2, np.uint8)
    bold = cv2.morphologyEx(ink, cv2.MORPH_OPEN, pen)
    for gap in GAPS:
        bridge = np.ones((max(round(long_side * gap), 1),) * 2, np.uint8)
        joined = cv2.morphologyEx(bold, cv2.MORPH_CLOSE, bridge)
        outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        outlines = sorted(outlines, key=cv2.contourArea, reverse=True)[:CANDIDATES_MAX]
        for outline in outlines:
            rectangle = cv2.minAreaRect(outline)
            width, height = rectangle[1]
            if not long_side * SIDE_MIN <= max(width, height) <= long_side * SIDE_MAX:
                continue
            if cv2.contourArea(outline) >= RECTANGLE_MIN * width * height:
                yield np.asarray(cv2.boxPoints(rectangle), np.float64)


def _upright(picture: NDArray[np.uint8], corners: NDArray[np.float64]) -> Colours:
    """The grid of colours between four corners, the first of them at the top left."""
    side = GRID * 4
    frame = np.array([[0, 0], [side, 0], [side, side]], np.float32)
    matrix = cv2.getAffineTransform(frame, np.asarray(corners[:3], np.float32))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return _grid(np.asarray(cv2.warpAffine(picture, matrix, (side, side), flags=flags), np.uint8))


def _grid(picture: NDArray[np.uint8]) -> Colours:
    small = cv2.resize(picture, (GRID, GRID), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float32)


def _is_shaped(corners: NDArray[np.float64], aspect: float) -> bool:
    across = float(np.linalg.norm(corners[1] - corners[0]))
    down = float(np.linalg.norm(corners[2] - corners[1]))
    ratio = across / max(down, 1.0) / aspect
    return 1 / ASPECT_RATIO_MAX <= ratio <= ASPECT_RATIO_MAX


def _alike(seen: Colours, wanted: Colours) -> bool:
    centred = [np.asarray(grid - grid.mean(axis=(0, 1)), np.float32) for grid in (seen, wanted)]
    apart = float(np.linalg.norm(seen - wanted, axis=2).mean())
    return apart <= DISTANCE_MAX and pearson(centred[0], centred[1]) >= CORRELATION_MIN
