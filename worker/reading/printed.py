"""The second engine on lines that the first one cannot read: print in other scripts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from worker.reading.geometry import Picture, Quad, width
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
MOST_ALONE = 8
KIN_LEAD = 0.15


@dataclass(frozen=True, slots=True)
class Attempt:
    """Lines read as one script; ``score`` (0 to 1) says how much they look like it."""

    script: str
    lines: list[ReadLine]
    score: float


class Printed:
    """Reads lines as a given script through Tesseract."""

    name = "tesseract"

    def __init__(self, tesseract: Tesseract) -> None:
        self._tesseract = tesseract

    def attempt(
        self, grey: Picture, quads: list[Quad], script: str, languages: tuple[str, ...], enough: float
    ) -> Attempt:
        """All lines read as ``script``; a score of ``enough`` tells that they are in it.

        ``languages`` (ISO 639-3) name the data to begin with; where the text then turns out to be in
        another language of the script, or is nearly enough, it is read again with other data. What a first
        look shows to be no print in the script is left at that. Raises LanguageMissingError when no data
        for the script is installed, EngineError on failure.
        """
        data = TESSERACT_DATA[script]
        first = next((language for language in languages if language in data), data[0])
        attempt = self._read_as(grey, quads, script, first, enough)
        if len(data) == 1 or attempt.score < PROMISING:
            return attempt
        guess = guess_language("\n".join(line.text for line in attempt.lines), languages, data)
        likely = guess.language if guess else first
        if likely != first:
            again = self._read_as(grey, quads, script, likely, enough)
            attempt = again if again.score >= attempt.score - KIN_LEAD else attempt
        others = (language for language in data if language not in {first, likely})
        while attempt.score < enough and (other := next(others, None)):
            again = self._read_as(grey, quads, script, other, enough)
            attempt = max(attempt, again, key=lambda tried: tried.score)
        return attempt

    def _read_as(self, grey: Picture, quads: list[Quad], script: str, data: str, enough: float) -> Attempt:
        """All lines at once; then the weakest each alone and smaller: some are dropped at any one size."""
        from_right = script in RIGHT_TO_LEFT
        lines = self._lines(strip_of(grey, quads, from_right), data, script, ONE_BLOCK)
        if script in TWICE and score_of(_in_order(lines, quads), script) < enough:
            small = strip_of(grey, quads, from_right, SMALL)
            _take_better(lines, self._lines(small, data, script, ONE_BLOCK), script)
        promising = score_of(list(lines.values()), script) >= PROMISING
        weak = [
            index
            for index in range(len(quads))
            if index not in lines or _score(lines[index], script) < WEAK
        ]
        for index in weak[:MOST_ALONE] if promising and len(weak) < len(quads) else []:
            strip = strip_of(grey, [quads[index]], letters=SMALL)
            alone = self._lines(strip, data, script, ONE_LINE)
            if alone:
                _take_better(lines, {index: alone[0]}, script)
        read = _in_order(lines, quads)
        return Attempt(script, read, score_of(read, script))

    def _lines(self, strip: Strip, data: str, script: str, layout: int) -> dict[int, ReadLine]:
        rows: dict[int, list[PrintedWord]] = {}
        for word in self._tesseract.read(strip.picture, (data,), layout):
            rows.setdefault(strip.row_at((word.box[1] + word.box[3]) / 2), []).append(word)
        space = SPACE_WIDTH.get(script)
        return {
            index: ReadLine(strip.rows[index].quad, _glyphs(words, strip.rows[index], space))
            for index, words in rows.items()
            if not _is_read_twice(words)
        }


def _take_better(lines: dict[int, ReadLine], others: dict[int, ReadLine], script: str) -> None:
    """Put each of the other lines among ``lines`` that is new there or scores higher."""
    for index, line in others.items():
        if index not in lines or _score(line, script) > _score(lines[index], script):
            lines[index] = line


def _in_order(lines: dict[int, ReadLine], quads: list[Quad]) -> list[ReadLine]:
    """A line for each quad, without letters where nothing was read."""
    return [lines.get(index, ReadLine(quad, ())) for index, quad in enumerate(quads)]


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


def _score(line: ReadLine, script: str) -> float:
    return score_of([line], script)


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
