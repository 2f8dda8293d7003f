"""Boxes that straight strokes close: a form's, to write in, or the squares of squared paper."""

from __future__ import annotations

import cv2
import numpy as np

from worker.reading.outlines import Mask, parts_within

# In shares of the side's area: of squared paper, and of a form.
SMALLEST_SQUARE, SMALLEST_CELL, LARGEST_CELL = 0.0005, 0.008, 0.4
# So many boxes that hang together rule a side.
FEWEST_TOGETHER = 4


def cells_in(strokes: Mask) -> int:
    """How many closed boxes straight strokes make, of a size that something is to be written in.

    None on squared paper: among its small squares a few larger boxes are only where a rule was broken.
    """
    outlines, tree = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return 0
    holes = [outline for outline, kin in zip(outlines, tree[0], strict=True) if kin[3] >= 0]
    shares = [cv2.contourArea(hole) / strokes.size for hole in holes]
    cells = sum(SMALLEST_CELL <= share <= LARGEST_CELL for share in shares)
    squares = sum(SMALLEST_SQUARE <= share < SMALLEST_CELL for share in shares)
    return cells if cells >= squares else 0


def strokes_of_boxes(strokes: Mask) -> Mask:
    """The strokes that hang together with several closed boxes: a form's, or squared paper's."""
    outlines, tree = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    parents = np.asarray(tree, np.int32).reshape(-1, 4)[:, 3] if outlines else np.zeros(0, np.int32)
    holes = np.bincount(parents + 1, minlength=1)[1:]
    full = np.flatnonzero(holes >= FEWEST_TOGETHER).tolist()
    return parts_within(strokes, [np.asarray(outlines[at]) for at in full])
