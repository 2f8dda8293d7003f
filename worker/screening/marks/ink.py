"""What of a picture is ink: on a card against the paper around, on a sample against its own ground."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

CONTRAST_MIN = 22.0
RIM_INK_MAX = 0.05

Mask = NDArray[np.uint8]
"""What is marked of a picture: (height, width), 255 or 0."""


def ink_of(picture: NDArray[np.uint8]) -> Mask:
    """Where an RGB picture differs from the paper around, by brightness or colour: 255, elsewhere 0."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    height, width = (max(round(length * 100 / max(lab.shape)), 1) for length in lab.shape[:2])
    small = cv2.resize(lab, (width, height), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(np.asarray(small, np.uint8), 51)
    paper = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    apart = np.linalg.norm(lab.astype(np.float32) - paper.astype(np.float32), axis=2)
    ink = (apart > CONTRAST_MIN).astype(np.uint8) * 255
    # Crayon and a pen's second stroke leave gaps that no eye sees.
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)


def ink_of_sample(picture: NDArray[np.uint8]) -> Mask:
    """What differs from the colour of the sample's own rim."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    apart = np.linalg.norm(lab - np.median(rim, axis=0), axis=2)
    return np.asarray((apart > max(CONTRAST_MIN, float(apart.max()) / 3)) * np.uint8(255), np.uint8)


def trimmed(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A sample without the plain ground around its sign; as it is where it has none."""
    ink = ink_of_sample(picture)
    rim = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]])
    ys, xs = np.nonzero(ink)
    if np.count_nonzero(rim) > RIM_INK_MAX * rim.size or len(xs) == 0:
        return picture
    return np.ascontiguousarray(picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1])
