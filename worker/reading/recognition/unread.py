"""Stretches of a line on which PP-OCR sees nothing though there is writing.

Of a script that it does not know, such as Korean beside an address in Latin letters, it is often sure
that there is nothing: what it does read is then read well, and the rest would be lost unnoticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from worker.reading.geometry import height, width
from worker.reading.lines import Glyph, ReadLine

Stretch = tuple[float, float]
"""From where to where, in fractions of the line."""

# In line heights: between words of clear writing lie 0.8 at most, about a character that was not seen more.
WIDEST_SPACE = 1.0
# Of 41 letters and 82 cards in Latin script eight lines have so wide a gap in them.
NO_SPACE = 2.0
LONELY = 1.0
# A letter is placed where the engine is surest of it, somewhere on it.
HALF_A_LETTER = 0.4


def unread_stretches(line: ReadLine) -> list[Stretch]:
    """Where nothing was read for longer than between words; a stop by itself counts for nothing.

    From the line's start on, whichever way its text runs.
    """
    tall = height(line.quad) / max(width(line.quad), 1.0)
    written = (glyph for glyph in line.glyphs if not glyph.text.isspace())
    marks = sorted(written, key=lambda glyph: glyph.start)
    read = [glyph for place, glyph in enumerate(marks) if not _is_lonely_stop(marks, place, LONELY * tall)]
    return gaps_between(read, NO_SPACE * tall, HALF_A_LETTER * tall)


def gaps_between(glyphs: Sequence[Glyph], least: float, margin: float) -> list[Stretch]:
    """Where no glyph lies for ``least`` of the line or longer, but for a ``margin`` at both ends.

    ``glyphs`` come in the order of their starts.
    """
    starts = accumulate((glyph.end for glyph in glyphs), max, initial=-margin)
    ends = [*(glyph.start for glyph in glyphs), 1 + margin]
    gaps = [(start, end) for start, end in zip(starts, ends, strict=True) if end - start >= least]
    return [(start + margin, end - margin) for start, end in gaps]


def widest_gap(line: ReadLine) -> float:
    """How far apart, in line heights, letters or an end of the line come at most."""
    marks = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    starts, ends = [0.0, *(glyph.end for glyph in marks)], [*(glyph.start for glyph in marks), 1.0]
    widest = max(end - start for start, end in zip(starts, ends, strict=True))
    return widest * width(line.quad) / max(height(line.quad), 1.0)


def read_stretches(unread: list[Stretch]) -> list[Stretch]:
    """What lies between and beside unread stretches."""
    edges = zip([0.0, *(end for _, end in unread)], [*(start for start, _ in unread), 1.0], strict=True)
    return [(start, end) for start, end in edges if end > start]


def _is_lonely_stop(marks: list[Glyph], place: int, far: float) -> bool:
    before = marks[place - 1].end if place else 0.0
    after = marks[place + 1].start if place + 1 < len(marks) else 1.0
    alone = marks[place].start - before >= far and after - marks[place].end >= far
    return alone and not marks[place].text.isalnum()
