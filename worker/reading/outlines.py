"""Outlines around the connected parts of a mask, and the parts that some run around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
"""What is marked of a picture: (height, width), 0 or 1."""
Outline = NDArray[Any]
"""Pixels (n, 1, 2) that run around a connected part, x and y each; straight runs by their ends alone."""


def outer_outlines(mask: Mask) -> list[Outline]:
    """What runs around each connected part of a mask, one within a hole of another too."""
    found, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    kin = tree[0] if found else ()
    return [
        np.asarray(outline) for outline, (_, _, _, around) in zip(found, kin, strict=True) if around < 0
    ]


def parts_within(mask: Mask, outlines: Sequence[Outline]) -> Mask:
    """The connected parts of a mask that some outlines, each of one part, run around."""
    if not outlines:
        return np.zeros_like(mask)
    count, labels = cv2.connectedComponents(mask)
    kept = np.zeros(count, np.uint8)
    for outline in outlines:
        x, y = outline[0, 0]
        kept[np.asarray(labels)[y, x]] = 1
    return np.asarray(kept[np.asarray(labels)], np.uint8)
