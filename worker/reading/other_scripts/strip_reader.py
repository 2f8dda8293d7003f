"""Tesseract on lines set below each other, and which of its words belong to which line."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from worker.reading.geometry import Picture, Quad
from worker.reading.lines import Glyph, ReadLine
from worker.reading.other_scripts.strips import PADDING, SMALL, TALL, Row, Strip, strip_of
from worker.reading.other_scripts.tesseract import ONE_BLOCK, ONE_LINE, PrintedWord, Tesseract
from worker.reading.other_scripts.word_places import Span, between_white
from worker.reading.scripts import RIGHT_TO_LEFT

SPACE_WIDTH = {"Hang": 0.21, "Thai": 0.45}
"""Scripts in which Tesseract parts words anywhere: how wide a real space is, in line heights."""

NARROWED = 0.85
"""How wide a line of any other script is handed over: Tesseract takes as long as it is wide, and reads this
as well."""

MEANT = str.maketrans("\u00b5", "\u03bc")
"""Signs that Tesseract writes for the letters they come from: micro for mu."""
TWO_SPELLINGS = frozenset({"Mlym", "Sinh"})
JOINED = {
    **{letter + "\u0d4d\u200d": chillu for letter, chillu in zip("ണനരലളക", "ൺൻർൽൾൿ", strict=True)},
    "\u200c": "",
}
"""Malayalam as it was written before its last letters had signs of their own; joiners that show nothing."""

MOST_TOGETHER = 100
"""Lines in one picture: full ones take half of the time that Tesseract has for it on a slow machine.

It would take 32,767 pixels, some 460 lines.
"""

Lines = dict[int, ReadLine]
"""Lines read, by their place among those asked for; what Tesseract drops is missing."""


class StripReader:
    """Reads lines of one sheet as one script."""

    def __init__(self, tesseract: Tesseract, grey: Picture, quads: list[Quad], script: str) -> None:
        """``grey`` is a whitened sheet, ``script`` an ISO 15924 code."""
        self._tesseract = tesseract
        self._grey = grey
        self._quads = quads
        self._script = script
        self._stretch = 1.0 if script in SPACE_WIDTH else NARROWED

    def together(self, places: list[int], data: str, letters: int = TALL) -> Lines:
        """Some of the lines in one go, with a language's data, ``letters`` pixels high.

        Very many go in several. Raises LanguageMissingError, EngineError.
        """
        sheaves = np.array_split(places, max(1, -(-len(places) // MOST_TOGETHER)))
        read = (self._in_one_strip(sheaf.tolist(), data, letters) for sheaf in sheaves)
        return {place: line for lines in read for place, line in lines.items()}

    def _in_one_strip(self, places: list[int], data: str, letters: int) -> Lines:
        quads = [self._quads[place] for place in places]
        strip = strip_of(
            self._grey,
            quads,
            right_to_left=self._script in RIGHT_TO_LEFT,
            letters=letters,
            stretch=self._stretch,
        )
        return {places[row]: line for row, line in self._lines(strip, data, ONE_BLOCK).items()}

    def alone(self, place: int, data: str) -> Lines:
        """One line by itself and small, so that nothing beside it can make Tesseract drop it."""
        strip = strip_of(self._grey, [self._quads[place]], letters=SMALL, stretch=self._stretch)
        read = self._lines(strip, data, ONE_LINE)
        return {place: read[0]} if read else {}

    def _lines(self, strip: Strip, data: str, layout: int) -> Lines:
        rows: dict[int, list[PrintedWord]] = {}
        for word in self._tesseract.read(strip.picture, (data,), layout):
            rows.setdefault(strip.row_at((word.box[1] + word.box[3]) / 2), []).append(word)
        return {
            index: ReadLine(strip.rows[index].quad, self._glyphs(words, strip.rows[index], strip))
            for index, words in rows.items()
            if not _is_read_twice(words)
        }

    def _glyphs(self, words: list[PrintedWord], row: Row, strip: Strip) -> tuple[Glyph, ...]:
        space = SPACE_WIDTH.get(self._script)
        tall = _letter_height(row)
        glyphs: list[Glyph] = []
        for position, (word, place) in enumerate(zip(words, self._places(words, row, strip), strict=True)):
            if position and (space is None or word.box[0] - words[position - 1].box[2] > space * tall):
                edge = _fraction(place[0], row)
                glyphs.append(Glyph(" ", word.confidence, "", 0.0, edge, edge))
            start, end = (_fraction(edge, row) for edge in place)
            letters = as_meant(word.text, self._script)
            glyphs += [Glyph(letter, word.confidence, "", 0.0, start, end) for letter in letters]
        return tuple(glyphs)

    def _places(self, words: list[PrintedWord], row: Row, strip: Strip) -> list[Span]:
        """From where to where words stand in the strip."""
        step = -1 if self._script in RIGHT_TO_LEFT else 1
        said = [(float(word.box[0]), float(word.box[2])) for word in words[::step]]
        return between_white(said, strip.picture[row.top : row.bottom], _letter_height(row))[::step]


def as_meant(word: str, script: str) -> str:
    """A word with the signs that people write it with, of several that look alike."""
    if script in TWO_SPELLINGS:
        for seen, meant in JOINED.items():
            word = word.replace(seen, meant)
    return word.translate(MEANT)


def _is_read_twice(words: list[PrintedWord]) -> bool:
    """True where Tesseract broke a row into lines that lie over each other: its words come twice."""
    return any(
        before.line != after.line and min(before.box[2], after.box[2]) > max(before.box[0], after.box[0])
        for before, after in combinations(words, 2)
    )


def _letter_height(row: Row) -> float:
    return (row.bottom - row.top) / (1 + 2 * PADDING)


def _fraction(x: float, row: Row) -> float:
    return min(1.0, max(0.0, (x - row.left) / (row.right - row.left)))
