"""White columns between lines side by side, looked for between the lines that run across them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from worker.reading.insets import Boxes

GUTTER = 0.3
"""The narrowest gutter between two columns, in line heights: hands leave little."""

WIDE = 2.0
"""As good as never are two words of one line as far apart, in line heights: some seven letters."""

ALIGNED = 0.5
"""How far, on average, the starts of a column's lines are off their middle one, in line heights."""

FEWEST_IN_COLUMN = 3

Worth = tuple[int, float]
"""What gutters are chosen by: many lines before few, then a wide gap."""


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
    if len(members) < 2 * FEWEST_IN_COLUMN:
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
            if best and best[0] > (end - start, np.inf):
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
        if after - 1 - before >= 2 * FEWEST_IN_COLUMN:
            yield before, after - 1


def _worth(lines: Boxes, x: float, tall: float, *, alone: bool) -> Worth | None:
    """What a gutter at x between lines of a run is worth; None where these do not stand in columns.

    ``tall`` is the usual height of a line, in pixels. ``alone`` says that all lines outside of the run go
    across x: otherwise ragged gaps within lines might pass for a gutter, and more has to speak for one.
    """
    is_left = lines[:, 2] <= x
    left, right = lines[is_left], lines[~is_left]
    if min(len(left), len(right)) < FEWEST_IN_COLUMN:
        return None
    gap = float(right[:, 0].min() - left[:, 2].max()) / tall
    if gap < GUTTER or not _level(left, right):
        return None
    aligned = _mean_shift(right[:, 0]) <= ALIGNED * tall
    return (len(lines), gap) if alone or aligned or gap >= WIDE else None


def _mean_shift(starts: NDArray[np.float64]) -> float:
    """How far lines start from the middle one of their starts, on average, in pixels."""
    return float(np.abs(starts - np.median(starts)).mean())


def _level(left: Boxes, right: Boxes) -> bool:
    """Whether two blocks stand side by side, by half of the less tall one."""
    top, bottom = max(left[:, 1].min(), right[:, 1].min()), min(left[:, 3].max(), right[:, 3].max())
    return bool(bottom - top > 0.5 * min(np.ptp(left[:, [1, 3]]), np.ptp(right[:, [1, 3]])))
