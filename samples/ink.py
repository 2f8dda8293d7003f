"""Pens: turn a mask of strokes into ink on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.noise import Field, displace, fine, smooth

Colour = tuple[int, int, int]
PIXELS_PER_PITCH = 60.0


@dataclass(frozen=True, slots=True)
class Pen:
    """How a writing tool leaves its colour.

    ``cover`` is the part of the paper that the ink hides, ``uneven`` how much that varies along a
    stroke, ``grain`` how much the paper's tooth breaks it up, ``weight`` the thickening in pixels at a
    line pitch of 60.
    """

    colour: Colour
    cover: float
    uneven: float = 0.06
    grain: float = 0.0
    weight: float = 0.0
    shaky: bool = True


PENS: dict[str, Pen] = {
    "biro-blue": Pen((38, 52, 140), 0.90, 0.10),
    "biro-black": Pen((38, 38, 44), 0.90, 0.10),
    "biro-red": Pen((178, 36, 44), 0.88, 0.10),
    "biro-green": Pen((30, 110, 72), 0.86, 0.10),
    "ink-blue": Pen((24, 34, 96), 0.92, 0.16, weight=0.2),
    "ink-violet": Pen((92, 44, 140), 0.88, 0.14),
    "felt-black": Pen((28, 28, 32), 0.95, 0.04, weight=0.5),
    "felt-blue": Pen((28, 84, 180), 0.92, 0.05, weight=0.5),
    "felt-pink": Pen((214, 58, 130), 0.90, 0.05, weight=0.5),
    "felt-green": Pen((32, 140, 84), 0.90, 0.05, weight=0.5),
    "pencil": Pen((74, 74, 80), 0.72, 0.12, grain=0.35),
    "pencil-faint": Pen((112, 112, 118), 0.42, 0.12, grain=0.45),
    "print": Pen((22, 22, 24), 0.97, 0.01, shaky=False),
    "typewriter": Pen((44, 42, 56), 0.88, 0.10, grain=0.12, weight=0.2, shaky=False),
    "white": Pen((246, 244, 238), 0.92, 0.08, weight=0.6),
}


def write(paper: Field, mask: NDArray[np.uint8], pen: Pen, pitch: float, rng: np.random.Generator) -> Field:
    """Ink ``mask`` (height, width; 255 is a stroke) on ``paper`` (height, width, 3; 0 to 255).

    ``pitch`` is the distance between lines in pixels, to which the pen's size is scaled.
    """
    if pen.shaky:
        mask = displace(mask, 0.012 * pitch, 0.5 * pitch, rng)
        mask = displace(mask, 0.04 * pitch, 5 * pitch, rng)
    alpha = _pressed(mask, pen.weight * pitch / PIXELS_PER_PITCH, pen, rng)
    alpha *= pen.cover * (1 + pen.uneven * np.tanh(smooth(mask.shape[:2], 1.5 * pitch, rng)))
    if pen.grain:
        alpha *= 1 - pen.grain * np.clip(0.5 + 0.6 * fine(mask.shape[:2], 0.8, rng), 0, 1)
    return lay(paper, alpha, pen.colour)


def lay(paper: Field, alpha: NDArray[np.floating[Any]], colour: Colour) -> Field:
    """Cover ``paper`` with ``colour`` to the degree ``alpha`` (height, width; 0 to 1)."""
    share = np.clip(np.asarray(alpha, np.float32), 0, 1)[..., None]
    return np.asarray(paper * (1 - share) + np.asarray(colour, np.float32) * share, dtype=np.float32)


def _pressed(mask: NDArray[np.uint8], thicken: float, pen: Pen, rng: np.random.Generator) -> Field:
    """Strokes as coverage from 0 to 1, thicker by ``thicken`` pixels and unevenly pressed."""
    if not pen.shaky and thicken <= 0:
        return np.asarray(mask / 255, np.float32)
    if thicken >= 0.5:
        # Widening before blurring keeps the dots of an i, which a blur alone would lose.
        width = 1 + 2 * round(thicken)
        brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
        mask = np.asarray(cv2.dilate(mask, brush), np.uint8)
    spread = np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.75), np.float32) / 255
    threshold = 0.32 + 0.035 * smooth(mask.shape[:2], 40, rng)
    covered = np.clip((spread - threshold) * 4 + 0.5, 0, 1)
    # Where no stroke is near, no ink is, however low the threshold.
    return np.asarray(covered * np.clip(spread * 10, 0, 1), dtype=np.float32)
