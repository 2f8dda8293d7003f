"""A side's own straight lines: the ruling of paper, address lines, a form's boxes; and no drawn signs.

A cross or a swastika drawn along a ruler is made of straight strokes, too. What rules a side runs along
much of it, comes several times alike, or closes boxes to write in; at the border lies the paper's edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture
from worker.reading.outlines import Mask, Outline, outer_outlines
from worker.reading.shrinking import longest_side
from worker.reading.side.drawn_cross import holds_a_cross, room_between

# In pixels of a side 640 long.
STRAIGHT = 41
LEANS = (-1, 0, 1)
# In shares of the side along the stroke: from so long it rules alone, from so long together with others.
RULES_ALONE, RULES_TOGETHER = 0.4, 0.2
ALIKE, FEWEST_ALIKE = 0.05, 3
# So near to the border of the scan a straight stroke is the edge of the paper, at times in pieces.
PAPER_EDGE = 0.06
# In shares of the side's area.
SMALLEST_SQUARE, SMALLEST_CELL, LARGEST_CELL = 0.0005, 0.008, 0.4
FEWEST_CELLS = 4
# Print whose letters run together on the small copy is no higher there; of its columns at full size some
# are bare, and most others inked over a height, in shares of the longer side, that no dotted rule has.
PRINT_TALL, PRINT_COLUMNS, LETTER_TALL = 12, 0.9, 0.0015
INKED = 0.4


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
    return np.asarray(cv2.max(cv2.max(level, upright), _of_boxes(strokes.all)), np.uint8)


def _without_a_sign(level: Mask, upright: Mask) -> tuple[Mask, Mask]:
    """Lasting strokes that run level and upright; the paper's edges alone where others are a drawn sign."""
    across, down = _at_border(level), _turned(_at_border(_turned(upright)))
    paper = (
        room_between(outer_outlines(_turned(down)), down.T.shape),
        room_between(outer_outlines(across), across.shape),
    )
    drawn = holds_a_cross(outer_outlines(level - across), outer_outlines(upright - down), paper)
    return (across, down) if drawn else (level, upright)


def rows_of_print(rules: Mask, clear: Mask, picture: Picture, offset: tuple[int, int]) -> Mask:
    """What of the rules is print, so small that its letters run together on the small copy.

    ``rules`` and ``clear``, what is clearly inked, lie in that copy at ``offset`` (x, y); ``picture`` is
    the side itself.
    """
    rows, columns = (length + 2 * cut for length, cut in zip(rules.shape, offset[::-1], strict=True))
    across, down = picture.shape[1] / columns, picture.shape[0] / rows
    side = max(picture.shape) / longest_side(picture.shape, 1.0)
    small = []
    for outline in outer_outlines(rules):
        left, top, wide, tall = cv2.boundingRect(outline)
        # Rules are thicker all around than what was inked, by up to three times.
        inked = int(clear[top : top + tall, left : left + wide].sum())
        if min(wide, tall) > PRINT_TALL or 6 * inked < cv2.contourArea(outline):
            continue
        x, y = (left + offset[0]) * across, (top + offset[1]) * down
        band = picture[round(y) : round(y + tall * down), round(x) : round(x + wide * across)]
        if band.size and _is_print(band if wide > tall else np.swapaxes(band, 0, 1), side):
            small.append(outline)
    return _parts_within(rules, small)


def _is_print(band: Picture, side: float) -> bool:
    """Whether letters stand in a narrow band (height, width, 3) of a side so long: gaps, tall columns."""
    grey = band.min(axis=2).astype(np.int16)
    unlike = abs(grey - np.median(grey[:, ::4]))
    inked = unlike > INKED * unlike.max()
    columns = inked.any(axis=0)
    first, last = inked.argmax(axis=0), len(inked) - 1 - inked[::-1].argmax(axis=0)
    tall = (last - first + 1)[columns]
    return bool(columns.mean() < PRINT_COLUMNS and np.median(tall) >= max(4, LETTER_TALL * side))


def cells_in(strokes: Mask) -> int:
    """How many closed boxes straight strokes make, of a size that something is to be written in.

    None on squared paper: among its small squares a few larger boxes are only where a rule was broken.
    """
    outlines, tree = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return 0
    holes = [outline for outline, kin in zip(outlines, tree[0], strict=True) if kin[3] >= 0]
    shares = [cv2.contourArea(hole) / strokes.size for hole in holes]
    cells = sum(SMALLEST_CELL <= share <= LARGEST_CELL for share in shares)
    squares = sum(SMALLEST_SQUARE <= share < SMALLEST_CELL for share in shares)
    return cells if cells >= squares else 0


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
    return level & _parts_within(bridged, [outlines[at] for at in np.flatnonzero(kept).tolist()])


def _of_boxes(strokes: Mask) -> Mask:
    """The strokes that hang together with several closed boxes: a form's, or squared paper's."""
    outlines, tree = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    parents = np.asarray(tree, np.int32).reshape(-1, 4)[:, 3] if outlines else np.zeros(0, np.int32)
    holes = np.bincount(parents + 1, minlength=1)[1:]
    full = np.flatnonzero(holes >= FEWEST_CELLS).tolist()
    return _parts_within(strokes, [np.asarray(outlines[at]) for at in full])


def _at_border(level: Mask) -> Mask:
    """Those of some level strokes that are the paper's edge."""
    outlines = outer_outlines(level)
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines], np.float64).reshape(-1, 4)
    kept = np.flatnonzero(_are_at_border(boxes, len(level))).tolist()
    return _parts_within(level, [outlines[at] for at in kept])


def _are_at_border(boxes: NDArray[np.float64], rows: int) -> NDArray[np.bool_]:
    """Which of some level strokes (x, y, width, height) are so near to the border of a side so high."""
    middles = (boxes[:, 1] + boxes[:, 3] / 2) / rows
    return np.asarray(abs(middles - 0.5) > 0.5 - PAPER_EDGE)


def _parts_within(mask: Mask, outlines: Sequence[Outline]) -> Mask:
    """The connected parts of a mask that some outlines, each of one part, run around."""
    if not outlines:
        return np.zeros_like(mask)
    count, labels = cv2.connectedComponents(mask)
    kept = np.zeros(count, np.uint8)
    for outline in outlines:
        x, y = outline[0, 0]
        kept[np.asarray(labels)[y, x]] = 1
    return np.asarray(kept[np.asarray(labels)], np.uint8)
