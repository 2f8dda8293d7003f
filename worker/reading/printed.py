"""The second engine on lines that the first one cannot read: print in other scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from worker.reading.geometry import Picture, Quad, width
from worker.reading.handwriting import is_handwritten
from worker.reading.language import guess_language
from worker.reading.lines import ReadLine
from worker.reading.recogniser import Glyph
from worker.reading.scripts import RIGHT_TO_LEFT, TESSERACT_DATA, script_of_character
from worker.reading.strips import PADDING, SMALL, Row, Strip, strip_of
from worker.reading.tesseract import PrintedWord, Tesseract

SPACE_WIDTH = {"Hang": 0.17, "Thai": 0.45}
"""Scripts in which Tesseract parts words anywhere: how wide a real space is, in line heights."""

ONE_BLOCK, ONE_LINE = 6, 7
TWICE = frozenset({"Arab"})
"""Scripts of whose print Tesseract loses lines at any size, but seldom the same ones at two."""

WEAK = 0.75
PROMISING = 0.55
SAMPLE = 2
WORTH_READING = 0.72
MOST_ALONE = 8
KIN_LEAD = 0.15

Lines = dict[int, ReadLine]
"""Lines read, by their place among those asked for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Lines read as one script; ``score`` (0 to 1) says how much they look like it."""

    script: str
    lines: list[ReadLine]
    score: float


class Printed:
    """Lines to be read as one script through Tesseract."""

    name = "tesseract"

    def __init__(
        self, tesseract: Tesseract, grey: Picture, quads: list[Quad], script: str, enough: float
    ) -> None:
        """``grey`` is a whitened sheet; a score of ``enough`` tells that the lines are in ``script``."""
        self._tesseract = tesseract
        self._grey = grey
        self._quads = quads
        self._script = script
        self._enough = enough
        self._data = TESSERACT_DATA[script]

    def attempt(self, languages: tuple[str, ...]) -> Attempt:
        """All lines; or a sample of them, where that shows that they are no print in the script.

        ``languages`` (ISO 639-3) name the data to begin with; where the text then turns out to be in
        another language of the script, or is nearly enough, it is read again with other data. What a first
        look shows to be no print in the script is left at that. Raises LanguageMissingError when no data
        for the script is installed, EngineError on failure.
        """
        first = next((language for language in languages if language in self._data), self._data[0])
        sample: Lines = {}
        if self._is_doubtful():
            sample = self._sample(first)
            if not any(self._is_worth(line) for line in sample.values()):
                return self._as_attempt(sample)
        begun = self._likely(sample.values(), languages) or first
        attempt = self._read_as(begun, sample if begun == first else {})
        if len(self._data) == 1 or attempt.score < PROMISING:
            return attempt
        likely = self._likely(attempt.lines, languages) or begun
        if likely != begun:
            again = self._read_as(likely)
            attempt = again if again.score >= attempt.score - KIN_LEAD else attempt
        others = (language for language in self._data if language not in {begun, likely})
        while attempt.score < self._enough and (other := next(others, None)):
            attempt = max(attempt, self._read_as(other), key=lambda tried: tried.score)
        return attempt

    def _is_doubtful(self) -> bool:
        """True where there is much to read and other data to try, and the lines do not look like print."""
        much = len(self._data) > 1 and len(self._quads) > 2 * SAMPLE - 1
        return much and is_handwritten(self._grey, self._quads, None) is not False

    def _sample(self, data: str) -> Lines:
        """The longest lines, small: at that size fewest are dropped, and it takes the least."""
        longest = sorted(range(len(self._quads)), key=lambda index: -width(self._quads[index]))[:SAMPLE]
        strip = strip_of(self._grey, [self._quads[index] for index in longest], self._from_right, SMALL)
        return {longest[row]: line for row, line in self._lines(strip, data, ONE_BLOCK).items()}

    def _likely(self, lines: Iterable[ReadLine], languages: tuple[str, ...]) -> str | None:
        """The data that a text is likeliest for."""
        guess = guess_language("\n".join(line.text for line in lines), languages, self._data)
        return guess.language if guess else None

    def _read_as(self, data: str, known: Lines | None = None) -> Attempt:
        """All lines at once; then the weakest each alone and smaller: some are dropped at any one size."""
        lines = self._lines(strip_of(self._grey, self._quads, self._from_right), data, ONE_BLOCK)
        self._take_better(lines, known or {})
        if self._script in TWICE and self._as_attempt(lines).score < self._enough:
            small = strip_of(self._grey, self._quads, self._from_right, SMALL)
            self._take_better(lines, self._lines(small, data, ONE_BLOCK))
        promising = score_of(list(lines.values()), self._script) >= PROMISING
        weak = [index for index in range(len(self._quads)) if self._is_weak(lines.get(index))]
        for index in weak[:MOST_ALONE] if promising and len(weak) < len(self._quads) else []:
            strip = strip_of(self._grey, [self._quads[index]], letters=SMALL)
            alone = self._lines(strip, data, ONE_LINE)
            self._take_better(lines, {index: alone[0]} if alone else {})
        return self._as_attempt(lines)

    def _lines(self, strip: Strip, data: str, layout: int) -> Lines:
        rows: dict[int, list[PrintedWord]] = {}
        for word in self._tesseract.read(strip.picture, (data,), layout):
            rows.setdefault(strip.row_at((word.box[1] + word.box[3]) / 2), []).append(word)
        space = SPACE_WIDTH.get(self._script)
        return {
            index: ReadLine(strip.rows[index].quad, _glyphs(words, strip.rows[index], space))
            for index, words in rows.items()
            if not _is_read_twice(words)
        }

    @property
    def _from_right(self) -> bool:
        return self._script in RIGHT_TO_LEFT

    def _is_worth(self, line: ReadLine) -> bool:
        return score_of([line], self._script) >= WORTH_READING

    def _is_weak(self, line: ReadLine | None) -> bool:
        return line is None or score_of([line], self._script) < WEAK

    def _take_better(self, lines: Lines, others: Lines) -> None:
        """Put each of the other lines among ``lines`` that is new there or scores higher."""
        for index, line in others.items():
            if index not in lines or score_of([line], self._script) > score_of(
                [lines[index]], self._script
            ):
                lines[index] = line

    def _as_attempt(self, lines: Lines) -> Attempt:
        """A line for each quad, without letters where nothing was read, and what they score together."""
        read = [lines.get(index, ReadLine(quad, ())) for index, quad in enumerate(self._quads)]
        return Attempt(self._script, read, score_of(read, self._script))


def _is_read_twice(words: list[PrintedWord]) -> bool:
    """True where Tesseract broke a row into lines that lie over each other: its words come twice."""
    return any(
        before.line != after.line and min(before.box[2], after.box[2]) > max(before.box[0], after.box[0])
        for before, after in combinations(words, 2)
    )


def score_of(lines: list[ReadLine], script: str) -> float:
    """Mean confidence over characters, times the share of letters that belong to the script.

    Lines that gave nothing lower it by their share of the length.
    """
    marks = [glyph for line in lines for glyph in line.glyphs if not glyph.text.isspace()]
    letters = [found for found in (script_of_character(glyph.text) for glyph in marks) if found]
    if not letters:
        return 0.0
    confidence = float(np.mean([glyph.confidence for glyph in marks]))
    length = sum(width(line.quad) for line in lines)
    read = sum(width(line.quad) for line in lines if line.letters)
    return confidence * read / length * sum(found == script for found in letters) / len(letters)


def _glyphs(words: list[PrintedWord], row: Row, space: float | None) -> tuple[Glyph, ...]:
    glyphs: list[Glyph] = []
    tall = (row.bottom - row.top) / (1 + 2 * PADDING)
    for position, word in enumerate(words):
        if position and (space is None or word.box[0] - words[position - 1].box[2] > space * tall):
            edge = _fraction(word.box[0], row)
            glyphs.append(Glyph(" ", word.confidence, "", 0.0, edge, edge))
        start, end = _fraction(word.box[0], row), _fraction(word.box[2], row)
        glyphs += [Glyph(letter, word.confidence, "", 0.0, start, end) for letter in word.text]
    return tuple(glyphs)


def _fraction(x: int, row: Row) -> float:
    return min(1.0, max(0.0, (x - row.left) / (row.right - row.left)))
