"""Small pictures with text on them, drawn where a test needs them."""

from __future__ import annotations

import cv2
import numpy as np

from worker.reading.geometry import Picture

LINES = ("Dear Nadia, the first snow fell", "last night and I thought of you", "Warm greetings from Leeds")


def paper(height: int = 600, width: int = 900, tone: int = 245) -> Picture:
    """Bare paper with a little grain."""
    grain = np.random.default_rng(7).normal(0, 1.2, (height, width, 1))
    return np.clip(tone + np.repeat(grain, 3, axis=2), 0, 255).astype(np.uint8)


def card(lines: tuple[str, ...] = LINES) -> Picture:
    """Print on paper, one line below the other."""
    picture = paper()
    for row, line in enumerate(lines):
        cv2.putText(
            picture, line, (60, 140 + 90 * row), cv2.FONT_HERSHEY_COMPLEX, 1.3, (30, 30, 60), 2, cv2.LINE_AA
        )
    return picture


def tilted(picture: Picture, degrees: float) -> Picture:
    """The picture turned anticlockwise about its middle, what is missing filled from its edges."""
    rows, columns = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(picture, turn, (columns, rows), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
