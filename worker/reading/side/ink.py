"""How much is drawn or written on a side, whatever it says."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.reading import Box
from worker.reading.geometry import Picture
from worker.reading.side.paper import paper_of, share_of_other_tones, strongest_channel
from worker.reading.side.rows_of_print import rows_of_print
from worker.reading.side.ruled_boxes import cells_in
from worker.reading.side.ruling import ruling, straight_strokes
from worker.reading.side.small_copy import SmallCopy, small_copy

# How far a pixel of ink strays from the paper: this, of 255, and so many times as far as most pixels do.
FAINTEST, GRAINS = 7.0, 4.0
# Fibres, specks and printed squares stray up to 21 from their paper, the faintest pencil 30: of 53 sides.
CLEARLY = 30
# In pixels of the small copy.
SPECK = 8
# In shares of the longer side.
LONG_STROKE = 0.05
# Of the box around a line a tenth is inked at least, of a place that only looks like one 4 in 1,000.
WRITTEN = 0.01
# Where less of a box is in sight, the rest being in the margins, this tells nothing.
IN_SIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a side is inked, by masks of a small copy without its margins; ruling is no ink.

    ``mask`` leaves out what is thinner than two of its pixels, as small print is. ``inked`` is of all that
    is unlike the paper, with ruling; ``traces`` counts it without. ``clear`` is of what of the traces is
    clearly unlike the paper, ``clear_or_ruled`` counts that with ruling.

    ``grain`` is how far most pixels stray from the paper (0 to 255): so much that writing could hide in it
    where it is no paper at all. ``tones`` is the share of the side in colours clearly unlike its commonest
    one, ``cells`` how many boxes are ruled on it.
    """

    copy: SmallCopy
    mask: NDArray[np.uint8]
    inked: NDArray[np.uint8]
    traces: int
    clear: NDArray[np.uint8]
    clear_or_ruled: int
    grain: float
    tones: float
    cells: int

    @property
    def offset(self) -> tuple[int, int]:
        """What the margins took off the masks (x, y)."""
        return self.copy.offset

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

    def outside(self, boxes: list[Box]) -> float:
        """The share of the side inked outside of some boxes, given in the side's own pixels."""
        rest = self.mask.copy()
        for box in boxes:
            rest[self.copy.within(box)] = 0
        return float(rest.mean())

    def is_in(self, box: Box) -> bool:
        """Whether more than a speck is inked in a box, given in the side's own pixels."""
        return int(self.mask[self.copy.within(box)].sum()) > SPECK

    def is_written_on(self, box: Box) -> bool:
        """Whether a line can stand in a box in the side's own pixels; true where margins hide that."""
        inside = self.inked[self.copy.within(box)]
        x0, y0, x1, y1 = box
        seen = inside.size >= IN_SIGHT * (x1 - x0) * (y1 - y0) * self.copy.scale**2
        return not seen or float(inside.mean()) >= WRITTEN


def ink_on(picture: Picture) -> Ink:
    """Measure an RGB picture against its own paper: colour, shadow and grain are no ink."""
    copy = small_copy(picture)
    inner = copy.inner
    stray = strongest_channel(cv2.absdiff(cv2.GaussianBlur(inner, (3, 3), 0), paper_of(inner)))
    grain = float(np.median(stray))
    inked = (stray > max(FAINTEST, GRAINS * grain)).astype(np.uint8)
    straight = straight_strokes(inked)
    clear = (stray > CLEARLY).astype(np.uint8)
    rules = ruling(straight)
    rules &= 1 - rows_of_print(rules, clear, picture, copy.offset)
    traces = inked & (1 - rules)
    drawn = cv2.morphologyEx(traces, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return Ink(
        copy=copy,
        mask=np.asarray(drawn, np.uint8),
        inked=inked,
        traces=int(traces.sum()),
        clear=clear & traces,
        clear_or_ruled=int(clear.sum()),
        grain=grain,
        tones=share_of_other_tones(inner[::2, ::2]),
        cells=cells_in(straight.all),
    )
