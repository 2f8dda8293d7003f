"""Where the lines of text are: the PP-OCRv6 detector.

Differentiable binarisation (Liao et al., AAAI 2020): the network gives a map of how likely each pixel
lies in the core of a line; each connected core becomes a rectangle, grown back to the line's size.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture, Quad
from worker.reading.runtime import Network, bundled_model
from worker.reading.shrinking import shrunk
from worker.reading.upsampling import with_late_doubling

CORE = 0.3
SURE = 0.5
GROWTH = 1.6
STRIDE = 32
SMALLEST_SIDE = 3.0
MOST_LINES = 400
AREA = 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """One line found: its quad in the picture's pixels and the detector's score (0 to 1)."""

    quad: Quad
    score: float


class Detector:
    """Finds lines of text in any script and direction."""

    def __init__(self) -> None:
        self._network = Network(with_late_doubling(bundled_model("PP-OCRv6_det_small.onnx")))

    def find(self, picture: Picture, long_side: int) -> list[Found]:
        """All lines of an RGB picture, looked for on a long side of ``long_side`` pixels.

        Less on a square one, since time and memory go with the area. Raises EngineError.
        """
        rows, columns = picture.shape[:2]
        most = long_side * long_side * AREA
        scale = min(1.0, long_side / max(rows, columns), (most / (rows * columns)) ** 0.5)
        small_size = (_to_stride(columns * scale), _to_stride(rows * scale))
        cores = self._network.run(_as_input(shrunk(picture, small_size)))[0, 0]
        factors = np.array([columns / small_size[0], rows / small_size[1]], np.float32)
        return [Found(order_corners(found.quad * factors), found.score) for found in lines_in(cores)]


def _to_stride(length: float) -> int:
    return max(STRIDE, round(length / STRIDE) * STRIDE)


def _as_input(picture: Picture) -> NDArray[np.float32]:
    """Colours blue first, as the model was trained, from -1 to 1, shape (1, 3, height, width)."""
    values = picture[:, :, ::-1].transpose(2, 0, 1).astype(np.float32)
    return np.ascontiguousarray(values[None] / 127.5 - 1.0)


def lines_in(cores: NDArray[np.float32]) -> list[Found]:
    """The rectangles that a map of line cores (height, width; 0 to 1) stands for."""
    mask = cv2.dilate((cores > CORE).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines[: MOST_LINES * 4]:
        centre, (width, height), angle = cv2.minAreaRect(outline)
        if min(width, height) < SMALLEST_SIDE:
            continue
        corners = np.asarray(cv2.boxPoints((centre, (width, height), angle)), np.float32)
        score = _mean_inside(cores, corners)
        if score < SURE:
            continue
        growth = 2 * GROWTH * width * height / (2 * (width + height))
        grown = (centre, (width + growth, height + growth), angle)
        found.append(Found(np.asarray(cv2.boxPoints(grown), np.float32), score))
    return found[:MOST_LINES]


def _mean_inside(cores: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    rows, columns = cores.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, [columns - 1, rows - 1])
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, [columns - 1, rows - 1])
    inside = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(inside, [(corners - [x0, y0]).astype(np.int32)], (1,))
    return float(cv2.mean(cores[y0 : y1 + 1, x0 : x1 + 1], inside)[0])


def order_corners(quad: Quad) -> Quad:
    """Corners clockwise from the top left, the longer side running along the text.

    A line taller than wide is taken to run downwards, its top to the right: text of a page turned
    by a quarter clockwise.
    """
    order = np.argsort(quad[:, 0], kind="stable")
    left, right = quad[order[:2]], quad[order[2:]]
    top_left, bottom_left = left[np.argsort(left[:, 1], kind="stable")]
    top_right, bottom_right = right[np.argsort(right[:, 1], kind="stable")]
    ordered = np.array([top_left, top_right, bottom_right, bottom_left], np.float32)
    wide = np.linalg.norm(ordered[1] - ordered[0])
    tall = np.linalg.norm(ordered[3] - ordered[0])
    return np.roll(ordered, -1, axis=0) if tall >= 1.5 * wide else ordered
