"""Words that PP-OCR passes over in a line: a gap between letters, wider than a space and inked.

Of a short word in a script that it does not know, it is often sure that there is nothing. Measured on 243
cards in print with a word in one of eighteen scripts, on 184 without, and on 88 letters and cards in Latin
letters that were read surely: empty gaps are crossed by 0.1 strokes at most, words by one and more.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture, Quad, crop, length_in_heights, part
from worker.reading.lines import ReadLine
from worker.reading.recognition.unread import HALF_A_LETTER, WIDEST_SPACE, Stretch, gaps_between

STROKES = 0.9
"""So many are crossed on the way along the middle half of a gap, on average."""
TALL = 32
"""How high a line is looked at, in pixels."""


def overlooked_in(sheet: Picture, line: ReadLine) -> list[Quad]:
    """Where something stands on a line of an RGB sheet between the letters that were read of it."""
    gaps = wide_gaps(line)
    if not gaps:
        return []
    grey = np.asarray(cv2.cvtColor(crop(sheet, line.quad, TALL), cv2.COLOR_RGB2GRAY), np.uint8)
    _, found = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink = np.asarray(found, np.int8)
    return [part(line.quad, *gap) for gap in gaps if _strokes(ink, gap) >= STROKES]


def wide_gaps(line: ReadLine) -> list[Stretch]:
    """From where to where nothing was read of a line for longer than a space, in fractions of it."""
    letters = sorted(
        (glyph for glyph in line.glyphs if not glyph.text.isspace()), key=lambda glyph: glyph.start
    )
    tall = 1 / max(length_in_heights(line.quad), 1.0)
    gaps = gaps_between(letters, WIDEST_SPACE * tall, HALF_A_LETTER * tall)
    return [(max(start, 0.0), min(end, 1.0)) for start, end in gaps]


def _strokes(ink: NDArray[np.int8], gap: Stretch) -> float:
    """How many strokes the way along the middle half of a gap crosses, on average over the rows."""
    first, last = (round(edge * ink.shape[1]) for edge in gap)
    rows = ink[TALL // 4 : -TALL // 4, first:last]
    begun = np.diff(rows, axis=1, prepend=0) == 1
    return float(begun.sum(axis=1).mean())
