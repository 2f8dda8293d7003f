"""White columns between lines side by side, looked for between the lines that run across them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from worker.reading.layout.asides import (
    FEWEST_IN_COLUMN,
    WIDE,
    Around,
    are_aligned,
    has_few_aside,
    is_salutation,
    is_short_message,
)
from worker.reading.layout.gaps import Gap, gaps_between
from worker.reading.layout.insets import Boxes

GUTTER = 0.3
"""The narrowest gutter between two columns, in line heights: hands leave little."""

ALIKE = 0.4
"""Of the lines in two columns at least so many begin where those of one do; of three columns fewer."""


class Cut(NamedTuple):
    """Lines by where they stand about a gutter, each a list of indices, in the order of reading."""

    above: list[int]
    first: list[int]
    second: list[int]
    below: list[int]


def find_cut(boxes: Boxes, members: list[int]) -> Cut | None:
    """The gutter with the most lines beside it, of these the widest; None where there is one column only.

    Columns go before one or two lines aside. ``members`` are indices of ``boxes``; the cut holds each of
    them once. A gutter lasts from one line that runs across it to the next, so that a short line after one
    of those (the end of a postscript) is below it, and in no column.
    """
    if len(members) <= FEWEST_IN_COLUMN:
        return None
    downwards = sorted(members, key=lambda index: boxes[index, 1] + boxes[index, 3])
    lines = boxes[downwards]
    tall = max(1.0, float(np.median(lines[:, 3] - lines[:, 1])))
    aside: Cut | None = None
    for found in gaps_between(lines, FEWEST_IN_COLUMN, GUTTER * tall):
        gap = _without_headings(found, lines, tall)
        is_left = lines[gap.start : gap.end, 2] <= gap.x
        around = _around(gap, lines, is_left, tall)
        if not _level(around.left, around.right):
            continue
        if min(len(around.left), len(around.right)) >= FEWEST_IN_COLUMN:
            # Where others are neither beside nor across, ragged gaps within lines might pass for a gutter.
            if gap.alone or around.wide >= WIDE or are_aligned(around.right, tall):
                return _cut_at(gap, downwards, is_left)
        elif aside is None and is_salutation(around):
            aside = _cut_at(gap, downwards, ~is_left)
        elif aside is None and (is_short_message(around) or has_few_aside(around)):
            aside = _cut_at(gap, downwards, is_left)
    return aside


def _without_headings(gap: Gap, lines: Boxes, tall: float) -> Gap:
    """The gap beside columns alone, without headings above all of them.

    Of three columns or more a short heading crosses no gutter, and would pass for a part of one of them.
    """
    start, end = gap.start, gap.end
    while end - start > FEWEST_IN_COLUMN and _is_heading(lines[start], lines[start + 1 : end], tall):
        start += 1
    return gap._replace(start=start)


def _is_heading(line: NDArray[np.float64], columns: Boxes, tall: float) -> bool:
    """Whether a line above columns stands over their middle or a gutter, and begins where few others do."""
    if line[3] > columns[:, 1].min() or (np.abs(columns[:, 0] - line[0]) <= tall).mean() >= ALIKE:
        return False
    middle = (columns[:, 0].min() + columns[:, 2].max()) / 2
    before, after = columns[:, 2] < line[0], columns[:, 0] > (line[0] + line[2]) / 2
    over_a_gutter = before.any() and after.any() and (before | after).all()
    return bool(line[0] < middle < line[2] or over_a_gutter)


def _around(gap: Gap, lines: Boxes, is_left: NDArray[np.bool_], tall: float) -> Around:
    """The lines, from the top downwards, about a gap; ``is_left`` is of those beside it."""
    beside = lines[gap.start : gap.end]
    above, below = lines[: gap.start], lines[gap.end :]
    return Around(above, beside[is_left], beside[~is_left], below, gap.wide / tall, tall)


def _cut_at(gap: Gap, downwards: list[int], is_first: NDArray[np.bool_]) -> Cut:
    """The lines, given from the top downwards, about a gap; which of those beside it are read first."""
    beside = np.array(downwards[gap.start : gap.end])
    first, second = beside[is_first].tolist(), beside[~is_first].tolist()
    return Cut(downwards[: gap.start], first, second, downwards[gap.end :])


def _level(left: Boxes, right: Boxes) -> bool:
    """Whether two blocks stand side by side, by half of the less tall one.

    Where the first one begins higher up, any part will do: an address that starts beside the last rows of a
    message is read after these all the same.
    """
    top, bottom = max(left[:, 1].min(), right[:, 1].min()), min(left[:, 3].max(), right[:, 3].max())
    least = 0.5 * min(np.ptp(left[:, [1, 3]]), np.ptp(right[:, [1, 3]]))
    return bool(bottom - top > (0 if left[:, 1].min() < right[:, 1].min() else least))
