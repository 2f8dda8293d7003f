"""One or two lines beside others that they are no part of: a name beside a message, a salutation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from worker.reading.layout.insets import GAP_DOWN, Boxes

FEWEST_IN_COLUMN = 3

WIDE, NEAR = 2.0, 0.75
"""How far one or two lines stand away from a column that they are no part of, in line heights.

As good as never are two words of one line as far apart as ``WIDE``, some seven letters. ``NEAR`` is enough
for two lines of which the second starts below the first, as pieces of two lines do by chance alone; with
0.5 that was met in an old letter.
"""

ALIGNED = 0.5
"""How far, on average, the starts of a column's lines are off their middle one, in line heights."""

SAME_ROW, EXACT_ROW = 0.5, 0.2
"""How far apart, in line heights, the middles of two lines on one row may be.

Rows follow each other by hardly more than a line height: by ``SAME_ROW`` whatever stands beside a message
is on one of its rows. Pieces of one line mostly are within ``EXACT_ROW``.
"""

BEYOND = 1.0
"""How far a line stands beyond all of a message, in line heights, if no piece of it ever was so far."""

FULL, MOSTLY_FULL = 3.0, 0.75
"""How near to where the longest does a full line ends, in line heights; how many of a message are full."""

INDENT = 2.0
"""How far from the start of a line the next one may begin, in line heights."""

CLOSE = 0.75
"""Lines with less between them, in line heights, follow each other; with more, there is room for a row."""

LONG = 4.0
"""Lines of a message are longer, in line heights: some 15 letters. What a form asks is shorter."""


class Around(NamedTuple):
    """The lines about a gap, each part from the top downwards.

    ``wide`` is the gap in line heights, ``tall`` a line height in pixels.
    """

    above: Boxes
    left: Boxes
    right: Boxes
    below: Boxes
    wide: float
    tall: float


def has_few_aside(gap: Around) -> bool:
    """Whether one or two lines stand beside a message and are no part of it."""
    few, many = sorted((gap.left, gap.right), key=len)
    if not _are_message(many):
        return False
    block = gap.wide >= (NEAR if are_aligned(gap.right, gap.tall) else WIDE) and _follow(few)
    beyond = gap.wide >= BEYOND and few is gap.right and _is_beyond(few, many)
    return block or beyond or (gap.wide >= WIDE and _are_aside(few, many))


def is_short_message(gap: Around) -> bool:
    """Whether one or two long lines on the left are a message, and the column beside it an address."""
    if len(gap.left) >= FEWEST_IN_COLUMN or len(gap.right) < FEWEST_IN_COLUMN or _leads_below(gap):
        return False
    return _are_long(gap.left) and are_aligned(gap.right, gap.tall) and _follow(gap.right)


def is_salutation(gap: Around) -> bool:
    """Whether one or two lines on the left begin what stands below, beside rows of the sender's address.

    That begins higher up: pieces of lines would have others before them.
    """
    if len(gap.left) >= FEWEST_IN_COLUMN or gap.wide < WIDE or not _follow(gap.right):
        return False
    higher = _centres(gap.left)[0] - _centres(gap.right)[0] > SAME_ROW * gap.tall
    return bool(higher and _leads_below(gap) and not _on_a_row(gap.right, gap.above, SAME_ROW).any())


def _leads_below(gap: Around) -> bool:
    """Whether what stands below follows closely, and begins where the left block does."""
    if not len(gap.below):
        return False
    indent = gap.below[0, 0] - gap.left[-1, 0]
    room = gap.below[0, 1] - max(gap.left[-1, 3], gap.right[-1, 3])
    return bool(abs(indent) <= INDENT * gap.tall and room <= GAP_DOWN * gap.tall)


def _is_beyond(few: Boxes, many: Boxes) -> bool:
    """Whether one line stands on a row of a message that is full without it, as those about it are."""
    apart = np.abs(_centres(many) - _centres(few)[0])
    row, tall = int(apart.argmin()), float(np.median(many[:, 3] - many[:, 1]))
    amid = len(few) == 1 and 0 < row < len(many) - 1 and apart[row] < SAME_ROW * tall
    full = many[:, 2] > many[:, 2].max() - FULL * tall
    return bool(amid and full[row - 1 : row + 2].all() and full.mean() >= MOSTLY_FULL)


def are_aligned(lines: Boxes, tall: float) -> bool:
    """Whether lines start one below the other, as those of a column do."""
    starts = lines[:, 0]
    return float(np.abs(starts - np.median(starts)).mean()) <= ALIGNED * tall


def _are_message(lines: Boxes) -> bool:
    """Whether lines are a column, and long enough not to be what a form asks for."""
    return len(lines) >= FEWEST_IN_COLUMN and _are_long(lines)


def _are_long(lines: Boxes) -> bool:
    """Whether half of some lines or more are longer than what a form asks for."""
    beyond = (lines[:, 2] - lines[:, 0]) - LONG * (lines[:, 3] - lines[:, 1])
    return float(np.median(beyond)) > 0


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
