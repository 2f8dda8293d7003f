"""PP-OCR on the lines of a side: set upright, then read.

Clear writing is read by the quick recogniser, as long as that pays on a side; what it is not sure of by the
thorough one. Letters too narrow for either are read at twice their width: docs/decisions/0131.
"""

from __future__ import annotations

import numpy as np

from worker.reading.geometry import Picture, Quad, crop, length_in_heights
from worker.reading.layout.directions import Group
from worker.reading.lines import ReadLine, is_long, plausibility
from worker.reading.recognition.crowded import is_crowded
from worker.reading.recognition.heads import is_latin
from worker.reading.recognition.pitch import WIDEST, liked_stretch
from worker.reading.recognition.recogniser import TALL, Recogniser
from worker.reading.recognition.unread import WIDEST_SPACE, widest_gap

# A line of which the quick recogniser is so sure is left at that, a cascade: docs/decisions/0122.
CLEAR, FEWEST_CLEAR = 0.95, 4
# Less sure than this of a line, it will hardly be sure of another on the side.
NEARLY_CLEAR = 0.9
# Romanian and Vietnamese have other letters beside these, which the quick recogniser does not know.
TELLTALE = frozenset("ăĂđĐ")
SCRAP_SURENESS = 0.45
# Plausibility of a wider line to the quick recogniser, and how much more it is than before.
PROMISING, GAIN = 0.7, 0.1
# So many of them in vain one after the other, and the rest of a side is not tried: it is in another script.
PATIENCE = 2


class PpOcr:
    """Reads Latin, Chinese and Japanese, by hand or in print, in any direction."""

    name = "pp-ocr"

    def __init__(self) -> None:
        self._quick, self._thorough = Recogniser.quick(), Recogniser.thorough()

    def on(self, sheet: Picture) -> PpOcrLines:
        """What reads the lines of a sheet."""
        return PpOcrLines(self._quick, self._thorough, sheet)


class PpOcrLines:
    """Reads lines of one sheet, each upright when its quad starts where its text starts."""

    def __init__(self, quick: Recogniser, thorough: Recogniser, sheet: Picture) -> None:
        self._quick, self._thorough = quick, thorough
        self._sheet = sheet
        self._read: dict[bytes, ReadLine] = {}
        self._glanced: dict[bytes, ReadLine] = {}
        self._credit = 1
        self._patience = PATIENCE

    def glance(self, quad: Quad) -> ReadLine:
        """A line as wide as it stands there, by the quick recogniser alone, whatever comes of it."""
        key = quad.tobytes()
        if key not in self._glanced:
            self._glanced[key] = self._at_width(self._quick, quad)
        return self._glanced[key]

    def read(self, quad: Quad) -> ReadLine:
        """A line as wide as it stands there; the same line is read only once."""
        key = quad.tobytes()
        if key not in self._read:
            self._read[key] = self._line(quad)
        return self._read[key]

    def read_group(self, group: Group) -> list[ReadLine]:
        """Every line of a settled group at the width the recogniser likes."""
        sampled = list(group.read.values())
        stretch = liked_stretch(sampled)
        read = dict(group.read) if stretch <= 1.0 else {}
        # By width: to go from one to another costs the network a millisecond.
        for index in sorted(range(len(group.quads)), key=lambda at: length_in_heights(group.quads[at])):
            if index not in read:
                read[index] = self._line(group.quads[index], stretch)
        return [read[index] for index in range(len(group.quads))]

    def _line(self, quad: Quad, stretch: float = 1.0) -> ReadLine:
        if self._credit >= 0:
            found = self.glance(quad) if stretch == 1.0 else self._at_width(self._quick, quad, stretch)
            self._credit += _earned(found)
            if _is_clear(found):
                return found
        pixels = self._cut(quad, stretch)
        read = _read_by(self._thorough, pixels, quad)
        is_worth_it = stretch < WIDEST and self._patience and is_crowded(read, pixels)
        return self._wider(read) if is_worth_it else read

    def _wider(self, line: ReadLine) -> ReadLine:
        """A crowded line read wider, where the quick recogniser sees far more in it then."""
        hope = self._at_width(self._quick, line.quad, WIDEST)
        least = max(PROMISING, plausibility([self.glance(line.quad)]) + GAIN)
        if hope.letters < FEWEST_CLEAR or plausibility([hope]) < least:
            self._patience -= 1
            return line
        self._patience = PATIENCE
        wide = self._at_width(self._thorough, line.quad, WIDEST)
        return max(line, wide, key=lambda read: plausibility([read]))

    def _at_width(self, recogniser: Recogniser, quad: Quad, stretch: float = 1.0) -> ReadLine:
        return _read_by(recogniser, self._cut(quad, stretch), quad)

    def _cut(self, quad: Quad, stretch: float = 1.0) -> Picture:
        return crop(self._sheet, np.asarray(quad, np.float32), TALL, stretch)


def _read_by(recogniser: Recogniser, line: Picture, quad: Quad) -> ReadLine:
    found = recogniser.read(line)
    return ReadLine(quad, found.glyphs, found.emissions)


def _earned(line: ReadLine) -> int:
    """How much a line read by the quick recogniser speaks for trying it again: one in three has to do."""
    if _is_clear(line):
        return 2
    return -1 if line.sureness >= NEARLY_CLEAR else -2


def _is_clear(line: ReadLine) -> bool:
    """Whether the quick recogniser's reading will do: Latin throughout.

    Of Chinese and Japanese it knows but a part, and sees nothing where the rest stands.
    """
    enough = line.letters >= FEWEST_CLEAR and line.sureness >= CLEAR
    known = all(is_latin(glyph.text) for glyph in line.glyphs) and TELLTALE.isdisjoint(line.text)
    return enough and known and widest_gap(line) <= WIDEST_SPACE


def without_scraps(lines: list[ReadLine]) -> tuple[list[ReadLine], list[ReadLine]]:
    """The lines that are no scraps, and the scraps.

    Those are drawn stars, or short words in a script that the engine does not know; where nothing else
    stands in their direction, they are left out.
    """
    return [line for line in lines if not _is_scrap(line)], [line for line in lines if _is_scrap(line)]


def _is_scrap(line: ReadLine) -> bool:
    """No letter or digit, or one or two doubtful characters.

    Long lines are none even if nothing came of them: they may be in a script that the engine does not know.
    """
    if is_long(line):
        return False
    return is_wordless(line) or (line.letters <= 2 and line.sureness < SCRAP_SURENESS)


def is_wordless(line: ReadLine) -> bool:
    """True where not a letter or digit was read."""
    return not any(glyph.text.isalnum() for glyph in line.glyphs)
