"""Lines cut from a side and set below each other on white: what Tesseract reads best.

On whole sides with shadow, tilt or drawings Tesseract's own layout fails; on straightened lines it does
not (docs/decisions/0102).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture, Quad, crop, height, width

TALL, SMALL = 40, 28
PADDING = 0.12
GAP = 20
DARK = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One line in the strip: the quad that was cut out, and its pixels (top, left, bottom, right)."""

    quad: Quad
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A grey picture of lines below each other, and where each came from."""

    picture: Picture
    rows: tuple[Row, ...]

    def row_at(self, y: float) -> int:
        """The index of the row nearest to a height in the strip."""
        middles = [abs((row.top + row.bottom) / 2 - y) for row in self.rows]
        return int(np.argmin(middles))


def whitened(sheet: Picture) -> Picture:
    """An RGB sheet as dark ink on even white, grey: shadow and the paper's colour divided out."""
    grey = np.asarray(cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY), np.uint8)
    if np.median(grey[::8, ::8]) < DARK:
        grey = 255 - grey
    kernel = np.ones((25, 25), np.uint8)
    paper = cv2.blur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel), (25, 25))
    return np.asarray(cv2.divide(grey, paper, scale=255), np.uint8)


def strip_of(
    grey: Picture,
    quads: list[Quad],
    *,
    right_to_left: bool = False,
    letters: int = TALL,
    stretch: float = 1.0,
) -> Strip:
    """The lines of a grey sheet in a strip, flush on the side where they begin; at least one quad.

    ``letters`` is how high a line comes, in pixels, without the room around it; it comes ``stretch`` times
    as wide as it is.
    """
    padded = [_grown(quad) for quad in quads]
    tall = round(letters * (1 + 2 * PADDING))
    cuts = [_blackened(crop(grey, quad, tall, stretch)) for quad in padded]
    wide = max(cut.shape[1] for cut in cuts) + 2 * GAP
    picture = np.full((GAP + len(cuts) * (tall + GAP), wide), 255, np.uint8)
    rows = []
    for index, (quad, cut) in enumerate(zip(padded, cuts, strict=True)):
        top = GAP + index * (tall + GAP)
        left = wide - GAP - cut.shape[1] if right_to_left else GAP
        picture[top : top + tall, left : left + cut.shape[1]] = cut
        rows.append(Row(quad, top, left, top + tall, left + cut.shape[1]))
    return Strip(picture, tuple(rows))


def cut_of(grey: Picture, quad: Quad, tall: int) -> Picture:
    """One line of a grey sheet with some room around it, ``tall`` pixels high, black on white."""
    return _blackened(crop(grey, _grown(quad), tall))


def _grown(quad: Quad) -> Quad:
    """The quad with some room around: the detector cuts marks above and below letters."""
    tall = max(height(quad), 1.0)
    up = (quad[0] - quad[3]) / tall * tall * PADDING
    along = (quad[1] - quad[0]) / max(width(quad), 1.0) * tall * PADDING
    moved = [quad[0] + up - along, quad[1] + up + along, quad[2] - up + along, quad[3] - up - along]
    return np.array(moved, np.float32)


def _blackened(cut: NDArray[Any]) -> Picture:
    """Ink to black and paper to white."""
    dark, light = np.percentile(cut, (1, 80))
    stretched = (cut.astype(np.float32) - dark) * (255 / max(light - dark, 1.0))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)
