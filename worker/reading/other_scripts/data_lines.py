"""Lines read as one script with one language's data: all in one go, and once more what came out weak."""

from __future__ import annotations

from dataclasses import dataclass

from worker.reading.geometry import Quad
from worker.reading.lines import ReadLine
from worker.reading.other_scripts.acceptance import score_of
from worker.reading.other_scripts.strip_reader import Lines, StripReader
from worker.reading.other_scripts.strips import SMALL

TWICE = frozenset({"Arab"})
"""Scripts of whose print Tesseract loses lines at any size, but seldom the same ones at two."""

WEAK = 0.75
"""A line that scores less is read once more by itself."""
LOST = 0.1
"""A few lines that score less together got lost: each is read by itself."""
MOST_ALONE = 8
"""Weak lines that are read by themselves, each a run of Tesseract."""
FEW = 2
"""So few lines may get lost when they are read together, and their looks tell little."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Lines read as one script; ``score`` (0 to 1) says how much they look like it.

    ``data`` is the language (ISO 639-3) whose data read them.
    """

    script: str
    data: str
    lines: list[ReadLine]
    score: float


class DataLines:
    """Some lines of one script, to be read with the data of one language or another."""

    def __init__(self, strips: StripReader, quads: list[Quad], script: str, enough: float) -> None:
        """A score of ``enough`` tells that the lines are in ``script``."""
        self._strips = strips
        self._quads = quads
        self._script = script
        self._enough = enough

    def at_once(self, data: str) -> Lines:
        """All lines in one go, or in two: some are dropped at any one size. A few may get lost together."""
        places = list(range(len(self._quads)))
        lines = self._strips.together(places, data)
        lost = not lines or self._script in TWICE
        if lost and self.score(lines) < self._enough:
            self.take_better(lines, self._strips.together(places, data, SMALL))
        if len(places) <= FEW and self.score(lines) < LOST:
            for place in places:
                self.take_better(lines, self._strips.alone(place, data))
        return lines

    def mended(self, lines: Lines, data: str) -> Attempt:
        """The weakest lines read again, each alone and smaller."""
        weak = [place for place in range(len(self._quads)) if self._is_weak(lines.get(place))]
        worth_it = len(weak) < len(self._quads) or len(weak) <= FEW
        for place in weak[:MOST_ALONE] if worth_it else []:
            self.take_better(lines, self._strips.alone(place, data))
        return self.as_attempt(lines, data)

    def take_better(self, lines: Lines, others: Lines) -> None:
        """Put each of the other lines among ``lines`` that is new there or scores higher."""
        for place, line in others.items():
            known = lines.get(place)
            if known is None or score_of([line], self._script) > score_of([known], self._script):
                lines[place] = line

    def as_attempt(self, lines: Lines, data: str) -> Attempt:
        """All lines, those of which nothing came without letters."""
        return Attempt(self._script, data, self._every(lines), self.score(lines))

    def score(self, lines: Lines) -> float:
        """How much all of them look like the script (0 to 1), where these lines came of them."""
        return score_of(self._every(lines), self._script)

    def _is_weak(self, line: ReadLine | None) -> bool:
        return line is None or score_of([line], self._script) < WEAK

    def _every(self, lines: Lines) -> list[ReadLine]:
        """A line for each quad, without letters where nothing was read."""
        return [lines.get(place, ReadLine(quad, ())) for place, quad in enumerate(self._quads)]
