"""The stretches of a line between spaces that the engine is sure of: a word, or what may be several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from worker.reading.lines import Emissions

# Chances from which a character is sure, a space too, and from which it is sure that a column has none.
SURE, SURE_BLANK = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two sure spaces: its glyphs (first, past the last) and its columns."""

    first: int
    last: int
    columns: Emissions

    @property
    def is_doubtful(self) -> bool:
        """True where a character never gets sure, or where one may be missing."""
        return any(
            max(column[0][1] for column in run) < SURE
            if mark
            else any(column[0][1] < SURE_BLANK for column in run)
            for mark, run in ((mark, list(run)) for mark, run in groupby(self.columns, _mark))
        )


def stretches_of(emissions: Emissions) -> Iterator[Stretch]:
    """The stretches between sure spaces, in the order of the columns."""
    first = glyph = begin = 0
    before = ""
    for at, column in enumerate(emissions):
        mark, chance = column[0]
        if mark and mark != before:
            glyph += 1
            if mark == " " and chance >= SURE:
                yield Stretch(first, glyph - 1, emissions[begin:at])
                first = glyph
        if mark == " ":
            begin = at + 1 if first == glyph else begin
        before = mark
    yield Stretch(first, glyph, emissions[begin:])


def _mark(column: tuple[tuple[str, float], ...]) -> str:
    return column[0][0]
