"""Lines read by Tesseract as print in one script that PP-OCR cannot read.

With which language's data they are read, what of them is read again, and when it is not worth reading on.
"""

from __future__ import annotations

from dataclasses import dataclass

from worker.reading.geometry import Picture, Quad, width
from worker.reading.lines import ReadLine
from worker.reading.other_scripts.acceptance import score_of
from worker.reading.other_scripts.strip_reader import Lines, StripReader
from worker.reading.other_scripts.strips import SMALL
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.scripts import TESSERACT_DATA
from worker.reading.text.language import guess_language

TWICE = frozenset({"Arab"})
"""Scripts of whose print Tesseract loses lines at any size, but seldom the same ones at two."""

MANY, MANY_IN_KIN = 13, 4
"""Lines from which a sample is read first: of a script with one language's data, and with several."""
ONE_SAMPLED_IN, FEWEST_SAMPLED = 5, 2
"""In how many lines one is sampled, and how many are at least."""

# Scores, as ``acceptance`` has them. Of samples print scored 0.76 or more, hands 0.70 or less:
# docs/decisions/0113.
RIGHT = 0.72
PROMISING = 0.55
"""What scores less becomes no print by other data, nor line by line."""
WEAK = 0.75
"""A line that scores less is read once more by itself."""
LOST = 0.1
"""A few lines that score less together got lost: each is read by itself."""
KIN_LEAD = 0.15
"""How much lower a reading in the likelier language may score and still be the one to go on with."""

MOST_ALONE = 8
"""Weak lines that are read by themselves, each a run of Tesseract."""
FEW = 2
"""So few lines may get lost when they are read together, and their looks tell little."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Lines read as one script; ``score`` (0 to 1) says how much they look like it."""

    script: str
    lines: list[ReadLine]
    score: float


class TesseractLines:
    """Lines to be read as one script through Tesseract."""

    name = "tesseract"

    def __init__(
        self, tesseract: Tesseract, grey: Picture, quads: list[Quad], script: str, enough: float
    ) -> None:
        """``grey`` is a whitened sheet; a score of ``enough`` tells that the lines are in ``script``."""
        self._strips = StripReader(tesseract, grey, quads, script)
        self._quads = quads
        self._script = script
        self._enough = enough
        self._data = _installed(tesseract, TESSERACT_DATA[script])

    def attempt(self, languages: tuple[str, ...], *, looks_printed: bool) -> Attempt:
        """All lines; or a sample of them, where that shows that they are no print in the script.

        A sample is taken of what does not look printed and would take long to fail. ``languages`` (ISO
        639-3) name the data to begin with; where the text then turns out to be in another language of the
        script, or is nearly enough, it is read again with other data. Raises LanguageMissingError when no
        data for the script is installed, EngineError on failure.
        """
        first = next((language for language in languages if language in self._data), self._data[0])
        sample: Lines = {}
        if not looks_printed and len(self._quads) >= (MANY if len(self._data) == 1 else MANY_IN_KIN):
            asked = self._longest()
            sample = self._sample(asked, first)
            # Half may be in another script, or dropped.
            if 2 * sum(map(self._is_right, sample.values())) < len(asked):
                return self._as_attempt(sample)
        begun = self._likely(sample, languages) or first
        lines = self._at_once(begun)
        if begun == first:
            self._take_better(lines, sample)
        if score_of(list(lines.values()), self._script) < PROMISING:
            return self._as_attempt(lines)
        likely = self._likely(lines, languages) or begun
        attempt = self._mended(lines, begun) if likely == begun else self._in_kin(lines, begun, likely)
        return self._in_the_rest(attempt, {begun, likely})

    def _sample(self, asked: list[int], data: str) -> Lines:
        """Some lines read small: together, or each alone where all of them get lost together."""
        lines = self._strips.together(asked, data, SMALL)
        for place in [] if lines else asked:
            lines |= self._strips.alone(place, data)
        return lines

    def _longest(self) -> list[int]:
        asked = max(FEWEST_SAMPLED, len(self._quads) // ONE_SAMPLED_IN)
        return sorted(range(len(self._quads)), key=lambda index: -width(self._quads[index]))[:asked]

    def _is_right(self, line: ReadLine) -> bool:
        return score_of([line], self._script) >= RIGHT

    def _likely(self, lines: Lines, languages: tuple[str, ...]) -> str | None:
        """The data that a text is likeliest for."""
        if len(self._data) == 1:
            return None
        guess = guess_language("\n".join(line.text for line in lines.values()), languages, self._data)
        return guess.language if guess else None

    def _in_kin(self, lines: Lines, begun: str, likely: str) -> Attempt:
        """What was begun with one language's data, in the language that it turns out to be likelier in."""
        others = self._at_once(likely)
        if self._as_attempt(others).score >= self._as_attempt(lines).score - KIN_LEAD:
            attempt = self._mended(others, likely)
            if attempt.score >= self._enough:
                return attempt
        return self._mended(lines, begun)

    def _in_the_rest(self, attempt: Attempt, read_in: set[str]) -> Attempt:
        """The best of an attempt and, until one is enough, of others with the data it was not read with."""
        others = (language for language in self._data if language not in read_in)
        while attempt.score < self._enough and (other := next(others, None)):
            again = self._mended(self._at_once(other), other)
            attempt = max(attempt, again, key=lambda tried: tried.score)
        return attempt

    def _at_once(self, data: str) -> Lines:
        """All lines in one go, or in two: some are dropped at any one size. A few may get lost together."""
        places = list(range(len(self._quads)))
        lines = self._strips.together(places, data)
        lost = not lines or self._script in TWICE
        if lost and self._as_attempt(lines).score < self._enough:
            self._take_better(lines, self._strips.together(places, data, SMALL))
        if len(places) <= FEW and self._as_attempt(lines).score < LOST:
            for place in places:
                self._take_better(lines, self._strips.alone(place, data))
        return lines

    def _mended(self, lines: Lines, data: str) -> Attempt:
        """The weakest lines read again, each alone and smaller."""
        weak = [place for place in range(len(self._quads)) if self._is_weak(lines.get(place))]
        worth_it = len(weak) < len(self._quads) or len(weak) <= FEW
        for place in weak[:MOST_ALONE] if worth_it else []:
            self._take_better(lines, self._strips.alone(place, data))
        return self._as_attempt(lines)

    def _is_weak(self, line: ReadLine | None) -> bool:
        return line is None or score_of([line], self._script) < WEAK

    def _take_better(self, lines: Lines, others: Lines) -> None:
        """Put each of the other lines among ``lines`` that is new there or scores higher."""
        for place, line in others.items():
            known = lines.get(place)
            if known is None or score_of([line], self._script) > score_of([known], self._script):
                lines[place] = line

    def _as_attempt(self, lines: Lines) -> Attempt:
        """A line for each quad, without letters where nothing was read, and what they score together."""
        read = [lines.get(place, ReadLine(quad, ())) for place, quad in enumerate(self._quads)]
        return Attempt(self._script, read, score_of(read, self._script))


def _installed(tesseract: Tesseract, data: tuple[str, ...]) -> tuple[str, ...]:
    """What is installed of a script's data; all of it where nothing is, so that the want of it is told."""
    return tuple(language for language in data if language in tesseract.languages) or data
