"""Where a sign stands on a card, and how like the sample that place looks."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.reading import Box

FRAME_SIDE = 64
# How far a place may reach over the edge of the card, as a share of its own area.
OUTSIDE_MAX = 0.25


@dataclass(frozen=True, slots=True)
class Place:
    """The corners (4, 2) of the sample's frame on the card, in pixels."""

    corners: NDArray[np.float64]

    @property
    def side(self) -> float:
        """The longer side in pixels."""
        sides = np.linalg.norm(self.corners - np.roll(self.corners, 1, axis=0), axis=1)
        return float(sides.max())

    def is_within(self, width: int, height: int) -> bool:
        """Whether nearly all of it lies on a card of that size."""
        x0, y0 = self.corners.min(axis=0)
        x1, y1 = self.corners.max(axis=0)
        across = max(min(x1, width) - max(x0, 0), 0) * max(min(y1, height) - max(y0, 0), 0)
        return bool(across >= (1 - OUTSIDE_MAX) * (x1 - x0) * (y1 - y0))

    def box(self, scale: float, width: int, height: int) -> Box:
        """The upright box around it on the full scan, which is ``scale`` times as large."""
        x0, y0 = np.floor(self.corners.min(axis=0) * scale)
        x1, y1 = np.ceil(self.corners.max(axis=0) * scale)
        return max(int(x0), 0), max(int(y0), 0), min(int(x1), width), min(int(y1), height)


@dataclass(frozen=True, slots=True)
class Similarity:
    """A turn, a scale and a shift from the sample to the card, as a matrix (2, 3)."""

    matrix: NDArray[np.float64]

    def place_of(self, width: int, height: int) -> Place:
        """The frame of a sample of that size on the card."""
        frame = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64)
        return Place(frame @ self.matrix.T)


def correlation(card: NDArray[np.uint8], sample: NDArray[np.uint8], similarity: Similarity) -> float:
    """The correlation (-1 to 1) of a grey sample with the grey card where the similarity puts it."""
    height, width = sample.shape[:2]
    scale = FRAME_SIDE / max(height, width)
    size = (max(round(width * scale), 8), max(round(height * scale), 8))
    small = cv2.resize(sample, size, interpolation=cv2.INTER_AREA)
    matrix = similarity.matrix @ np.diag([width / size[0], height / size[1], 1.0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    # A large sign is averaged down first, or single pixels would stand for whole patches.
    step = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if step > 1.5:
        card = np.asarray(cv2.GaussianBlur(card, (0, 0), step / 2), np.uint8)
    seen = cv2.warpAffine(card, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    first = np.asarray(cv2.GaussianBlur(small.astype(np.float32), (0, 0), 1.5), np.float32)
    second = np.asarray(cv2.GaussianBlur(seen.astype(np.float32), (0, 0), 1.5), np.float32)
    return pearson(first, second)


def pearson(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """The correlation of two arrays of one shape; 0 where one of them is flat."""
    one, two = first - first.mean(), second - second.mean()
    norm = float(np.sqrt((one * one).sum() * (two * two).sum()))
    return float((one * two).sum()) / norm if norm > 1e-3 else 0.0
