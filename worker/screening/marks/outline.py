"""The outline of a plain sign, as a sample shows it, in several widths of stroke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.screening.marks.ink import Mask, ink_of_sample
from worker.screening.marks.shape_mask import MASK_SIDE, at_fixed_size, drawn_with, filled
from worker.screening.marks.signature import Signature, signature_of

# A shape that fills its convex hull is a disc, a bar or a sheet: too plain to mean anything.
SOLIDITY_MAX = 0.88
MAIN_PART_MIN = 0.8
STROKES = (0.06, 0.12, 0.2)
# An arc with one notch, such as a crescent, is thickened into what large letters are thickened into.
NOTCHES_MIN = 3
NOTCH_DEPTH_MIN = 0.08


@dataclass(frozen=True, slots=True)
class Outline:
    """A sign in several widths of stroke; ``drawn`` if it can be told when drawn by hand."""

    signatures: tuple[Signature, ...]
    drawn: bool


def outline_of_sample(picture: NDArray[np.uint8]) -> Outline | None:
    """A sample's outline; None if it is no plain sign."""
    ink = ink_of_sample(picture)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return None
    main = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[main, cv2.CC_STAT_AREA] < MAIN_PART_MIN * stats[1:, cv2.CC_STAT_AREA].sum():
        return None
    x, y, width, height, _ = (int(value) for value in stats[main])
    mask = at_fixed_size(filled(labels[y : y + height, x : x + width] == main))
    if _solidity(mask) > SOLIDITY_MAX:
        return None
    signatures = tuple(signature_of(variant) for variant in _stroke_widths(mask))
    return Outline(signatures, drawn=_notches(mask) >= NOTCHES_MIN)


def _solidity(mask: Mask) -> float:
    """How much of its convex hull a shape fills (0 to 1)."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.contourArea(cv2.convexHull(outline))
    return float(np.count_nonzero(mask)) / max(hull, 1.0)


def _stroke_widths(mask: Mask) -> Iterator[Mask]:
    """The shape as it is, and drawn along its middle line with pens of several widths."""
    yield mask
    middle = _middle_line(mask)
    for share in STROKES:
        drawn = drawn_with(middle, share)
        if _solidity(drawn) <= SOLIDITY_MAX:
            yield filled(drawn > 0)


def _notches(mask: Mask) -> int:
    """How many deep notches the outline has within its convex hull."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    defects = cv2.convexityDefects(outline, cv2.convexHull(outline, returnPoints=False))
    # Depths are in 256ths of a pixel.
    return int((np.asarray(defects).reshape(-1, 4)[:, 3] > NOTCH_DEPTH_MIN * MASK_SIDE * 256).sum())


def _middle_line(mask: Mask) -> Mask:
    """The morphological skeleton (Lantuéjoul 1977)."""
    pen = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    line = np.zeros_like(mask)
    rest = mask
    while np.any(rest):
        worn = np.asarray(cv2.erode(rest, pen), np.uint8)
        line |= rest & ~np.asarray(cv2.dilate(worn, pen), np.uint8)
        rest = worn
    return line
