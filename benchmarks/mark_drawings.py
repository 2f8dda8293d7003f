"""Invented signs for measuring how marks are found: RGB pictures (420, 420, 3) on white."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
SIDE = 420
CENTRE = (SIDE // 2, SIDE // 2)


def _blank() -> Picture:
    return np.full((SIDE, SIDE, 3), 255, np.uint8)


def lantern() -> Picture:
    """A badge in a ring, with words."""
    sign = _blank()
    cv2.circle(sign, CENTRE, 190, (20, 60, 140), -1, cv2.LINE_AA)
    cv2.circle(sign, CENTRE, 165, (250, 210, 60), 8, cv2.LINE_AA)
    cv2.rectangle(sign, (165, 130), (255, 260), (255, 255, 255), -1)
    cv2.ellipse(sign, (210, 195), (24, 46), 0, 0, 360, (235, 120, 30), -1, cv2.LINE_AA)
    cv2.line(sign, (150, 130), (270, 130), (255, 255, 255), 12, cv2.LINE_AA)
    cv2.line(sign, (150, 262), (270, 262), (255, 255, 255), 12, cv2.LINE_AA)
    cv2.putText(sign, "LAMPARA", (95, 325), cv2.FONT_HERSHEY_DUPLEX, 1.5, (255, 255, 255), 3, cv2.LINE_AA)
    return sign


def wordmark() -> Picture:
    """A name with a small sign beside it."""
    sign = np.full((170, SIDE, 3), 255, np.uint8)
    cv2.circle(sign, (70, 85), 55, (190, 30, 60), 14, cv2.LINE_AA)
    cv2.line(sign, (35, 120), (105, 50), (190, 30, 60), 14, cv2.LINE_AA)
    cv2.putText(sign, "Quillfare", (140, 85), cv2.FONT_HERSHEY_TRIPLEX, 1.9, (40, 40, 40), 4, cv2.LINE_AA)
    cv2.putText(
        sign, "letters for all", (142, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (90, 90, 90), 2, cv2.LINE_AA
    )
    return sign


def shield() -> Picture:
    """A coat of arms in four fields."""
    sign = _blank()
    outline = np.array([[60, 40], [360, 40], [360, 220], [210, 390], [60, 220]], np.int32)
    cv2.fillPoly(sign, [outline], (160, 30, 40), cv2.LINE_AA)
    cv2.fillPoly(sign, [np.array([[210, 40], [360, 40], [360, 210], [210, 210]])], (240, 200, 60))
    cv2.fillPoly(sign, [np.array([[60, 210], [210, 210], [210, 390], [60, 220]])], (240, 200, 60))
    cv2.circle(sign, (135, 125), 42, (255, 255, 255), -1, cv2.LINE_AA)
    for step in range(3):
        cv2.line(sign, (240, 80 + 40 * step), (330, 100 + 40 * step), (30, 30, 120), 14, cv2.LINE_AA)
    cv2.fillPoly(sign, [np.array([[270, 240], [310, 290], [240, 300]])], (255, 255, 255), cv2.LINE_AA)
    cv2.polylines(sign, [outline], True, (20, 20, 20), 10, cv2.LINE_AA)
    return sign


def latin_cross() -> Picture:
    """A plain cross."""
    sign = _blank()
    cv2.rectangle(sign, (185, 30), (235, 390), (30, 30, 30), -1)
    cv2.rectangle(sign, (95, 120), (325, 170), (30, 30, 30), -1)
    return sign


def six_point_star() -> Picture:
    """Two triangles, as lines."""
    sign = _blank()
    for start in (-np.pi / 2, np.pi / 2):
        turns = start + np.arange(3) * 2 * np.pi / 3
        corners = np.stack([210 + 180 * np.cos(turns), 210 + 180 * np.sin(turns)], axis=1)
        cv2.polylines(sign, [corners.round().astype(np.int32)], True, (30, 60, 170), 16, cv2.LINE_AA)
    return sign


def crescent() -> Picture:
    """A crescent."""
    sign = _blank()
    cv2.circle(sign, (200, 210), 170, (10, 120, 60), -1, cv2.LINE_AA)
    cv2.circle(sign, (262, 210), 140, (255, 255, 255), -1, cv2.LINE_AA)
    return sign


def flag_with_emblem() -> Picture:
    """A flag of three bands with an emblem."""
    sign = np.full((270, SIDE, 3), 255, np.uint8)
    sign[:90], sign[90:180], sign[180:] = (0, 110, 60), (250, 250, 250), (190, 20, 40)
    cv2.circle(sign, (210, 135), 36, (190, 20, 40), 6, cv2.LINE_AA)
    for turn in np.arange(8) * np.pi / 4:
        end = (int(210 + 32 * np.cos(turn)), int(135 + 32 * np.sin(turn)))
        cv2.line(sign, (210, 135), end, (190, 20, 40), 4, cv2.LINE_AA)
    return sign


def plain_flag() -> Picture:
    """A flag of three plain bands."""
    sign = np.full((270, SIDE, 3), 255, np.uint8)
    sign[:90], sign[90:180], sign[180:] = (20, 20, 20), (200, 20, 30), (250, 200, 20)
    return sign


SIGNS: dict[str, Callable[[], Picture]] = {
    "lantern": lantern,
    "wordmark": wordmark,
    "shield": shield,
    "flag with emblem": flag_with_emblem,
    "plain flag": plain_flag,
    "Latin cross": latin_cross,
    "six-point star": six_point_star,
    "crescent": crescent,
}
