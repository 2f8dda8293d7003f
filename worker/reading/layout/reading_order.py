"""Reading order: lines to rows, rows to columns, the way a person goes through a page.

Recursive cuts along white space (Nagy and Seth's X-Y cut, 1984), on line boxes instead of pixels,
after the page's own rotation and mean slope are taken out.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from worker.reading.geometry import Quad
from worker.reading.layout.asides import SAME_ROW
from worker.reading.layout.entries import entries
from worker.reading.layout.gutters import find_cut
from worker.reading.layout.insets import Boxes, insets

OVERLAP = 0.75
"""How far two pieces of one line may lie over each other, in line heights.

Where the detector cut a line in two, both pieces are grown beyond the cut: together by three fifths.
"""


def reading_order(
    quads: list[Quad], right_to_left: bool = False, numbers: Collection[int] = ()
) -> list[int]:
    """Indices of the lines in reading order; quads start where their text starts.

    ``numbers`` are indices of lines that say one, and nothing else. A permutation of ``range(len(quads))``
    whatever the input.
    """
    if not quads:
        return []
    boxes = upright_boxes(quads)
    if right_to_left:
        boxes[:, [0, 2]] = -boxes[:, [2, 0]]
    rows = entries(boxes, numbers)
    around = np.array([[*boxes[row, :2].min(axis=0), *boxes[row, 2:].max(axis=0)] for row in rows])
    return [index for place in _order_of_boxes(around) for index in rows[place]]


def _order_of_boxes(boxes: Boxes) -> list[int]:
    """The order of boxes in a frame turned so that text runs along x, its beginning first."""
    left, right = insets(boxes)
    aside = {index for block in (*left, *right) for index in block}
    main = [index for index in range(len(boxes)) if index not in aside]
    order = [index for block in left for index in _rows(boxes, block)]
    order += _order(boxes, main)
    return order + [index for block in right for index in _rows(boxes, block)]


def columns(quads: list[Quad]) -> list[list[int]]:
    """Indices of the lines that stand in columns side by side; empty when there is only one."""
    if not quads:
        return []
    boxes = upright_boxes(quads)
    cut = find_cut(boxes, list(range(len(quads))))
    return [cut.first, cut.second] if cut else []


def upright_boxes(quads: list[Quad]) -> Boxes:
    """Boxes (x0, y0, x1, y1) of the lines in a frame turned so that text runs along x."""
    along = np.array([quad[1] - quad[0] for quad in quads], np.float64)
    slope = np.arctan2(along[:, 1].sum(), along[:, 0].sum())
    turn = np.array([[np.cos(slope), -np.sin(slope)], [np.sin(slope), np.cos(slope)]])
    corners = np.array(quads, np.float64) @ turn
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)


def _order(boxes: Boxes, members: list[int]) -> list[int]:
    order: list[int] = []
    # No recursion: each part may be hardly smaller than what it was cut from, hundreds deep.
    parts = [members]
    while parts:
        part = parts.pop()
        cut = find_cut(boxes, part)
        if cut is None:
            order += _rows(boxes, part)
        else:
            parts += reversed(cut)
    return order


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
    most = OVERLAP * heights
    beside = (boxes[row, 2] - boxes[index, 0] < most) | (boxes[index, 2] - boxes[row, 0] < most)
    near = abs(middle - centres.mean()) < SAME_ROW * min(heights.mean(), boxes[index, 3] - boxes[index, 1])
    return bool(near and beside.all())
