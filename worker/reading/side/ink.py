"""How much is drawn or written on a side, whatever it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.reading import Box
from worker.reading.geometry import Picture
from worker.reading.shrinking import longest_side, shrunk_quickly
from worker.reading.side.ruling import cells_in, rows_of_print, ruling, straight_strokes

LOOKED_AT = 640
MARGIN = 0.03
GRAINS = 4.0
FAINTEST = 7.0
UNLIKE = 28
TONE = 16
LARGEST_WINDOW = 25
SPECK, SMALLEST_STROKE = 8, 3
LONG_STROKE = 0.05
# Fibres, specks and printed squares stray up to 21 from their paper, the faintest pencil 30: of 53 sides.
CLEARLY = 30
# Of the box around a line a tenth is inked at least, of a place that only looks like one 4 in 1,000.
WRITTEN = 0.01
IN_SIGHT = 0.5
UNLIKE_IN_MARGINS = 60
# No paper is scanned so dark: the lamp was off, or the picture did not survive its decoder.
DARK, NEARLY_ALL = 20, 0.99


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a side is inked: a mask of a small copy without its margins.

    ``scale`` leads from the side's pixels to the small copy's, ``offset`` (x, y) is what the margins
    took off. ``tones`` is the share of the side in colours clearly unlike its commonest one, ``cells``
    how many boxes are ruled on it; ruling itself is no ink. ``grain`` is how far most pixels stray from
    the paper (0 to 255): so much that writing could hide in it where it is no paper at all.

    The mask leaves out what is thinner than two of its pixels, as small print is. ``inked`` is one of all
    that is unlike the paper, with ruling; ``traces`` counts it without. ``clear`` is a mask of what of the
    traces is clearly unlike the paper, ``clear_or_ruled`` counts that with ruling. ``small`` is the copy
    itself, with its margins.
    """

    mask: NDArray[np.uint8]
    scale: float
    offset: tuple[int, int]
    tones: float
    cells: int
    grain: float
    inked: NDArray[np.uint8]
    traces: int
    clear: NDArray[np.uint8]
    clear_or_ruled: int
    small: Picture

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

    @property
    def longest_clear(self) -> float:
        """How far the longest clear stroke reaches, in shares of the longer side."""
        _, _, found, _ = cv2.connectedComponentsWithStats(self.clear)
        reach = found[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
        return float(np.max(reach, initial=0)) / float(max(self.clear.shape))

    @property
    def is_dark(self) -> bool:
        """Whether next to nothing of the side, margins and all, is lighter than black."""
        return float(np.quantile(_most(self.small), NEARLY_ALL)) < DARK

    @property
    def in_margins(self) -> int:
        """How many strokes stand in the margins by themselves: shadows and edges come in from outside."""
        across, down = self.offset
        if not min(self.offset):
            return 0
        paper = np.median(self.small[::8, ::8].reshape(-1, 3), axis=0)
        stray = _most(cv2.absdiff(self.small, np.array([*paper, 0.0])))
        unlike = (stray > UNLIKE_IN_MARGINS).astype(np.uint8)
        unlike[down:-down, across:-across] = 0
        _, _, found, _ = cv2.connectedComponentsWithStats(unlike)
        x0, y0, wide, tall, area = found[1:].T
        rows, columns = unlike.shape
        free = (x0 > 0) & (y0 > 0) & (x0 + wide < columns) & (y0 + tall < rows) & (area >= SMALLEST_STROKE)
        return int(free.sum())

    def outside(self, boxes: list[Box]) -> float:
        """The share of the side inked outside of some boxes, given in the side's own pixels."""
        rest = self.mask.copy()
        for box in boxes:
            rest[self._within(box)] = 0
        return float(rest.mean())

    def is_in(self, box: Box) -> bool:
        """Whether more than a speck is inked in a box, given in the side's own pixels."""
        return int(self.mask[self._within(box)].sum()) > SPECK

    def is_written_on(self, box: Box) -> bool:
        """Whether a line can stand in a box in the side's own pixels; true where margins hide that."""
        inside = self.inked[self._within(box)]
        x0, y0, x1, y1 = box
        seen = inside.size >= IN_SIGHT * (x1 - x0) * (y1 - y0) * self.scale**2
        return not seen or float(inside.mean()) >= WRITTEN

    def _within(self, box: Box) -> tuple[slice, slice]:
        x0, y0, x1, y1 = (round(value * self.scale) for value in box)
        left, top = max(0, x0 - self.offset[0]), max(0, y0 - self.offset[1])
        return slice(top, max(0, y1 - self.offset[1])), slice(left, max(0, x1 - self.offset[0]))


def ink_on(picture: Picture) -> Ink:
    """Measure an RGB picture against its own paper: colour, shadow and grain are no ink.

    The paper is a heavy median of the side itself; the grain is how far most pixels stray from it.
    """
    rows, columns = picture.shape[:2]
    scale = min(1.0, longest_side(picture.shape, LOOKED_AT) / max(rows, columns))
    size = (max(16, round(columns * scale)), max(16, round(rows * scale)))
    small = shrunk_quickly(picture, size)
    cut_x, cut_y = round(size[0] * MARGIN), round(size[1] * MARGIN)
    inner = np.ascontiguousarray(small[cut_y : size[1] - cut_y, cut_x : size[0] - cut_x])
    stray = _most(cv2.absdiff(cv2.GaussianBlur(inner, (3, 3), 0), _paper(inner)))
    grain = float(np.median(stray))
    inked = (stray > max(FAINTEST, GRAINS * grain)).astype(np.uint8)
    straight = straight_strokes(inked)
    clear = (stray > CLEARLY).astype(np.uint8)
    rules = ruling(straight)
    rules &= 1 - rows_of_print(rules, clear, picture, (cut_x, cut_y))
    traces = inked & (1 - rules)
    drawn = cv2.morphologyEx(traces, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return Ink(
        mask=np.asarray(drawn, np.uint8),
        scale=scale,
        offset=(cut_x, cut_y),
        tones=_unlike_paper(inner[::2, ::2]),
        cells=cells_in(straight.all),
        grain=grain,
        inked=inked,
        traces=int(traces.sum()),
        clear=clear & traces,
        clear_or_ruled=int(clear.sum()),
        small=small,
    )


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


def _unlike_paper(picture: NDArray[Any]) -> float:
    lab = np.asarray(cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2LAB), np.uint8)
    coarse = lab // TONE
    steps = 256 // TONE
    keys = (coarse[..., 0].astype(np.int32) * steps + coarse[..., 1]) * steps + coarse[..., 2]
    common = keys == np.bincount(keys.ravel()).argmax()
    mean = np.array([*cv2.mean(lab, common.astype(np.uint8))[:3], 0.0])
    return float((_most(cv2.absdiff(lab, mean)) > UNLIKE).mean())
