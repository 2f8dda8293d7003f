"""From a map of how likely each pixel lies in the core of a line to the lines themselves.

Each connected core becomes a rectangle, grown back to the line's size (Liao et al., AAAI 2020). A core that
fills its rectangle badly is of several lines, or a bent one, or hangs together with a postmark or a
flourish: it is cut between its lines, then across where it is weakest, and long straight parts are kept.
"""

from __future__ import annotations

import cv2
import numpy as np

from worker.reading.core_cuts import SURE, by_row, filling
from worker.reading.core_rectangle import Cores, Found, Points, Rectangle, rectangle_around

CORE = 0.3
# A single line fills its rectangle at least so well; two that touch do not.
FULL = 0.85
SMALLEST_SIDE = 3.0
MOST_LINES = 400
# In pixels: a few lines and what joins them. More is no writing, and would take seconds.
LARGEST = 30_000


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
