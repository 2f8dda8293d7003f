"""From a map of how likely each pixel lies in the core of a line to the lines themselves.

Each connected core becomes a rectangle, grown back to the line's size (Liao et al., AAAI 2020). A core that
fills its rectangle badly is a bent line, or one that hangs together with a postmark or a flourish: it is
cut across where it is weakest, again and again, and its long straight parts are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Quad

CORE = 0.3
SURE = 0.5
GROWTH = 1.6
SMALLEST_SIDE = 3.0
MOST_LINES = 400
# Of a cut core only parts like these are lines; a postmark's letters lie on shorter arcs.
LONG, LONG_BY_TALL = 32.0, 6.0
# In pixels: a few lines and what joins them. More is no writing, and would take seconds.
LARGEST = 30_000

Cores = NDArray[np.float32]
_Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """One line found: its quad in the picture's pixels and the detector's score (0 to 1)."""

    quad: Quad
    score: float


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """The smallest rectangle around a core, and how well the core fills it (0 to 1)."""

    centre: Sequence[float]
    sides: Sequence[float]
    angle: float
    score: float

    @property
    def is_straight(self) -> bool:
        """Whether it is long enough, for its height, to be a part of a line."""
        return max(self.sides) >= max(LONG, LONG_BY_TALL * min(self.sides))

    def grown(self) -> Found:
        """The line that it is the core of."""
        width, height = self.sides
        growth = GROWTH * width * height / (width + height)
        return Found(_corners(self.centre, (width + growth, height + growth), self.angle), self.score)


def lines_in(cores: Cores) -> list[Found]:
    """The lines that a map of line cores (height, width; 0 to 1) stands for, in its pixels."""
    mask = cv2.dilate((cores > CORE).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = [
        rectangle.grown()
        for outline in outlines[: MOST_LINES * 4]
        for rectangle in _rectangles(cores, np.asarray(outline, np.float32).reshape(-1, 2))
    ]
    return found[:MOST_LINES]


def _rectangles(cores: Cores, outline: _Points) -> list[_Rectangle]:
    """The rectangle of a core, or those of its straight parts where it fills its own badly."""
    whole = _rectangle(cores, outline)
    if min(whole.sides) < SMALLEST_SIDE:
        return []
    if whole.score >= SURE:
        return [whole]
    core = _inside(cores, outline)
    if not len(core) or len(core) > LARGEST:
        return []
    parts = (_rectangle(cores, part) for part in _joined(cores, _filled_parts(cores, core)))
    return [part for part in parts if part.is_straight and min(part.sides) >= SMALLEST_SIDE]


def _rectangle(cores: Cores, points: _Points) -> _Rectangle:
    centre, sides, angle = cv2.minAreaRect(points)
    return _Rectangle(centre, sides, angle, _mean_inside(cores, _corners(centre, sides, angle)))


def _filled_parts(cores: Cores, points: _Points) -> Iterator[_Points]:
    """The points of a core cut across until each part fills its rectangle, from one end to the other."""
    rectangle = _rectangle(cores, points)
    if rectangle.score >= SURE:
        yield points
    elif max(rectangle.sides) >= LONG:
        for half in _halves(cores, points, rectangle):
            yield from _filled_parts(cores, half)


def _halves(cores: Cores, points: _Points, rectangle: _Rectangle) -> Iterator[_Points]:
    """What a cut at the weakest place about the middle leaves: there a space is likeliest."""
    turn = np.deg2rad(rectangle.angle + (90 if rectangle.sides[1] > rectangle.sides[0] else 0))
    along = points @ np.array([np.cos(turn), np.sin(turn)], np.float32)
    place = (along - along.min()).astype(int)
    columns, rows = points.astype(int).T
    mass = np.bincount(place, cores[rows, columns])
    quarter = len(mass) // 4
    cut = quarter + int(np.argmin(mass[quarter : len(mass) - quarter]))
    for half in (points[place < cut], points[place >= cut]):
        yield from _connected(half)


def _connected(points: _Points) -> Iterator[_Points]:
    """The points by what hangs together: a cut may leave several strands."""
    if not len(points):
        return
    columns, rows = (points - points.min(axis=0)).astype(int).T
    mask = np.zeros((rows.max() + 1, columns.max() + 1), np.uint8)
    mask[rows, columns] = 1
    strands = np.asarray(cv2.connectedComponents(mask)[1])[rows, columns]
    for strand in np.unique(strands):
        yield points[strands == strand]


def _joined(cores: Cores, parts: Iterable[_Points]) -> list[_Points]:
    """Parts that fill one rectangle together, as one: most cuts were only needed elsewhere."""
    joined: list[_Points] = []
    for part in parts:
        for place, other in enumerate(joined):
            both = np.concatenate([other, part])
            if _rectangle(cores, both).score >= SURE:
                joined[place] = both
                break
        else:
            joined.append(part)
    return joined


def _inside(cores: Cores, outline: _Points) -> _Points:
    """The pixels (x, y) of the core that an outline runs around."""
    left, top, columns, rows = cv2.boundingRect(outline)
    mask = np.zeros((rows, columns), np.uint8)
    cv2.fillPoly(mask, [(outline - [left, top]).astype(np.int32)], (1,))
    mask &= cores[top : top + rows, left : left + columns] > CORE
    return np.ascontiguousarray(np.argwhere(mask)[:, ::-1] + [left, top], np.float32)


def _corners(centre: Sequence[float], sides: Sequence[float], angle: float) -> Quad:
    return np.asarray(cv2.boxPoints((centre, sides, angle)), np.float32)


def _mean_inside(cores: Cores, corners: Quad) -> float:
    rows, columns = cores.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, [columns - 1, rows - 1])
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, [columns - 1, rows - 1])
    inside = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(inside, [(corners - [x0, y0]).astype(np.int32)], (1,))
    return float(cv2.mean(cores[y0 : y1 + 1, x0 : x1 + 1], inside)[0])
