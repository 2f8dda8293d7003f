"""White columns between lines side by side, looked for between the lines that run across them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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

Worth = tuple[bool, int, float]
"""What gutters are chosen by: columns before a line or two aside, then many lines, then a wide gap."""


class Cut(NamedTuple):
    """Lines by where they stand about a gutter, each a list of indices."""

    above: list[int]
    left: list[int]
    right: list[int]
    below: list[int]


def find_cut(boxes: Boxes, members: list[int]) -> Cut | None:
    """The gutter with the most lines beside it, of these the widest; None where there is one column only.

    ``members`` are indices of ``boxes``; the cut holds each of them once. A gutter lasts from one line that
    runs across it to the next, so that a short line after one of those (the end of a postscript) is below
    it, and in no column.
    """
    if len(members) <= FEWEST_IN_COLUMN:
        return None
    downwards = sorted(members, key=lambda index: boxes[index, 1] + boxes[index, 3])
    lines = boxes[downwards]
    tall = max(1.0, float(np.median(lines[:, 3] - lines[:, 1])))
    best: tuple[Worth, Cut] | None = None
    for x in np.unique(lines[:, 2]):
        across = (lines[:, 0] < x) & (lines[:, 2] > x)
        beside = len(lines) - int(across.sum())
        for start, end in _runs(across):
            # Most are too short to be the best: that is cheap to tell.
            if best and best[0] > (True, end - start, np.inf):
                continue
            worth = _worth(lines[start:end], x, tall, alone=end - start == beside)
            if worth and (best is None or worth > best[0]):
                best = worth, _cut_at(boxes, downwards, (start, end), x)
    return best and best[1]


def _cut_at(boxes: Boxes, downwards: list[int], run: tuple[int, int], x: float) -> Cut:
    """The lines, given from the top downwards, about a gutter at x in a run (first, past the last)."""
    start, end = run
    left = [index for index in downwards[start:end] if boxes[index, 2] <= x]
    right = [index for index in downwards[start:end] if boxes[index, 2] > x]
    return Cut(downwards[:start], left, right, downwards[end:])


def _runs(across: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """The stretches (first, past the last) without any line across, that columns may stand in."""
    ends = np.flatnonzero(np.concatenate([[True], across, [True]])).tolist()
    for before, after in pairwise(ends):
        if after - 1 - before > FEWEST_IN_COLUMN:
            yield before, after - 1


def _worth(lines: Boxes, x: float, tall: float, *, alone: bool) -> Worth | None:
    """What a gutter at x between lines of a run is worth; None where these do not stand in columns.

    ``tall`` is the usual height of a line, in pixels. ``alone`` says that all lines outside of the run go
    across x: otherwise ragged gaps within lines might pass for a gutter, and more has to speak for one.
    """
    is_left = lines[:, 2] <= x
    left, right = lines[is_left], lines[~is_left]
    if not len(left) or not len(right):
        return None
    gap = float(right[:, 0].min() - left[:, 2].max()) / tall
    if gap < GUTTER or not _level(left, right):
        return None
    aligned = _mean_shift(right[:, 0]) <= ALIGNED * tall
    few, many = sorted((left, right), key=len)
    if len(few) >= FEWEST_IN_COLUMN:
        return (True, len(lines), gap) if alone or aligned or gap >= WIDE else None
    block = gap >= (NEAR if aligned else WIDE) and _follow(few)
    if _are_message(many) and (block or (gap >= WIDE and _are_aside(few, many))):
        return False, len(lines), gap
    return None


def _mean_shift(starts: NDArray[np.float64]) -> float:
    """How far lines start from the middle one of their starts, on average, in pixels."""
    return float(np.abs(starts - np.median(starts)).mean())


def _level(left: Boxes, right: Boxes) -> bool:
    """Whether two blocks stand side by side, by half of the less tall one."""
    top, bottom = max(left[:, 1].min(), right[:, 1].min()), min(left[:, 3].max(), right[:, 3].max())
    return bool(bottom - top > 0.5 * min(np.ptp(left[:, [1, 3]]), np.ptp(right[:, [1, 3]])))


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
