"""Written by hand or printed, by looks alone: what sits on a line, and whether letters join.

Printed letters stand on their baseline within a pixel or two and keep apart; written ones do neither. A
logistic curve over both. Where lines have been read, ``lettering`` can tell more.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture, Quad, crop, width

TALL = 64
LOOKED_AT = 6
FEWEST_PARTS = 4
SMALLEST_PART = 10
LONGEST_PART = 400
JITTER_WEIGHT, JOINED_WEIGHT, OFFSET = 85.0, 1.25, -4.4
PRINT_BELOW, HAND_ABOVE = 0.25, 0.6


def is_handwritten(grey: Picture, quads: list[Quad]) -> bool | None:
    """True for handwriting, False for print, None when it could be either or too little stands there.

    ``grey`` is the sheet, ``quads`` its lines.
    """
    longest = sorted(quads, key=lambda quad: -width(quad))[:LOOKED_AT]
    parts = [found for found in (parts_of(grey, quad) for quad in longest) if len(found) >= FEWEST_PARTS]
    if not parts:
        return None
    jitter = float(np.mean([baseline_jitter(found) for found in parts]))
    shapes = np.concatenate([found[:, 2] / found[:, 3] for found in parts])
    joined = float(np.percentile(shapes, 90))
    leaning = JITTER_WEIGHT * jitter + JOINED_WEIGHT * joined + OFFSET
    chance = 1 / (1 + math.exp(-leaning))
    if chance < PRINT_BELOW:
        return False
    return True if chance > HAND_ABOVE else None


def parts_of(grey: Picture, quad: Quad) -> NDArray[Any]:
    """Connected parts of ink on a line: rows of (left, top, width, height, area) at a height of 64.

    Ink is what Otsu's threshold (1979) parts from the paper.
    """
    line = cv2.GaussianBlur(crop(grey, quad, TALL), (0, 0), 0.8)
    _, ink = cv2.threshold(line, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if ink.mean() > 127:
        ink = cv2.bitwise_not(ink)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink)
    found = np.asarray(found[1:])
    kept = (
        (found[:, 3] >= SMALLEST_PART) & (found[:, 4] >= 2 * SMALLEST_PART) & (found[:, 2] < LONGEST_PART)
    )
    return found[kept]


def baseline_jitter(parts: NDArray[Any]) -> float:
    """How far the feet of parts stray from a straight line through them, in line heights (median)."""
    return float(np.median(np.abs(strays(parts)))) / TALL


def strays(parts: NDArray[Any]) -> NDArray[np.float64]:
    """How far the foot of each part lies below the line that most stand on, in pixels at a height of 64."""
    feet = (parts[:, 1] + parts[:, 3]).astype(float)
    middles = parts[:, 0] + parts[:, 2] / 2
    along, below = middles - middles.mean(), feet - feet.mean()
    spread = float(along @ along)
    found = below - along * (float(along @ below) / spread if spread else 0.0)
    return np.asarray(found - np.median(found))
