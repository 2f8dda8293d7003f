"""Quadrilaterals around lines: turning, cropping and boxing them.

A quad is a float array of shape (4, 2): the corners of a line in pixels (x, y), clockwise in the
sense of the text, starting where its first letter has its top.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.reading import Box

Picture = NDArray[np.uint8]
Quad = NDArray[np.float32]


def width(quad: Quad) -> float:
    """The length of the line in pixels."""
    return float(np.linalg.norm(quad[1] - quad[0]))


def height(quad: Quad) -> float:
    """The height of the line in pixels."""
    return float(np.linalg.norm(quad[3] - quad[0]))


def length_in_heights(quad: Quad) -> float:
    """How many times as long as high the line is; what is lower than a pixel counts as one high."""
    return width(quad) / max(height(quad), 1.0)


def is_tall(quad: Quad) -> bool:
    """True when the text of this quad runs up or down the picture."""
    along = quad[1] - quad[0]
    return bool(abs(along[1]) > abs(along[0]))


def is_stubby(quad: Quad) -> bool:
    """True for a quad so short that its shape does not tell which way its text runs."""
    return width(quad) < 1.5 * height(quad)


def box_of(points: NDArray[Any], shape: tuple[int, ...]) -> Box:
    """The upright box around points, kept inside a picture of ``shape`` (height, width, ...)."""
    rows, columns = shape[:2]
    x0, y0 = np.floor(points.min(axis=0))
    x1, y1 = np.ceil(points.max(axis=0))
    left, top = int(np.clip(x0, 0, columns - 1)), int(np.clip(y0, 0, rows - 1))
    return left, top, int(np.clip(x1, left + 1, columns)), int(np.clip(y1, top + 1, rows))


def turn_quad(quad: Quad, quarter_turns: int) -> Quad:
    """The same line when its text is known to start ``quarter_turns`` corners further on."""
    return np.roll(quad, -quarter_turns, axis=0)


def upside_down(quads: list[Quad]) -> list[Quad]:
    """The same lines read from their other end."""
    return [turn_quad(quad, 2) for quad in quads]


def crop(picture: Picture, quad: Quad, tall: int, stretch: float = 1.0) -> Picture:
    """The line inside ``quad``, straightened, ``tall`` pixels high, ``stretch`` times its own width."""
    wide = max(8, round(stretch * width(quad) * tall / max(height(quad), 1.0)))
    factor = max(1, int(height(quad) // tall))
    # Warping skips pixels where it shrinks a lot: warp to a multiple of the size, then average.
    big_wide, big_tall = wide * factor, tall * factor
    corners = np.array([[0, 0], [big_wide, 0], [big_wide, big_tall], [0, big_tall]], np.float32)
    warp = cv2.getPerspectiveTransform(quad, corners)
    big = cv2.warpPerspective(
        picture, warp, (big_wide, big_tall), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    if factor == 1:
        return np.asarray(big, np.uint8)
    return np.asarray(cv2.resize(big, (wide, tall), interpolation=cv2.INTER_AREA), np.uint8)


def part(quad: Quad, start: float, end: float) -> Quad:
    """The part of the line between two fractions of its length, as a quad."""
    along_top, along_bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.array(
        [
            quad[0] + along_top * start,
            quad[0] + along_top * end,
            quad[3] + along_bottom * end,
            quad[3] + along_bottom * start,
        ],
        np.float32,
    )
