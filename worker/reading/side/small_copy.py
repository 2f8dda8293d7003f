"""A small copy of a side, on which ink is looked for within the margins: shadows and edges lie in these."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from mailroom.reading import Box
from worker.reading.geometry import Picture
from worker.reading.shrinking import longest_side, shrunk_quickly
from worker.reading.side.paper import strongest_channel

# In pixels the long side of a copy and the least that any side has, in shares of a side its margin.
LOOKED_AT, SMALLEST, MARGIN = 640, 16, 0.03
# How far a pixel in the margins strays from the paper where it is inked, of 255.
UNLIKE_IN_MARGINS = 60
# In pixels: less in the margins is a speck.
SMALLEST_STROKE = 3
# No paper is scanned so dark: the lamp was off, or the picture did not survive its decoder.
DARK, NEARLY_ALL = 20, 0.99


@dataclass(frozen=True, slots=True)
class SmallCopy:
    """An RGB copy of a side with its margins.

    ``scale`` leads from the side's pixels to the copy's, ``offset`` (x, y) is what the margins take off.
    """

    picture: Picture
    scale: float
    offset: tuple[int, int]

    @property
    def inner(self) -> Picture:
        """The copy without its margins."""
        rows, columns = self.picture.shape[:2]
        across, down = self.offset
        return np.ascontiguousarray(self.picture[down : rows - down, across : columns - across])

    @property
    def is_dark(self) -> bool:
        """Whether next to nothing of the side, margins and all, is lighter than black."""
        return float(np.quantile(strongest_channel(self.picture), NEARLY_ALL)) < DARK

    @property
    def strokes_in_margins(self) -> int:
        """How many strokes stand in the margins by themselves: shadows and edges come in from outside."""
        across, down = self.offset
        if not min(self.offset):
            return 0
        paper = np.median(self.picture[::8, ::8].reshape(-1, 3), axis=0)
        stray = strongest_channel(cv2.absdiff(self.picture, np.array([*paper, 0.0])))
        unlike = (stray > UNLIKE_IN_MARGINS).astype(np.uint8)
        unlike[down:-down, across:-across] = 0
        _, _, found, _ = cv2.connectedComponentsWithStats(unlike)
        x0, y0, wide, tall, area = found[1:].T
        rows, columns = unlike.shape
        free = (x0 > 0) & (y0 > 0) & (x0 + wide < columns) & (y0 + tall < rows) & (area >= SMALLEST_STROKE)
        return int(free.sum())

    def within(self, box: Box) -> tuple[slice, slice]:
        """The rows and columns of ``inner`` that lie in a box, given in the side's own pixels."""
        x0, y0, x1, y1 = (round(value * self.scale) for value in box)
        left, top = max(0, x0 - self.offset[0]), max(0, y0 - self.offset[1])
        return slice(top, max(0, y1 - self.offset[1])), slice(left, max(0, x1 - self.offset[0]))


def small_copy(picture: Picture) -> SmallCopy:
    """The small copy of an RGB side."""
    rows, columns = picture.shape[:2]
    scale = min(1.0, longest_side(picture.shape, LOOKED_AT) / max(rows, columns))
    size = (max(SMALLEST, round(columns * scale)), max(SMALLEST, round(rows * scale)))
    offset = (round(size[0] * MARGIN), round(size[1] * MARGIN))
    return SmallCopy(shrunk_quickly(picture, size), scale, offset)
