"""White columns between lines side by side, looked for between the lines that run across them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from worker.reading.layout.gaps import Gap, gaps_between
from worker.reading.layout.insets import GAP_DOWN, Boxes

GUTTER = 0.3
"""The narrowest gutter between two columns, in line heights: hands leave little."""

WIDE, NEAR = 2.0, 0.75
"""How far one or two lines stand away from a column that they are no part of, in line heights.

As good as never are two words of one line as far apart as ``WIDE``, some seven letters. ``NEAR`` is enough
for two lines of which the second starts below the first, as pieces of two lines do by chance alone; with
0.5 that was met in an old letter.
"""

ALIGNED = 0.5
"""How far, on average, the starts of a column's lines are off their middle one, in line heights."""

FEWEST_IN_COLUMN = 3

SAME_ROW, EXACT_ROW = 0.5, 0.2
"""How far apart, in line heights, the middles of two lines on one row may be.

Rows follow each other by hardly more than a line height: by ``SAME_ROW`` whatever stands beside a message
is on one of its rows. Pieces of one line mostly are within ``EXACT_ROW``.
"""

CLOSE = 0.75
"""Lines with less between them, in line heights, follow each other; with more, there is room for a row."""

LONG = 4.0
"""Lines of a message are longer, in line heights: some 15 letters. What a form asks is shorter."""


ALIKE = 0.4
"""Of the lines in two columns at least so many begin where those of one do; of three columns fewer."""


class Cut(NamedTuple):
    """Lines by where they stand about a gutter, each a list of indices."""

    above: list[int]
    left: list[int]
    right: list[int]
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
    for found in gaps_between(lines, FEWEST_IN_COLUMN + 1, GUTTER * tall):
        gap = _without_headings(found, lines, tall)
        is_left = lines[gap.start : gap.end, 2] <= gap.x
        left, right = (lines[gap.start : gap.end][part] for part in (is_left, ~is_left))
        if not _level(left, right):
            continue
        if min(len(left), len(right)) >= FEWEST_IN_COLUMN:
            # Where others are neither beside nor across, ragged gaps within lines might pass for a gutter.
            if gap.alone or gap.wide >= WIDE * tall or _are_aligned(right, tall):
                return _cut_at(gap, downwards, is_left)
        elif aside is None and _has_few_aside(left, right, gap.wide / tall, tall):
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
    """Whether a line above columns stands over the middle of them, and does not begin where others do."""
    middle = (columns[:, 0].min() + columns[:, 2].max()) / 2
    above = line[3] <= columns[:, 1].min() and line[0] < middle < line[2]
    return bool(above and (np.abs(columns[:, 0] - line[0]) <= tall).mean() < ALIKE)


def _cut_at(gap: Gap, downwards: list[int], is_left: NDArray[np.bool_]) -> Cut:
    """The lines, given from the top downwards, about a gap; which of those beside it are on the left."""
    beside = np.array(downwards[gap.start : gap.end])
    left, right = beside[is_left].tolist(), beside[~is_left].tolist()
    return Cut(downwards[: gap.start], left, right, downwards[gap.end :])


def _has_few_aside(left: Boxes, right: Boxes, gap: float, tall: float) -> bool:
    """Whether one or two lines stand beside a message and are no part of it; ``gap`` in line heights."""
    few, many = sorted((left, right), key=len)
    block = gap >= (NEAR if _are_aligned(right, tall) else WIDE) and _follow(few)
    return _are_message(many) and (block or (gap >= WIDE and _are_aside(few, many)))


def _are_aligned(lines: Boxes, tall: float) -> bool:
    """Whether lines start one below the other, as those of a column do."""
    starts = lines[:, 0]
    return float(np.abs(starts - np.median(starts)).mean()) <= ALIGNED * tall


def _level(left: Boxes, right: Boxes) -> bool:
    """Whether two blocks stand side by side, by half of the less tall one.

    Where the first one begins higher up, any part will do: an address that starts beside the last rows of a
    message is read after these all the same.
    """
    top, bottom = max(left[:, 1].min(), right[:, 1].min()), min(left[:, 3].max(), right[:, 3].max())
    least = 0.5 * min(np.ptp(left[:, [1, 3]]), np.ptp(right[:, [1, 3]]))
    return bool(bottom - top > (0 if left[:, 1].min() < right[:, 1].min() else least))


def _are_message(lines: Boxes) -> bool:
    """Whether lines are a column, and long enough not to be what a form asks for."""
    beyond = (lines[:, 2] - lines[:, 0]) - LONG * (lines[:, 3] - lines[:, 1])
    return len(lines) >= FEWEST_IN_COLUMN and float(np.median(beyond)) > 0


def _follow(lines: Boxes) -> bool:
    """Whether several lines stand closely one below the other, as those of an address do."""
    tall = float(np.median(lines[:, 3] - lines[:, 1]))
    return len(lines) > 1 and bool((lines[1:, 1] - lines[:-1, 3] <= CLOSE * tall).all())


def _are_aside(few: Boxes, many: Boxes) -> bool:
    """Whether lines stand beside running text, and not on its rows as pieces of it would.

    A date above, a signature below and a number between two blocks interrupt nothing.
    """
    places = np.searchsorted(_centres(many), _centres(few))
    first_or_last = _on_a_row(few, many[[0, -1]], SAME_ROW)
    if places.min() == 0 or places.max() == len(many) or first_or_last.any():
        return False
    above, below = many[places - 1], many[places]
    tall = np.minimum(above[:, 3] - above[:, 1], below[:, 3] - below[:, 1])
    runs_on = below[:, 1] - above[:, 3] <= GAP_DOWN * tall
    return bool(runs_on.all()) and not bool(_on_a_row(few, many, EXACT_ROW).all())


def _on_a_row(few: Boxes, many: Boxes, near: float) -> NDArray[np.bool_]:
    """Which of a few lines stand on the row of one of many: their middles ``near`` line heights apart."""
    apart = np.abs(_centres(few)[:, None] - _centres(many)[None])
    tall = np.minimum((few[:, 3] - few[:, 1])[:, None], (many[:, 3] - many[:, 1])[None])
    return np.asarray((apart < near * tall).any(axis=1))


def _centres(lines: Boxes) -> NDArray[np.float64]:
    return np.asarray((lines[:, 1] + lines[:, 3]) / 2)
