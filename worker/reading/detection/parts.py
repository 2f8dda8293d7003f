"""The map of line cores of a strip, put together from maps of its parts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from worker.reading.detection.core_rectangle import Cores

STRIDE = 32
# At the end of a part the network sees less of what is around: so far in, it does not matter.
OVERLAP = 6 * STRIDE

Values = NDArray[np.float32]


def cores_by_parts(cores_of: Callable[[Values], Cores], values: Values, part: int) -> Cores:
    """The map of ``values`` (1, channels, height, width), of which a network sees ``part`` pixels at once.

    All lengths are multiples of ``STRIDE``. Parts overlap, and each gives what lies further from its ends
    than from those of the next one: a line that runs through several is whole on the map.
    """
    rows, columns = values.shape[2:]
    length = max(rows, columns)
    if length <= part:
        return cores_of(values)
    count = -(-(length - OVERLAP) // (part - OVERLAP))
    starts = [int(start) // STRIDE * STRIDE for start in np.linspace(0, length - part, count)]
    seams = [(start + part + after) // 2 for start, after in pairwise(starts)]
    cores = np.empty((rows, columns), np.float32)
    for start, first, last in zip(starts, [0, *seams], [*seams, length], strict=True):
        seen, kept, given = (
            slice(start, start + part),
            slice(first, last),
            slice(first - start, last - start),
        )
        if rows >= columns:
            cores[kept] = cores_of(np.ascontiguousarray(values[:, :, seen]))[given]
        else:
            cores[:, kept] = cores_of(np.ascontiguousarray(values[..., seen]))[:, given]
    return cores
