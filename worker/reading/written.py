"""The first engine on the lines of a side: set upright, then read."""

from __future__ import annotations

import numpy as np

from worker.reading.directions import Group, LineReader
from worker.reading.geometry import Picture, Quad, crop, height, width
from worker.reading.lines import ReadLine
from worker.reading.pitch import liked_stretch
from worker.reading.recogniser import TALL, Recogniser

NOISE_SURENESS = 0.45
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
        """Every line of a settled group at the width the recogniser likes, without scraps."""
        sampled = list(group.read.values())
        stretch = liked_stretch(sampled)
        read = dict(group.read) if stretch <= 1.0 else {}
        # By width: to go from one to another costs the network a millisecond.
        for index in sorted(range(len(group.quads)), key=lambda index: _relative_width(group.quads[index])):
            if index not in read:
                read[index] = self.read_line(sheet, group.quads[index], stretch)
        return [read[index] for index in range(len(group.quads)) if not _is_noise(read[index])]

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


def _is_noise(line: ReadLine) -> bool:
    """No letter or digit (a drawn star is read as one), or a scrap of one or two doubtful characters.

    Long lines stay even if nothing came of them: they may be in a script that the engine does not know.
    """
    if is_long(line):
        return False
    wordless = not any(glyph.text.isalnum() for glyph in line.glyphs)
    return wordless or (line.letters <= 2 and line.sureness < NOISE_SURENESS)
