"""Lines that stand upside down among others: on a card to be folded, or added from across the table."""

from __future__ import annotations

from worker.reading.geometry import turn_quad, width
from worker.reading.layout.directions import (
    CERTAIN,
    CERTAIN_LETTERS,
    CERTAIN_WORDS,
    FAIRLY_CERTAIN,
    LineReader,
)
from worker.reading.lines import ReadLine, is_long, plausibility
from worker.reading.text.wordlikeness import common_share

LEAD, LEAD_BESIDE = 0.25, 0.1
"""So much surer a line is the right way up, drawn ones by 0.4 and more; less shows beside one turned."""

TRIES = 2
"""So many of the longest doubtful lines are tried: most are a hard hand the right way up."""


def by_way_up(lines: list[ReadLine], read: LineReader) -> tuple[list[ReadLine], list[ReadLine]]:
    """Lines of one direction as they are, and those that become surer when read from their other end.

    None does, unless a long one that is hardly text becomes text beyond doubt.
    """
    doubtful = [line for line in lines if is_long(line) and plausibility([line]) < FAIRLY_CERTAIN]
    tried = sorted(doubtful, key=lambda line: -width(line.quad))[:TRIES]
    if not any(_is_text(other) and _lead(other, line) >= LEAD for line, other in _turned(tried, read)):
        return lines, []
    unsure = [line for line in lines if plausibility([line]) < CERTAIN]
    surer = {id(line): other for line, other in _turned(unsure, read) if _lead(other, line) >= LEAD_BESIDE}
    return [line for line in lines if id(line) not in surer], list(surer.values())


def _turned(lines: list[ReadLine], read: LineReader) -> list[tuple[ReadLine, ReadLine]]:
    """Each line, and what it says from its other end."""
    return [(line, read(turn_quad(line.quad, 2))) for line in lines]


def _lead(other: ReadLine, line: ReadLine) -> float:
    """How much surer the other reading of a line is."""
    return plausibility([other]) - plausibility([line])


def _is_text(line: ReadLine) -> bool:
    certain = line.letters >= CERTAIN_LETTERS and plausibility([line]) >= CERTAIN
    words = plausibility([line]) >= FAIRLY_CERTAIN and common_share(line.text) >= CERTAIN_WORDS
    return certain or words
