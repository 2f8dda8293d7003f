"""Small print beside larger writing: a letterhead's column of names is read by itself, not row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
"""Lines as (x0, y0, x1, y1), in a frame turned so that text runs along x."""

SMALLER = 0.5
ROWS_MIN = 3
GAP_ACROSS, GAP_DOWN = 2.0, 1.5
MOSTLY = 0.5


def insets(boxes: Boxes) -> tuple[list[list[int]], list[list[int]]]:
    """Blocks of small lines with larger ones beside them: those on the left, and those on the right.

    A block is the indices of its lines.
    """
    tall = boxes[:, 3] - boxes[:, 1]
    small = np.flatnonzero(tall < SMALLER * _usual(tall, boxes[:, 2] - boxes[:, 0]))
    larger = boxes[np.setdiff1d(np.arange(len(boxes)), small)]
    blocks = [block for block in _blocks(boxes, small.tolist()) if _row_count(boxes[block]) >= ROWS_MIN]
    left = [block for block in blocks if _stand_beside(larger, boxes[block], on_the_right=True)]
    right = [
        block
        for block in blocks
        if block not in left and _stand_beside(larger, boxes[block], on_the_right=False)
    ]
    return left, right


def _usual(tall: NDArray[np.float64], wide: NDArray[np.float64]) -> float:
    """The height of half of all that is written, by area: small lines may be many."""
    order = np.argsort(tall)
    written = np.cumsum((tall * wide)[order])
    return float(tall[order][np.searchsorted(written, written[-1] / 2)])


def _blocks(boxes: Boxes, members: list[int]) -> list[list[int]]:
    """The lines by what stands close together."""
    blocks: list[list[int]] = []
    rest = np.array(members, np.intp)
    while len(rest):
        block, edge, rest = [], [int(rest[0])], rest[1:]
        while edge:
            index = edge.pop()
            block.append(index)
            near = _are_close(boxes[index], boxes[rest])
            edge += rest[near].tolist()
            rest = rest[~near]
        blocks.append(sorted(block))
    return blocks


def _are_close(line: NDArray[np.float64], others: Boxes) -> NDArray[np.bool_]:
    """Which of some other lines stand close to a line."""
    tall = np.minimum(line[3] - line[1], others[:, 3] - others[:, 1])
    across = np.maximum(line[0], others[:, 0]) - np.minimum(line[2], others[:, 2])
    down = np.maximum(line[1], others[:, 1]) - np.minimum(line[3], others[:, 3])
    return np.asarray((across <= GAP_ACROSS * tall) & (down <= GAP_DOWN * tall))


def _row_count(block: Boxes) -> int:
    """How many lines stand one below another: middles half a line apart are another row."""
    middles = np.sort((block[:, 1] + block[:, 3]) / 2)
    step = 0.5 * float(np.median(block[:, 3] - block[:, 1]))
    return 1 + int((np.diff(middles) > step).sum())


def _stand_beside(larger: Boxes, block: Boxes, *, on_the_right: bool) -> bool:
    """Whether larger lines stand on one side of a block, level with it; sloping ones may reach into it."""
    x0, y0 = block[:, :2].min(axis=0)
    x1, y1 = block[:, 2:].max(axis=0)
    level = larger[(larger[:, 1] < y1) & (larger[:, 3] > y0)]
    beyond = level[:, 0] >= x1 if on_the_right else level[:, 2] <= x0
    return bool(len(level)) and float(beyond.mean()) >= MOSTLY
