"""A shape as a mask: filled, at a fixed size, drawn over with a pen."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.screening.marks.ink import Mask

MASK_SIDE = 96


def filled(part: NDArray[np.bool_]) -> Mask:
    """A connected part of a picture with its holes."""
    mask = np.zeros(part.shape, np.uint8)
    outlines, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(mask, outlines, -1, 255, cv2.FILLED)
    return mask


def at_fixed_size(mask: Mask, least: int = 128) -> Mask:
    """The shape at a fixed size, with room for a wider stroke; fainter than ``least`` is left out."""
    scale = MASK_SIDE / max(mask.shape)
    small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rim = MASK_SIDE // 8
    framed = cv2.copyMakeBorder(small, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=0)
    return np.asarray((framed >= least) * np.uint8(255), np.uint8)


def drawn_with(mask: Mask, share: float) -> Mask:
    """The shape drawn over with a round pen, its width a share of the shape's size."""
    width = max(round(share * MASK_SIDE), 3)
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return np.asarray(cv2.dilate(mask, pen), np.uint8)
