"""By hand, printed or both: every line that was read is judged by itself, and the side by all of them.

Printed letters stand apart, a shape for each, of few heights, with their feet on one line; written ones
join, and stand as they like. How much a line leans to one of both is a sum over four such measures: the
odds of a logistic curve, fitted on the lines of 31 hands, typewriters and printing faces
(docs/reading-measured.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture
from worker.reading.lines import ReadLine
from worker.reading.side.handwriting import FEWEST_PARTS, parts_of, strays

JOINED, PARTS, UNEVEN, STANDING, START = -2.2, -10.3, 14.5, -10.5, 13.1
WIDE = 0.9
# Pixels at a height of 64.
NEAR = 2.0
# What leans less does not count for both; no line counts for more; so much of each makes both.
MURMUR, LOUDEST, HEARD = 1.0, 4.0, 5.0
TOLD = 3.0


@dataclass(frozen=True, slots=True)
class Lettering:
    """Whether some of a side was written by hand, and whether some was printed; None: it cannot be told."""

    by_hand: bool | None
    printed: bool | None


UNTOLD = Lettering(None, None)
HAND = Lettering(by_hand=True, printed=False)
PRINT = Lettering(by_hand=False, printed=True)
BOTH = Lettering(by_hand=True, printed=True)


def lettering_of(grey: Picture, lines: Sequence[ReadLine]) -> Lettering:
    """How the lines of a side came onto it; ``grey`` is the picture on which their quads lie."""
    parts = [(line, parts_of(grey, line.quad)) for line in lines]
    return lettering_by(
        [leaning(found, _characters(line)) for line, found in parts if len(found) >= FEWEST_PARTS]
    )


def lettering_by(leanings: Sequence[float]) -> Lettering:
    """What lines make of a side that lean to handwriting (above 0) or to print (below)."""
    by_hand = sum(min(LOUDEST, max(0.0, leans - MURMUR)) for leans in leanings)
    printed = sum(min(LOUDEST, max(0.0, -leans - MURMUR)) for leans in leanings)
    if min(by_hand, printed) >= HEARD:
        return BOTH
    told = sum(max(-LOUDEST, min(LOUDEST, leans)) for leans in leanings)
    if abs(told) < TOLD:
        return UNTOLD
    return HAND if told > 0 else PRINT


def leaning(parts: NDArray[Any], characters: int) -> float:
    """The odds (log) that a line is written by hand, of connected parts of ink and characters read."""
    heights = parts[:, 3].astype(float)
    widest = np.sort(parts[:, 2] / heights)[round(WIDE * (len(parts) - 1))]
    each = len(parts) / max(characters, 1)
    uneven = float(heights.std() / heights.mean())
    standing = float(np.mean(np.abs(strays(parts)) <= NEAR))
    return JOINED * math.log(widest) + PARTS * each + UNEVEN * uneven + STANDING * standing + START


def _characters(line: ReadLine) -> int:
    return sum(character.isalnum() for character in line.text)
