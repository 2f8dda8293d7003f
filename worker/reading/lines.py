"""A line as read by an engine, before it is put in order."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace

import numpy as np

from worker.reading.geometry import Quad, height, length_in_heights, width

# In line heights: what holds a few words, and what is longer than a drawn star, a heart or a flower.
LONG, WORD = 4.0, 2.0
# With fewer characters for each line height of length, a line was not read, however sure the engine is.
SPARSE = 0.4
FEWEST_LETTERS = 3
# A stop takes up less of a line than a letter.
A_MARK = 0.5

Emissions = tuple[tuple[tuple[str, float], ...], ...]
"""For each column of a line what it may be and how likely, likeliest first; "" is no character."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character read: how sure, what else it may be, and where (fractions of the line).

    Of a character that is all but certain the runner-up is not looked for: it is empty.
    """

    text: str
    confidence: float
    runner_up: str
    runner_up_confidence: float
    start: float
    end: float


Spellings = dict[tuple[int, int], tuple[str, ...]]
"""What else a run of characters (first, past the last) may say, likeliest first."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What one engine made of one line: its place in the picture and its characters.

    ``emissions`` are there where the engine tells what else its columns may be.
    """

    quad: Quad
    glyphs: tuple[Glyph, ...]
    emissions: Emissions = ()
    spellings: Spellings = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The characters in logical order."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def letters(self) -> int:
        """How many characters there are besides spaces."""
        return sum(not glyph.text.isspace() for glyph in self.glyphs)

    @property
    def sureness(self) -> float:
        """The mean of what the engine says of each character besides spaces; 0 without any."""
        marks = [glyph.confidence for glyph in self.glyphs if not glyph.text.isspace()]
        return float(np.mean(marks)) if marks else 0.0

    @property
    def read_share(self) -> float:
        """How much of the line its characters account for (0 to 1); of a word a lone stop hardly any.

        Of Latin writing come 1.6 and more for each line height of length.
        """
        marks = sum(unicodedata.category(letter)[0] in "PS" for letter in self.text)
        density = (self.letters - (1 - A_MARK) * marks) * height(self.quad) / max(width(self.quad), 1.0)
        return min(1.0, density / SPARSE)

    @property
    def by_columns(self) -> bool:
        """True of what PP-OCR read: Tesseract does not tell what columns may be."""
        return bool(self.emissions)

    def placed(self, quad: Quad) -> ReadLine:
        """The same characters at another place."""
        return replace(self, quad=quad)


def text_of_lines(lines: list[ReadLine]) -> str:
    """What some lines say, one below the other."""
    return "\n".join(line.text for line in lines)


def sureness_of(lines: list[ReadLine]) -> float:
    """The engine's mean sureness over all characters of some lines; 0 without any."""
    letters = sum(line.letters for line in lines)
    return sum(line.sureness * line.letters for line in lines) / letters if letters else 0.0


def sureness_along(lines: list[ReadLine]) -> float:
    """The same over the length of lines: a misread one gives few letters, and counts as long as it is."""
    read = [line for line in lines if line.letters]
    spans = [length_in_heights(line.quad) for line in read]
    weighed = sum(line.sureness * span for line, span in zip(read, spans, strict=True))
    return weighed / sum(spans) if read else 0.0


def plausibility(lines: list[ReadLine]) -> float:
    """How likely these are real readings (0 to 1): sureness, less where little came of much line.

    An engine that is sure of three commas on a line as long as thirty letters has read nothing:
    Latin writing has 1.6 or more letters for each line height of length.
    """
    span = sum(length_in_heights(line.quad) for line in lines)
    letters = sum(sum(glyph.text.isalnum() for glyph in line.glyphs) for line in lines)
    density = min(1.0, letters / max(span, 1e-6) / 0.8)
    return sureness_of(lines) * density


def is_next_to_nothing(lines: list[ReadLine]) -> bool:
    """True where hardly a letter came of some lines."""
    return sum(line.letters for line in lines) < FEWEST_LETTERS


def is_long(line: ReadLine) -> bool:
    """True for a line long enough to hold a few words."""
    return width(line.quad) >= LONG * height(line.quad)


def is_as_long_as_a_word(line: ReadLine) -> bool:
    """True for what is longer than something small that is drawn."""
    return width(line.quad) >= WORD * height(line.quad)


def unread(line: ReadLine) -> ReadLine:
    """The place of a line alone."""
    return ReadLine(line.quad, ())
