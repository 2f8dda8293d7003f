"""A line longer than a network takes at once: seen in parts that overlap, and joined to one.

How a network sees a column depends on what stands about it. Near a cut it sees another thing than on the
whole line, a few columns further in nearly the same: within the overlap there is a place for the joint
where both parts are of one mind, and nothing is lost there or read twice.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

SHARED = 30
"""How many columns (time steps of CTC) neighbouring parts have in common."""
# Nearer to a cut than this both parts see things that are not there: measured on print and handwriting.
EDGE = 8
# A joint lies between two columns; those about it have to agree as well.
ABOUT = 3

Span = tuple[int, int]
"""Columns of a line: the first, and past the last."""
Seen = NDArray[np.float32]
"""What a network sees in each column, its features before the last layer: (columns, values)."""


def spans_of(columns: int, most: int) -> list[Span]:
    """The parts of a line so many columns long: none longer than ``most``, about alike in length."""
    if columns <= most:
        return [(0, columns)]
    alone = columns - SHARED
    step = -(-alone // -(-alone // (most - SHARED)))
    return [(first, min(first + step + SHARED, columns)) for first in range(0, alone, step)]


def joined(parts: Iterable[tuple[int, Seen]]) -> Seen:
    """What is seen of the whole line; each part, in their order, comes with its first column."""
    (_, whole), *others = parts
    for first, seen in others:
        joint = _joint(whole[first : first + SHARED], seen[:SHARED])
        whole = np.concatenate([whole[: first + joint], seen[joint:]])
    return whole


def _joint(before: Seen, after: Seen) -> int:
    """Where in the columns that two parts have in common they see what is most alike."""
    apart = np.linalg.norm(before - after, axis=1) / np.linalg.norm(before, axis=1).clip(1e-6)
    about = np.convolve(apart[EDGE:-EDGE], np.ones(ABOUT), "valid")
    return EDGE + ABOUT // 2 + int(np.argmin(about))
