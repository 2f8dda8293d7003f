"""From a map of how likely each pixel lies in the core of a line to the lines themselves.

Each connected core becomes a rectangle, grown back to the line's size (Liao et al., AAAI 2020). A core that
fills its rectangle badly is of several lines, or a bent one, or hangs together with a postmark or a
flourish: it is cut between its lines, then across where it is weakest, and long straight parts are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import cv2
import numpy as np

from worker.reading.detection.core_cuts import SURE, by_row, filling
from worker.reading.detection.core_rectangle import Cores, FoundLine, Points, Rectangle, rectangle_around
from worker.reading.outlines import outer_outlines

# The threshold of DB's map, as RapidOCR sets it.
CORE = 0.3
# A single line fills its rectangle at least so well; two that touch do not.
FULL = 0.85
SMALLEST_SIDE = 3.0
# A page of a newspaper has some 650 lines. More take longer to read than a card is given.
MOST_CORES, MOST_LINES = 1_600, 800
# In pixels: a few lines and what joins them. More is no writing, and would take seconds.
LARGEST = 30_000

_Placed = TypeVar("_Placed")


def lines_in(cores: Cores) -> list[FoundLine]:
    """The lines that a map of line cores (height, width; 0 to 1) stands for, in its pixels.

    Where there are more than are read of a side, those are the longest, and the last one found is not to be
    read: it lies around the rest.
    """
    outlines, short = _longest(_outlines(cores), MOST_CORES, lambda outline: outline)
    found = [rectangle.grown() for outline in outlines for rectangle in _rectangles(cores, outline)]
    return at_most(found, short)


def at_most(found: list[FoundLine], rest: list[Points]) -> list[FoundLine]:
    """The longest of some lines, as many as are read of a side, and one place around all others.

    ``rest`` are the points of what is not to be read either, in the same frame.
    """
    lines, shorter = _longest(found, MOST_LINES, lambda line: line.quad)
    left = rest + shorter
    return [*lines, _around(left)] if left else lines


def _outlines(cores: Cores) -> list[Points]:
    """What runs around each core that is no speck; a hole in a core is none."""
    mask = cv2.dilate((cores > CORE).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines = [
        np.asarray(outline, np.float32).reshape(-1, 2)
        for outline in outer_outlines(np.asarray(mask, np.uint8))
    ]
    return [outline for outline in outlines if min(cv2.minAreaRect(outline)[1]) >= SMALLEST_SIDE]


def _longest(
    found: list[_Placed], most: int, points: Callable[[_Placed], Points]
) -> tuple[list[_Placed], list[Points]]:
    """The longest of what was found, in its order, and the points of what is more than ``most``."""
    if len(found) <= most:
        return found, []
    lengths = np.array([max(cv2.minAreaRect(points(one))[1]) for one in found])
    kept = np.sort(np.argsort(-lengths, kind="stable")[:most])
    rest = np.setdiff1d(np.arange(len(found)), kept)
    return [found[place] for place in kept], [points(found[place]) for place in rest]


def _around(places: list[Points]) -> FoundLine:
    """One place, upright, around several; nothing is known of it."""
    points = np.concatenate(places)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return FoundLine(corners, 0.0, to_read=False)


def _rectangles(cores: Cores, outline: Points) -> list[Rectangle]:
    """The rectangle of a core, or those of its lines where it is of several or a bent one."""
    whole = rectangle_around(cores, outline)
    if min(whole.sides) < SMALLEST_SIDE:
        return []
    if whole.score >= FULL:
        return [whole]
    core = _inside(cores, outline)
    lines = list(by_row(cores, core)) if 0 < len(core) <= LARGEST else []
    is_writing = whole.score >= SURE
    if is_writing and len(lines) <= 1:
        return [whole]
    parts = (rectangle_around(cores, part) for line in lines for part in filling(cores, line))
    return [part for part in parts if (is_writing or part.is_straight) and min(part.sides) >= SMALLEST_SIDE]


def _inside(cores: Cores, outline: Points) -> Points:
    """The pixels (x, y) of the core that an outline runs around."""
    left, top, columns, rows = cv2.boundingRect(outline)
    mask = np.zeros((rows, columns), np.uint8)
    cv2.fillPoly(mask, [(outline - [left, top]).astype(np.int32)], (1,))
    mask &= cores[top : top + rows, left : left + columns] > CORE
    return np.ascontiguousarray(np.argwhere(mask)[:, ::-1] + [left, top], np.float32)
