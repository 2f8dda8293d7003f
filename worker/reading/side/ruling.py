"""A side's own straight lines: the ruling of paper, address lines, a form's boxes; and no drawn signs.

A cross or a swastika drawn along a ruler is made of straight strokes, too. What rules a side runs along
much of it, comes several times alike, or closes boxes to write in; at the border lies the paper's edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture
from worker.reading.outlines import Mask, outer_outlines, parts_within
from worker.reading.side.drawn_cross import holds_a_cross, room_between
from worker.reading.side.ruled_boxes import strokes_of_boxes

# In pixels of a side 640 long.
STRAIGHT = 41
LEANS = (-1, 0, 1)
# In shares of the side along the stroke: from so long it rules alone, from so long together with others.
RULES_ALONE, RULES_TOGETHER = 0.4, 0.2
ALIKE, FEWEST_ALIKE = 0.05, 3
# So near to the border of the scan a straight stroke is the edge of the paper, at times in pieces.
PAPER_EDGE = 0.06


@dataclass(frozen=True, slots=True)
class Straight:
    """Straight strokes (height, width; 0 or 1) that run level and upright, a pixel thicker all around."""

    level: Mask
    upright: Mask

    @property
    def all(self) -> Mask:
        """Both together."""
        return np.asarray(cv2.max(self.level, self.upright), np.uint8)


def straight_strokes(inked: Mask) -> Straight:
    """Straight strokes of an inked mask (height, width; 0 or 1), leaning three degrees at most."""
    level, upright = np.zeros_like(inked), np.zeros_like(inked)
    for lean in LEANS:
        kernel = np.zeros((2 * abs(lean) + 1, STRAIGHT), np.uint8)
        cv2.line(kernel, (0, abs(lean) - lean), (STRAIGHT - 1, abs(lean) + lean), (1,))
        level = np.maximum(level, cv2.morphologyEx(inked, cv2.MORPH_OPEN, kernel))
        down = np.ascontiguousarray(kernel.T)
        upright = np.maximum(upright, cv2.morphologyEx(inked, cv2.MORPH_OPEN, down))
    return Straight(_thicker(level), _thicker(upright))


def ruling(strokes: Straight) -> Mask:
    """Those of the straight strokes that rule the side."""
    level, upright = _lasting(strokes.level), _turned(_lasting(_turned(strokes.upright)))
    if level.any() and upright.any():
        level, upright = _without_a_sign(level, upright)
    return np.asarray(cv2.max(cv2.max(level, upright), strokes_of_boxes(strokes.all)), np.uint8)


def _without_a_sign(level: Mask, upright: Mask) -> tuple[Mask, Mask]:
    """Lasting strokes that run level and upright; the paper's edges alone where others are a drawn sign."""
    across, down = _at_border(level), _turned(_at_border(_turned(upright)))
    paper = (
        room_between(outer_outlines(_turned(down)), down.T.shape),
        room_between(outer_outlines(across), across.shape),
    )
    drawn = holds_a_cross(outer_outlines(level - across), outer_outlines(upright - down), paper)
    return (across, down) if drawn else (level, upright)


def _turned(mask: Mask) -> Mask:
    """The same with level strokes upright and upright ones level."""
    return np.ascontiguousarray(mask.T)


def _thicker(mask: Picture) -> Mask:
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)


def _lasting(level: Mask) -> Mask:
    """Level strokes that run along much of the side, or begin and end like several others, or are its edge.

    What breaks a stroke, where it is faint or written over, is bridged.
    """
    if not level.any():
        return level
    joined = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, STRAIGHT), np.uint8))
    bridged = np.asarray(joined, np.uint8)
    outlines = outer_outlines(bridged)
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines], np.float64)
    begins, lengths = boxes[:, 0] / level.shape[1], boxes[:, 2] / level.shape[1]
    ends = begins + lengths
    alike = (abs(begins[:, None] - begins) < ALIKE) & (abs(ends[:, None] - ends) < ALIKE)
    together = (lengths >= RULES_TOGETHER) & (alike.sum(axis=1) >= FEWEST_ALIKE)
    kept = (lengths >= RULES_ALONE) | together | _are_at_border(boxes, len(level))
    return level & parts_within(bridged, [outlines[at] for at in np.flatnonzero(kept).tolist()])


def _at_border(level: Mask) -> Mask:
    """Those of some level strokes that are the paper's edge."""
    outlines = outer_outlines(level)
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines], np.float64).reshape(-1, 4)
    kept = np.flatnonzero(_are_at_border(boxes, len(level))).tolist()
    return parts_within(level, [outlines[at] for at in kept])


def _are_at_border(boxes: NDArray[np.float64], rows: int) -> NDArray[np.bool_]:
    """Which of some level strokes (x, y, width, height) are so near to the border of a side so high."""
    middles = (boxes[:, 1] + boxes[:, 3] / 2) / rows
    return np.asarray(abs(middles - 0.5) > 0.5 - PAPER_EDGE)
