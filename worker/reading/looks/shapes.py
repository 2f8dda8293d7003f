"""What a line looks like without being read: how its strokes run, in small cells along it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture, Quad, width
from worker.reading.other_scripts.strips import cut_of

TALL = 32
CELL = 4
ROWS = TALL // CELL
COURSES = 8
"""Directions that the edge of a stroke can have; the second half is the first one turned round."""
WINDOW = 8
SHOWN = 8

Shapes = NDArray[np.float32]
"""Cells of a line: (columns, rows, courses)."""


def longest(quads: list[Quad]) -> list[Quad]:
    """The lines with the longest first."""
    return sorted(quads, key=lambda quad: -width(quad))


def shapes_of(grey: Picture, quads: list[Quad]) -> list[Shapes]:
    """The cells of each line of a whitened sheet."""
    return [_cells(cut_of(grey, quad, TALL)) for quad in quads]


def turned(shapes: Shapes) -> Shapes:
    """The cells as they would be with the line upside down."""
    return np.roll(shapes[::-1, ::-1], COURSES // 2, axis=2)


def windows(shapes: Shapes, step: int) -> NDArray[np.float32]:
    """The cells under a window as wide as the line is tall, moved along by ``step`` columns."""
    views = np.lib.stride_tricks.sliding_window_view(shapes, WINDOW, axis=0)[::step]
    return np.ascontiguousarray(views.transpose(0, 3, 1, 2)).reshape(len(views), -1)


def _cells(cut: Picture) -> Shapes:
    columns = max(WINDOW, -(-cut.shape[1] // CELL))
    ink = np.zeros((TALL, columns * CELL), np.float32)
    ink[:, : cut.shape[1]] = 1.0 - cut.astype(np.float32) / 255
    down, across = cv2.Sobel(ink, cv2.CV_32F, 0, 1), cv2.Sobel(ink, cv2.CV_32F, 1, 0)
    strength, angle = cv2.cartToPolar(across, down)
    course = np.asarray(angle * (COURSES / (2 * np.pi)) + 0.5, np.int32) % COURSES
    planes = np.stack([strength * (course == number) for number in range(COURSES)], axis=2)
    cells = np.sqrt(cv2.resize(planes, (columns, ROWS), interpolation=cv2.INTER_AREA))
    return np.asarray(cells.transpose(1, 0, 2) / max(float(cells.mean()) * 4, 1e-3), np.float32)
