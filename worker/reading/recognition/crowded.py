"""Lines whose letters are too narrow for the recogniser: it drops most of them, or all.

A letter needs a column or two to itself. Of tall narrow hands four to seven letters come to a line height,
of others two or three; of the former a line may give a handful of letters, or none. Strokes tell what the
reading does not: measured on 672 lines of letters and cards, and on 194 in 49 hands not otherwise used.
"""

from __future__ import annotations

import cv2
import numpy as np

from worker.reading.geometry import Picture, length_in_heights
from worker.reading.lines import ReadLine, plausibility

POOR = 0.8
# Strokes side by side for each line height of length: of common hands 2.3 to 5, of narrow ones up to 7.
DENSE = 4.5
# Of Latin letters, read whole, there are two for three strokes.
LETTERS_FOR_A_STROKE = 0.5
# Of a line's pixel rows those that cross most strokes: a quarter, about the height of small letters.
BUSIEST = 0.25


def is_crowded(line: ReadLine, pixels: Picture) -> bool:
    """Whether a line was read poorly and its strokes are many, for its length or for its letters.

    ``pixels`` are those of the line, RGB, upright.
    """
    if plausibility([line]) >= POOR:
        return False
    strokes = strokes_along(pixels)
    return strokes >= DENSE * length_in_heights(line.quad) or line.letters < LETTERS_FOR_A_STROKE * strokes


def strokes_along(pixels: Picture) -> float:
    """How many strokes stand side by side on an RGB line, where they are most."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    begun = (np.diff(np.asarray(ink, np.int8), axis=1) == 1).sum(axis=1)
    return float(np.sort(begun)[-round(BUSIEST * len(begun)) :].mean())
