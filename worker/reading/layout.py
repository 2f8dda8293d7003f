"""Reading order: lines to rows, rows to columns, the way a person goes through a page.

Recursive cuts along white space (Nagy and Seth's X-Y cut, 1984), on line boxes instead of pixels,
after the page's own rotation and mean slope are taken out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Quad
from worker.reading.insets import Boxes, insets

GUTTER = 0.3
FEWEST_IN_COLUMN = 3
SAME_ROW = 0.5


def reading_order(quads: list[Quad], right_to_left: bool = False) -> list[int]:
    """Indices of the lines in reading order; quads start where their text starts.

    A permutation of ``range(len(quads))`` whatever the input.
    """
    if not quads:
        return []
    boxes = upright_boxes(quads)
    if right_to_left:
        boxes[:, [0, 2]] = -boxes[:, [2, 0]]
    left, right = insets(boxes)
    aside = {index for block in (*left, *right) for index in block}
    main = [index for index in range(len(quads)) if index not in aside]
    order = [index for block in left for index in _rows(boxes, block)]
    order += _order(boxes, main)
    return order + [index for block in right for index in _rows(boxes, block)]


def columns(quads: list[Quad]) -> list[list[int]]:
    """Indices of the lines that stand in columns side by side; empty when there is only one."""
    if not quads:
        return []
    boxes = upright_boxes(quads)
    cut = _gutter(boxes)
    if cut is None:
        return []
    _, left, right, _ = _around(boxes, list(range(len(quads))), cut)
    return [left, right]


def upright_boxes(quads: list[Quad]) -> Boxes:
    """Boxes (x0, y0, x1, y1) of the lines in a frame turned so that text runs along x."""
    along = np.array([quad[1] - quad[0] for quad in quads], np.float64)
    slope = np.arctan2(along[:, 1].sum(), along[:, 0].sum())
    turn = np.array([[np.cos(slope), -np.sin(slope)], [np.sin(slope), np.cos(slope)]])
    corners = np.array(quads, np.float64) @ turn
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)


def _order(boxes: Boxes, members: list[int]) -> list[int]:
    cut = _gutter(boxes[members])
    if cut is None:
        return _rows(boxes, members)
    top, left, right, bottom = _around(boxes, members, cut)
    return _rows(boxes, top) + _order(boxes, left) + _order(boxes, right) + _rows(boxes, bottom)


def _gutter(boxes: Boxes) -> float | None:
    """The x of a white column that parts two blocks of lines side by side, or None.

    Lines at the very top or bottom may run across it (a letterhead, a signature).
    """
    if len(boxes) < 2 * FEWEST_IN_COLUMN:
        return None
    tall = float(np.median(boxes[:, 3] - boxes[:, 1]))
    best: tuple[float, float] | None = None
    for start in np.unique(boxes[:, 2]):
        after = boxes[boxes[:, 0] >= start - 0.1 * tall]
        if not len(after):
            continue
        middle = (start + after[:, 0].min()) / 2
        gap = _clear_width(boxes, middle)
        if gap >= GUTTER * tall and _balanced(boxes, middle) and (best is None or gap > best[0]):
            best = (gap, middle)
    return None if best is None else best[1]


def _crossing(boxes: Boxes, x: float) -> NDArray[np.bool_]:
    return (boxes[:, 0] < x) & (boxes[:, 2] > x)


def _clear_width(boxes: Boxes, x: float) -> float:
    left, right = boxes[boxes[:, 2] <= x], boxes[boxes[:, 0] >= x]
    return float(right[:, 0].min() - left[:, 2].max()) if len(left) and len(right) else 0.0


def _balanced(boxes: Boxes, x: float) -> bool:
    """Both sides hold a block, side by side, and what crosses lies above or below both."""
    left, right = boxes[boxes[:, 2] <= x], boxes[boxes[:, 0] >= x]
    if min(len(left), len(right)) < FEWEST_IN_COLUMN:
        return False
    top = max(left[:, 1].min(), right[:, 1].min())
    bottom = min(left[:, 3].max(), right[:, 3].max())
    shorter = min(np.ptp(left[:, [1, 3]]), np.ptp(right[:, [1, 3]]))
    across = boxes[_crossing(boxes, x)]
    centres = (across[:, 1] + across[:, 3]) / 2
    first, last = min(left[:, 1].min(), right[:, 1].min()), max(left[:, 3].max(), right[:, 3].max())
    return bool(bottom - top > 0.5 * shorter and not ((centres > first) & (centres < last)).any())


def _around(
    boxes: Boxes, members: list[int], x: float
) -> tuple[list[int], list[int], list[int], list[int]]:
    left = [index for index in members if boxes[index, 2] <= x]
    right = [index for index in members if boxes[index, 0] >= x]
    across = [index for index in members if index not in {*left, *right}]
    first = min(boxes[index, 1] for index in left + right)
    top = [index for index in across if boxes[index, 1] <= first]
    return top, left, right, [index for index in across if index not in set(top)]


def _rows(boxes: Boxes, members: list[int]) -> list[int]:
    """Top to bottom, and left to right within what stands on one row."""
    rows: list[list[int]] = []
    for index in sorted(members, key=lambda index: boxes[index, 1] + boxes[index, 3]):
        if rows and _same_row(boxes, rows[-1], index):
            rows[-1].append(index)
        else:
            rows.append([index])
    return [index for row in rows for index in sorted(row, key=lambda index: boxes[index, 0])]


def _same_row(boxes: Boxes, row: list[int], index: int) -> bool:
    """True when the line stands beside, not below, every line of the row."""
    middle = (boxes[index, 1] + boxes[index, 3]) / 2
    heights = boxes[row, 3] - boxes[row, 1]
    centres = (boxes[row, 1] + boxes[row, 3]) / 2
    beside = (boxes[row, 2] - boxes[index, 0] < heights * 0.5) | (
        boxes[index, 2] - boxes[row, 0] < heights * 0.5
    )
    near = abs(middle - centres.mean()) < SAME_ROW * min(heights.mean(), boxes[index, 3] - boxes[index, 1])
    return bool(near and beside.all())
