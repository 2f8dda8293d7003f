"""How much is drawn or written on a side, whatever it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture

LOOKED_AT = 640
MARGIN = 0.03
GRAINS = 4.0
FAINTEST = 7.0


@dataclass(frozen=True, slots=True)
class Ink:
    """``share`` of the side that is inked (0 to 1), and ``tones``: the share of its area in mid tones."""

    share: float
    tones: float


def ink_on(picture: Picture) -> Ink:
    """Measure an RGB picture against its own paper: colour, shadow and grain are no ink.

    The paper is a heavy median of the side itself; the grain is how far most pixels stray from it.
    """
    rows, columns = picture.shape[:2]
    scale = min(1.0, LOOKED_AT / max(rows, columns))
    size = (max(16, round(columns * scale)), max(16, round(rows * scale)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    cut_x, cut_y = round(size[0] * MARGIN), round(size[1] * MARGIN)
    inner = small[cut_y : size[1] - cut_y, cut_x : size[0] - cut_x]
    window = max(3, min(inner.shape[:2]) // 12) | 1
    paper = cv2.medianBlur(np.ascontiguousarray(inner), min(window, 51))
    strays = cv2.GaussianBlur(inner, (3, 3), 0).astype(np.int16) - paper.astype(np.int16)
    stray = np.abs(strays).max(axis=2)
    grain = float(np.median(stray))
    inked = stray > max(FAINTEST, GRAINS * grain)
    opened = cv2.morphologyEx(inked.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return Ink(float(opened.mean()), _tones(inner))


def _tones(picture: NDArray[Any]) -> float:
    """The share of pixels in a colour or grey clearly unlike the most common one."""
    lab = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2LAB).reshape(-1, 3).astype(np.int16)
    coarse = lab // 16
    keys = coarse[:, 0] * 10_000 + coarse[:, 1] * 100 + coarse[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    common = lab[keys == values[counts.argmax()]].mean(axis=0)
    return float((np.abs(lab - common).max(axis=1) > 28).mean())
