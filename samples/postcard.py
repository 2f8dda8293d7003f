"""What a card has besides writing: divider, address lines, stamp and postmark, or a fold."""

from __future__ import annotations

import cv2
import numpy as np

from samples.drawings import Place, draw
from samples.ink import lay
from samples.noise import Field, fine
from samples.paper import pixels

PRINT_GREY = (126, 126, 130)
POSTMARK = (60, 60, 72)


def fixtures(paper: Field, dpi: int, rng: np.random.Generator) -> Field:
    """Draw the divider, four address lines, a stamp with a motif and its postmark on ``paper``."""
    height, width = paper.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    middle, edge = width // 2, pixels(6, dpi)
    thick = max(1, round(dpi / 150))
    cv2.line(mask, (middle, edge), (middle, height - edge), 255, thick)
    first, pitch = round(height * 0.44) + round(pixels(9, dpi) * 0.92), pixels(9, dpi)
    for y in range(first, min(first + 5 * pitch, height - edge // 2), pitch):
        cv2.line(mask, (middle + pixels(5, dpi), y), (width - edge, y), 255, 1)
    paper = lay(paper, mask.astype(np.float32) / 255 * 0.7, PRINT_GREY)
    return _postmark(_stamp(paper, dpi, rng), dpi, rng)


def fold(paper: Field) -> Field:
    """Crease the sheet down its middle: a dark line, and light that falls off towards it."""
    width = paper.shape[1]
    away = np.abs(np.arange(width, dtype=np.float32) - width / 2)
    light = 1 - 0.16 * np.exp(-away / (0.012 * width)) - 0.12 * (away < max(1, width / 900))
    return np.asarray(paper * light[None, :, None], np.float32)


def _stamp(paper: Field, dpi: int, rng: np.random.Generator) -> Field:
    width = paper.shape[1]
    x1, y0 = width - pixels(6, dpi), pixels(6, dpi)
    x0, y1 = x1 - pixels(22, dpi), y0 + pixels(27, dpi)
    alpha = np.zeros(paper.shape[:2], np.uint8)
    cv2.rectangle(alpha, (x0, y0), (x1, y1), 255, -1)
    tooth = max(2, pixels(0.6, dpi))
    for x in range(x0, x1 + 1, tooth * 3):
        for y in (y0, y1):
            cv2.circle(alpha, (x, y), tooth, 0, -1)
    for y in range(y0, y1 + 1, tooth * 3):
        for x in (x0, x1):
            cv2.circle(alpha, (x, y), tooth, 0, -1)
    paper = lay(paper, alpha.astype(np.float32) / 255, (252, 250, 244))
    inner = np.zeros_like(alpha)
    cv2.rectangle(inner, (x0 + 3 * tooth, y0 + 3 * tooth), (x1 - 3 * tooth, y1 - 3 * tooth), 255, -1)
    tint = ((236, 220, 190), (206, 224, 236), (216, 232, 206), (242, 212, 212))[int(rng.integers(4))]
    paper = lay(paper, inner.astype(np.float32) / 255, tint)
    motif = ("bird", "flower", "boat", "tree", "sun")[int(rng.integers(5))]
    return draw(
        paper, motif, Place((x0 + x1) / 2, (y0 + y1) / 2, pixels(17, dpi)), max(1.5, dpi / 110), rng
    )


def _postmark(paper: Field, dpi: int, rng: np.random.Generator) -> Field:
    width = paper.shape[1]
    mask = np.zeros(paper.shape[:2], np.uint8)
    thick = max(1, round(dpi / 120))
    centre = (width - pixels(34, dpi) + int(rng.normal(0, 8)), pixels(20, dpi) + int(rng.normal(0, 6)))
    for radius in (11, 7):
        cv2.circle(mask, centre, pixels(radius, dpi), 255, thick, cv2.LINE_AA)
    xs = np.arange(centre[0] + pixels(11, dpi), width - pixels(3, dpi))
    for offset in (-6, -3, 0, 3, 6):
        ys = centre[1] + pixels(offset, dpi) + np.sin(xs / pixels(3, dpi)) * pixels(0.7, dpi)
        points = np.stack([xs, ys], axis=1).astype(np.int32)
        cv2.polylines(mask, [points], False, 255, thick, cv2.LINE_AA)
    patchy = np.clip(0.6 + 0.35 * fine(paper.shape[:2], 3, rng), 0, 1)
    return lay(paper, np.asarray(mask.astype(np.float32) / 255 * patchy * 0.7, np.float32), POSTMARK)
