"""What of a sheet is taken by lines that were found already."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from worker.reading.detection.core_rectangle import FoundLine
from worker.reading.outlines import Mask

# From so much on, a line is one of those that are known.
KNOWN_FROM = 0.3


def taken_by(lines: Iterable[FoundLine], shape: tuple[int, ...]) -> Mask:
    """A mask of ``shape`` (height, width, ...): 1 where lines lie."""
    mask = np.zeros(shape[:2], np.uint8)
    for line in lines:
        cv2.fillPoly(mask, [line.quad.astype(np.int32)], (1,))
    return mask


def is_known(line: FoundLine, taken: Mask) -> bool:
    """Whether much of a line lies on what is taken already."""
    left, top = np.maximum(np.floor(line.quad.min(axis=0)), 0).astype(int).tolist()
    right, bottom = np.ceil(line.quad.max(axis=0)).astype(int).tolist()
    near = taken[top : bottom + 1, left : right + 1]
    own = cv2.fillPoly(np.zeros_like(near), [(line.quad - [left, top]).astype(np.int32)], (1,))
    return not own.any() or float(near[np.asarray(own) > 0].mean()) >= KNOWN_FROM
