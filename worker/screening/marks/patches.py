"""Patches of ink on a card that are far larger than its writing: what may be a plain sign."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from worker.screening.marks.ink import Mask
from worker.screening.marks.place import Place
from worker.screening.marks.shape_mask import filled

# A sign is larger than a letter: this many times the usual height of what is written there ...
TIMES_WRITING = 1.8
# ... and this share of the card's long side.
SHARE_MIN = 0.035
SHARE_MAX = 0.9
# Strokes thinner than this share of the card's long side are a pen's.
PEN_SHARE = 0.006
LETTER_MIN = 0.006
LETTERS_MIN = 8
PATCHES_MAX = 40


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch of ink on the card: its filled shape, and its corner and size in pixels."""

    mask: Mask
    x: int
    y: int

    def place(self) -> Place:
        """The upright frame around it."""
        height, width = self.mask.shape
        x, y = float(self.x), float(self.y)
        return Place(np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]))


def patches_of(ink: Mask) -> list[Patch]:
    """The patches of ink that are large enough to be a sign, with and without thin strokes.

    Writing that runs into a bold sign would otherwise make one patch with it.
    """
    least = max(max(ink.shape) * SHARE_MIN, _height_of_writing(ink) * TIMES_WRITING)
    width = max(round(max(ink.shape) * PEN_SHARE), 3)
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    bold = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, pen), np.uint8)
    return _large_patches(ink, least) + _large_patches(bold, least)


def _height_of_writing(ink: Mask) -> float:
    """The median height in pixels of the patches that can be letters; 0 where there is hardly any."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    written = heights[heights > max(ink.shape) * LETTER_MIN]
    return float(np.median(written)) if len(written) >= LETTERS_MIN else 0.0


def _large_patches(ink: Mask, least: float) -> list[Patch]:
    """The largest patches first; the long side of each is at least ``least`` pixels."""
    most = max(ink.shape) * SHARE_MAX
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        if least <= max(width, height) <= most and min(width, height) >= least / 4:
            found.append((max(width, height), index, (x, y, width, height)))
    found.sort(reverse=True)
    return [
        Patch(filled(labels[y : y + height, x : x + width] == index), x, y)
        for _, index, (x, y, width, height) in found[:PATCHES_MAX]
    ]
