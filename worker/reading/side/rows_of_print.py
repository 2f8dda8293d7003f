"""Rows of print among what seems ruled: so small that their letters run together on a small copy."""

from __future__ import annotations

import cv2
import numpy as np

from worker.reading.geometry import Picture
from worker.reading.outlines import Mask, outer_outlines, parts_within
from worker.reading.shrinking import longest_side

# Print whose letters run together on the small copy is so many pixels high there at most; of its columns at
# full size some are bare, and most others inked over a height, in shares of the longer side, that no dotted
# rule has.
PRINT_TALL, PRINT_COLUMNS, LETTER_TALL = 12, 0.9, 0.0015
# Of the strongest contrast to the paper around it.
INKED = 0.4


def rows_of_print(rules: Mask, clear: Mask, picture: Picture, offset: tuple[int, int]) -> Mask:
    """What of the rules is print, so small that its letters run together on the small copy.

    ``rules`` and ``clear``, what is clearly inked, lie in that copy at ``offset`` (x, y); ``picture`` is
    the side itself.
    """
    rows, columns = (length + 2 * cut for length, cut in zip(rules.shape, offset[::-1], strict=True))
    across, down = picture.shape[1] / columns, picture.shape[0] / rows
    side = max(picture.shape) / longest_side(picture.shape, 1.0)
    small = []
    for outline in outer_outlines(rules):
        left, top, wide, tall = cv2.boundingRect(outline)
        # Rules are thicker all around than what was inked, by up to three times.
        inked = int(clear[top : top + tall, left : left + wide].sum())
        if min(wide, tall) > PRINT_TALL or 6 * inked < cv2.contourArea(outline):
            continue
        x, y = (left + offset[0]) * across, (top + offset[1]) * down
        band = picture[round(y) : round(y + tall * down), round(x) : round(x + wide * across)]
        if band.size and _is_print(band if wide > tall else np.swapaxes(band, 0, 1), side):
            small.append(outline)
    return parts_within(rules, small)


def _is_print(band: Picture, side: float) -> bool:
    """Whether letters stand in a narrow band (height, width, 3) of a side so long: gaps, tall columns."""
    grey = band.min(axis=2).astype(np.int16)
    unlike = abs(grey - np.median(grey[:, ::4]))
    inked = unlike > INKED * unlike.max()
    columns = inked.any(axis=0)
    first, last = inked.argmax(axis=0), len(inked) - 1 - inked[::-1].argmax(axis=0)
    tall = (last - first + 1)[columns]
    return bool(columns.mean() < PRINT_COLUMNS and np.median(tall) >= max(4, LETTER_TALL * side))
