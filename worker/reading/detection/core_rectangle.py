"""The rectangle around a line's core, and the line that it is the core of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Quad

# The unclip ratio of DB (Liao et al., AAAI 2020), as RapidOCR sets it.
GROWTH = 1.6
# Of a cut core only parts like these are lines; a postmark's letters lie on shorter arcs.
LONG, LONG_BY_TALL = 32.0, 6.0

Cores = NDArray[np.float32]
"""How likely each pixel lies in the core of a line: (height, width), 0 to 1."""
Points = NDArray[np.float32]
"""Pixels of a core, x and y each."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line found: its quad in the picture's pixels and the detector's score (0 to 1).

    One that is not ``to_read`` stands for all that are more than is read of a side, and lies around them.
    """

    quad: Quad
    score: float
    to_read: bool = True


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The smallest rectangle around a core, and how well the core fills it (0 to 1)."""

    centre: Sequence[float]
    sides: Sequence[float]
    angle: float
    score: float

    @property
    def is_straight(self) -> bool:
        """Whether it is long enough, for its height, to be a part of a line."""
        return max(self.sides) >= max(LONG, LONG_BY_TALL * min(self.sides))

    @property
    def turn(self) -> float:
        """The direction of the longer sides, in radians."""
        return float(np.deg2rad(self.angle + (90 if self.sides[1] > self.sides[0] else 0)))

    def grown(self) -> FoundLine:
        """The line that it is the core of."""
        width, height = self.sides
        growth = GROWTH * width * height / (width + height)
        return FoundLine(_corners(self.centre, (width + growth, height + growth), self.angle), self.score)


def rectangle_around(cores: Cores, points: Points) -> Rectangle:
    """The rectangle around some points of the map."""
    centre, sides, angle = cv2.minAreaRect(points)
    return Rectangle(centre, sides, angle, _mean_inside(cores, _corners(centre, sides, angle)))


def _corners(centre: Sequence[float], sides: Sequence[float], angle: float) -> Quad:
    return np.asarray(cv2.boxPoints((centre, sides, angle)), np.float32)


def _mean_inside(cores: Cores, corners: Quad) -> float:
    rows, columns = cores.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, [columns - 1, rows - 1])
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, [columns - 1, rows - 1])
    inside = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(inside, [(corners - [x0, y0]).astype(np.int32)], (1,))
    return float(cv2.mean(cores[y0 : y1 + 1, x0 : x1 + 1], inside)[0])
