"""Children's drawings: motifs drawn with crayon, felt pen or pencil."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.ink import lay
from samples.motifs import MOTIFS, Points, Stroke
from samples.noise import Field, displace, fine


@dataclass(frozen=True, slots=True)
class Place:
    """Where a motif goes: its centre and its size in pixels."""

    x: float
    y: float
    size: float


def draw(paper: Field, motif: str, place: Place, width: float, rng: np.random.Generator) -> Field:
    """Draw the named motif of ``MOTIFS`` on ``paper`` with strokes ``width`` pixels wide."""
    for stroke in MOTIFS[motif](rng):
        paper = draw_stroke(paper, stroke, place, width, rng)
    return paper


def draw_stroke(
    paper: Field, stroke: Stroke, place: Place, width: float, rng: np.random.Generator
) -> Field:
    """Draw one stroke of a motif on ``paper``, ``width`` pixels wide, as unsteadily as a child's hand."""
    points = stroke.points * place.size + (place.x, place.y)
    reach = place.size * 0.1 + width * 3
    x0, y0 = np.floor(np.maximum(points.min(axis=0) - reach, 0)).astype(int)
    x1, y1 = np.ceil(np.minimum(points.max(axis=0) + reach, paper.shape[1::-1])).astype(int)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return paper
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    local = points - (x0, y0)
    if stroke.filled:
        _scribble(mask, local, width, rng)
    _line(mask, local, width)
    mask = displace(mask, width * 0.35, place.size * 0.18 + 4, rng)
    wax = np.clip(0.78 + 0.28 * fine(mask.shape, 1.1, rng), 0.25, 1)
    alpha = np.asarray(mask.astype(np.float32) / 255 * wax * 0.92, np.float32)
    paper = paper.copy()
    paper[y0:y1, x0:x1] = lay(paper[y0:y1, x0:x1], alpha, stroke.colour)
    return paper


def _line(mask: NDArray[np.uint8], points: Points, width: float) -> None:
    thick = max(1, round(width))
    cv2.polylines(mask, [np.round(points * 8).astype(np.int32)], False, 255, thick, cv2.LINE_AA, 3)


def _scribble(mask: NDArray[np.uint8], outline: Points, width: float, rng: np.random.Generator) -> None:
    """Fill ``outline`` with slanting strokes that run a little over its edge."""
    inside = np.zeros_like(mask)
    cv2.fillPoly(inside, [np.round(outline).astype(np.int32)], 255)
    hatch = np.zeros_like(mask)
    height, breadth = mask.shape
    slope = rng.uniform(0.3, 0.8)
    step = width * rng.uniform(1.15, 1.5)
    starts = np.arange(-height * slope, breadth, step)
    zigzag = [(x + (height * slope if i % 2 else 0), height if i % 2 else 0) for i, x in enumerate(starts)]
    jitter = rng.normal(0, width * 0.5, (len(zigzag), 2))
    _line(hatch, np.asarray(zigzag) + jitter, width)
    edge = cv2.dilate(inside, np.ones((3, 3), np.uint8), iterations=max(1, round(width * 0.4)))
    np.maximum(mask, np.minimum(hatch, edge), out=mask)
