"""Signs that somebody drew along a ruler: few strokes, of which two cross and are no folds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import cv2

from worker.reading.outlines import Outline

Rectangle = Sequence[int]

# A swastika has so many strokes; ruled paper on which some cross has more.
MOST_STROKES = 6
# In shares of a stroke, how far from its ends another has to cross it; of the paper, how long a fold is.
CROSSING, EDGE_TO_EDGE = 0.1, 0.95
# In shares of the side, from so long a stroke at its border shows how far the paper reaches: the hooks of a
# sign that fills the side are half as long as it.
LONG_EDGE = 0.6


def holds_a_cross(level: list[Outline], upright: list[Outline], paper: tuple[int, int]) -> bool:
    """Whether few strokes are all there is, and a level and an upright one cross well within each other.

    Folds cross, too, but run from one edge of the paper to the other: ``paper`` is how wide and tall it is.
    """
    if len(level) + len(upright) > MOST_STROKES:
        return False
    pairs = product(map(cv2.boundingRect, level), map(cv2.boundingRect, upright))
    return any(_cross(*pair) and not _are_folds(*pair, paper) for pair in pairs)


def room_between(edges: list[Outline], shape: tuple[int, ...]) -> int:
    """How far it is from the upper edge of the paper to the lower one, given what is level at the border.

    Where no edge is seen, it is the border of a side of ``shape`` (height, width).
    """
    rows, columns = shape
    top, bottom = 0, rows
    for _, y, wide, tall in map(cv2.boundingRect, edges):
        if wide >= LONG_EDGE * columns and 2 * y + tall < rows:
            top = max(top, y + tall)
        elif wide >= LONG_EDGE * columns:
            bottom = min(bottom, y)
    return bottom - top


def _cross(level: Rectangle, upright: Rectangle) -> bool:
    (x0, y0, wide, thick), (x1, y1, thin, tall) = level, upright
    along, down = (x1 + thin / 2 - x0) / wide, (y0 + thick / 2 - y1) / tall
    return all(CROSSING <= at <= 1 - CROSSING for at in (along, down))


def _are_folds(level: Rectangle, upright: Rectangle, paper: tuple[int, int]) -> bool:
    return level[2] >= EDGE_TO_EDGE * paper[0] and upright[3] >= EDGE_TO_EDGE * paper[1]
