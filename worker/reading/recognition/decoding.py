"""From what each column of a line may be to its characters.

Connectionist temporal classification (CTC; Graves et al., ICML 2006): the network gives, for each column
of the line (a time step), how likely each character is; runs of one character collapse, blanks part them.
``glyphs_of`` takes the likeliest of each column (best path, or greedy decoding); where that is in doubt,
``text.beam`` searches further.
"""

from __future__ import annotations

from itertools import groupby

import numpy as np

from worker.reading.lines import Emissions, Glyph
from worker.reading.recognition.heads import Weighed

# A character from so likely on leaves nothing else to be asked for.
CERTAIN = 0.95
# What is less likely in a column is left out of it.
LEAST_CHANCE = 1e-3


def emissions_of(parts: list[Weighed]) -> Emissions:
    """What each column of a line may be, by more than next to no chance."""
    found = {
        place: column
        for part in parts
        for place, column in zip(part.places.tolist(), _columns(part), strict=True)
    }
    return tuple(found[place] for place in range(len(found)))


def _columns(part: Weighed) -> Emissions:
    best = part.chances.argmax(axis=1)
    chances = part.chances[np.arange(len(best)), best]
    found = [
        [(part.characters[mark], chance)]
        for mark, chance in zip(best.tolist(), chances.tolist(), strict=True)
    ]
    open_ = np.flatnonzero(chances < CERTAIN)
    rows, others = np.nonzero(part.chances[open_] >= LEAST_CHANCE)
    for row, other in zip(open_[rows].tolist(), others.tolist(), strict=True):
        if other != best[row]:
            found[row].append((part.characters[other], float(part.chances[row, other])))
    return tuple(map(tuple, found))


def glyphs_of(emissions: Emissions, used: float) -> tuple[Glyph, ...]:
    """The likeliest characters of a line that takes up so many of its columns."""
    glyphs = []
    begin = 0
    for mark, run in groupby(emissions, lambda column: column[0][0]):
        columns = list(run)
        end = begin + len(columns)
        if mark:
            sure = max(column[0][1] for column in columns)
            second, chance = _runner_up(columns[0]) if sure < CERTAIN else ("", 0.0)
            place = _fraction(begin, used), _fraction(end, used)
            glyphs.append(Glyph(mark, sure, second, chance, *place))
        begin = end
    return tuple(glyphs)


def _runner_up(column: tuple[tuple[str, float], ...]) -> tuple[str, float]:
    """The likeliest besides the best; no character counts as well."""
    return max(column[1:], key=lambda other: other[1], default=("", 0.0))


def _fraction(column: int, used: float) -> float:
    """Where a column's left edge lies on the line; a column stands half its width early."""
    return min(1.0, max(0.0, (column - 0.5) / used))
