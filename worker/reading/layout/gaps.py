"""White gaps down a side, each from one line that runs across it to the next: where a gutter may be."""

from __future__ import annotations

from itertools import starmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from worker.reading.layout.insets import Boxes


class Gap(NamedTuple):
    """A gap ``wide`` pixels at ``x``, beside the lines from ``start`` to before ``end``.

    ``alone`` says that all other lines run across x.
    """

    start: int
    end: int
    x: float
    wide: float
    alone: bool


def gaps_between(lines: Boxes, fewest: int, narrowest: float) -> list[Gap]:
    """Gaps beside ``fewest`` lines or more, some of them on either side, and no narrower than given.

    Each comes once: first those beside most lines, of these the widest. ``lines`` come from the top
    downwards.
    """
    # All places at once, in rows one after the other: place by place, hundreds of short lines took seconds.
    places, stride = np.unique(lines[:, 2]), len(lines) + 1
    is_left = lines[:, 2] <= places[:, None]
    across = (lines[:, 0] < places[:, None]) & ~is_left
    walls = _in_a_row(across, between=True)
    starts, ends = _runs(walls, fewest)
    if not len(starts):
        return []
    bounds = np.stack([starts, ends], axis=1).ravel()
    left = np.maximum.reduceat(_in_a_row(np.where(is_left, lines[:, 2], -np.inf), -np.inf), bounds)[::2]
    right = np.minimum.reduceat(_in_a_row(np.where(is_left, np.inf, lines[:, 0]), np.inf), bounds)[::2]
    row, beside = starts // stride, (~across).sum(axis=1)
    count, wide = ends - starts, right - left
    alone = count == beside[row]
    # At the place before, the same lines stood on either side between the same lines across.
    known = (left < places[row]) & walls[starts - 1 - stride] & walls[ends - stride]
    known &= alone == (count == beside[row - 1])
    kept = np.flatnonzero(np.isfinite(wide) & (wide >= narrowest) & ~known)
    first = starts % stride - 1
    columns = (first, first + count, places[row], wide, alone)
    order = kept[np.lexsort((-wide[kept], -count[kept]))]
    return list(starmap(Gap, zip(*(column[order].tolist() for column in columns), strict=True)))


def _in_a_row(table: NDArray[Any], between: float) -> NDArray[Any]:
    """The rows of a table one after the other, with a value before each and after the last."""
    rows, columns = table.shape
    row = np.full(rows * (columns + 1) + 1, between, table.dtype)
    row[:-1].reshape(rows, -1)[:, 1:] = table
    return row


def _runs(walls: NDArray[np.bool_], fewest: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where stretches between walls start, and where each ends: those of ``fewest`` places or more."""
    places = np.flatnonzero(walls)
    starts, ends = places[:-1] + 1, places[1:]
    long = ends - starts >= fewest
    return starts[long], ends[long]
