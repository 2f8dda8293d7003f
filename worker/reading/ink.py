"""How much is drawn or written on a side, whatever it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.reading import Box
from worker.reading.geometry import Picture
from worker.reading.shrinking import shrunk_quickly

LOOKED_AT = 640
MARGIN = 0.03
GRAINS = 4.0
FAINTEST = 7.0
UNLIKE = 28
TONE = 16
LARGEST_WINDOW = 25
SPECK = 8
RULE = 41
LEANS = (-1, 0, 1)
LONG_STROKE = 0.05
SMALLEST_SQUARE, SMALLEST_CELL, LARGEST_CELL = 0.0005, 0.008, 0.4


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a side is inked: a mask of a small copy without its margins.

    ``scale`` leads from the side's pixels to the small copy's, ``offset`` (x, y) is what the margins
    took off. ``tones`` is the share of the side in colours clearly unlike its commonest one, ``cells``
    how many boxes are ruled on it; ruling itself is no ink. ``grain`` is how far most pixels stray from
    the paper (0 to 255): so much that writing could hide in it where it is no paper at all.
    """

    mask: NDArray[np.uint8]
    scale: float
    offset: tuple[int, int]
    tones: float
    cells: int
    grain: float

    @property
    def share(self) -> float:
        """The inked share of the side (0 to 1)."""
        return float(self.mask.mean())

    @property
    def drawn(self) -> float:
        """The share of the side in strokes that hang together over a twentieth of it: no specks."""
        _, labels, found, _ = cv2.connectedComponentsWithStats(self.mask)
        least = max(self.mask.shape) * LONG_STROKE
        long = np.maximum(found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_HEIGHT]) >= least
        long[0] = False
        return float(long[np.asarray(labels)].mean())

    @property
    def strokes(self) -> int:
        """How many strokes, or joined ones, stand on the side; specks do not count."""
        _, _, found, _ = cv2.connectedComponentsWithStats(self.mask)
        return int((found[1:, cv2.CC_STAT_AREA] > SPECK).sum())

    def outside(self, boxes: list[Box]) -> float:
        """The share of the side inked outside of some boxes, given in the side's own pixels."""
        rest = self.mask.copy()
        for box in boxes:
            x0, y0, x1, y1 = (round(value * self.scale) for value in box)
            left, top = max(0, x0 - self.offset[0]), max(0, y0 - self.offset[1])
            rest[top : max(0, y1 - self.offset[1]), left : max(0, x1 - self.offset[0])] = 0
        return float(rest.mean())


def ink_on(picture: Picture) -> Ink:
    """Measure an RGB picture against its own paper: colour, shadow and grain are no ink.

    The paper is a heavy median of the side itself; the grain is how far most pixels stray from it.
    """
    rows, columns = picture.shape[:2]
    scale = min(1.0, LOOKED_AT / max(rows, columns))
    size = (max(16, round(columns * scale)), max(16, round(rows * scale)))
    small = shrunk_quickly(picture, size)
    cut_x, cut_y = round(size[0] * MARGIN), round(size[1] * MARGIN)
    inner = np.ascontiguousarray(small[cut_y : size[1] - cut_y, cut_x : size[0] - cut_x])
    stray = _most(cv2.absdiff(cv2.GaussianBlur(inner, (3, 3), 0), _paper(inner)))
    grain = float(np.median(stray))
    inked = (stray > max(FAINTEST, GRAINS * grain)).astype(np.uint8)
    rules = _rules(inked)
    drawn = cv2.morphologyEx(np.where(rules > 0, 0, inked), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    tones = _unlike_paper(inner[::2, ::2])
    return Ink(np.asarray(drawn, np.uint8), scale, (cut_x, cut_y), tones, _cells(rules), grain)


def _paper(picture: Picture) -> Picture:
    """The side without what stands on it: a heavy median, at half the size in a quarter of the time."""
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    window = max(3, min(half.shape[:2]) // 12) | 1
    median = cv2.medianBlur(half, min(window, LARGEST_WINDOW))
    return np.asarray(cv2.resize(median, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def _most(picture: NDArray[Any]) -> NDArray[np.uint8]:
    """The highest of the three channels, pixel by pixel."""
    first, second, third = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(first, second), third), np.uint8)


def _rules(inked: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Straight level and upright lines, leaning three degrees at most: a page's ruling, a form's boxes."""
    rules = np.zeros_like(inked)
    for lean in LEANS:
        level = np.zeros((2 * abs(lean) + 1, RULE), np.uint8)
        cv2.line(level, (0, abs(lean) - lean), (RULE - 1, abs(lean) + lean), (1,))
        for kernel in (level, np.ascontiguousarray(level.T)):
            rules = np.maximum(rules, cv2.morphologyEx(inked, cv2.MORPH_OPEN, kernel))
    return np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8)), np.uint8)


def _cells(rules: NDArray[np.uint8]) -> int:
    """How many closed boxes the rules make, of a size that something is to be written in.

    None on squared paper: among its small squares a few larger boxes are only where a rule was broken.
    """
    outlines, tree = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return 0
    holes = [outline for outline, kin in zip(outlines, tree[0], strict=True) if kin[3] >= 0]
    shares = [cv2.contourArea(hole) / rules.size for hole in holes]
    cells = sum(SMALLEST_CELL <= share <= LARGEST_CELL for share in shares)
    squares = sum(SMALLEST_SQUARE <= share < SMALLEST_CELL for share in shares)
    return cells if cells >= squares else 0


def _unlike_paper(picture: NDArray[Any]) -> float:
    lab = np.asarray(cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2LAB), np.uint8)
    coarse = lab // TONE
    steps = 256 // TONE
    keys = (coarse[..., 0].astype(np.int32) * steps + coarse[..., 1]) * steps + coarse[..., 2]
    common = keys == np.bincount(keys.ravel()).argmax()
    mean = np.array([*cv2.mean(lab, common.astype(np.uint8))[:3], 0.0])
    return float((_most(cv2.absdiff(lab, mean)) > UNLIKE).mean())
