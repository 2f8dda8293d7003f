"""The first engine on the lines of a side: set upright, then read."""

from __future__ import annotations

import numpy as np

from worker.reading.directions import Group, LineReader
from worker.reading.geometry import Picture, Quad, crop, height, width
from worker.reading.lines import ReadLine
from worker.reading.pitch import liked_stretch
from worker.reading.recogniser import TALL, Recogniser

SCRAP_SURENESS = 0.45
LONG = 4.0


class Written:
    """Reads Latin, Chinese and Japanese, by hand or in print, in any direction."""

    name = "rapidocr"

    def __init__(self) -> None:
        self._recogniser = Recogniser()

    def reader_of(self, sheet: Picture) -> LineReader:
        """What reads a line of this sheet, and the same line only once."""
        read: dict[bytes, ReadLine] = {}

        def read_once(quad: Quad) -> ReadLine:
            key = quad.tobytes()
            if key not in read:
                read[key] = self.read_line(sheet, quad)
            return read[key]

        return read_once

    def read_group(self, sheet: Picture, group: Group) -> list[ReadLine]:
        """Every line of a settled group at the width the recogniser likes."""
        sampled = list(group.read.values())
        stretch = liked_stretch(sampled)
        read = dict(group.read) if stretch <= 1.0 else {}
        # By width: to go from one to another costs the network a millisecond.
        for index in sorted(range(len(group.quads)), key=lambda index: _relative_width(group.quads[index])):
            if index not in read:
                read[index] = self.read_line(sheet, group.quads[index], stretch)
        return [read[index] for index in range(len(group.quads))]

    def read_line(self, sheet: Picture, quad: Quad, stretch: float = 1.0) -> ReadLine:
        """One line, upright when ``quad`` starts where its text starts."""
        line = crop(sheet, np.asarray(quad, np.float32), TALL, stretch)
        found = self._recogniser.read(line)
        return ReadLine(quad, found.glyphs, found.emissions)


def _relative_width(quad: Quad) -> float:
    return width(quad) / max(height(quad), 1.0)


def is_long(line: ReadLine) -> bool:
    """True for a line long enough to hold a few words."""
    return width(line.quad) >= LONG * height(line.quad)


def without_scraps(lines: list[ReadLine]) -> tuple[list[ReadLine], list[Quad]]:
    """The lines that are no scraps, and where scraps lie of which not a letter or digit was read.

    Those are drawn stars, or short words in a script that the engine does not know; where nothing else
    stands in their direction, they are left out.
    """
    kept = [line for line in lines if not _is_scrap(line)]
    return kept, [line.quad for line in lines if _is_scrap(line) and _is_wordless(line)]


def _is_scrap(line: ReadLine) -> bool:
    """No letter or digit, or one or two doubtful characters.

    Long lines are none even if nothing came of them: they may be in a script that the engine does not know.
    """
    if is_long(line):
        return False
    return _is_wordless(line) or (line.letters <= 2 and line.sureness < SCRAP_SURENESS)


def _is_wordless(line: ReadLine) -> bool:
    return not any(glyph.text.isalnum() for glyph in line.glyphs)
