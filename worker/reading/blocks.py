"""Lines in reading order, as the rest of the house knows them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mailroom.reading import Line
from worker.reading.geometry import box_of
from worker.reading.layout import reading_order
from worker.reading.lines import ReadLine
from worker.reading.words import words_of


def in_order(blocks: list[list[ReadLine]], right_to_left: bool) -> list[ReadLine]:
    """The lines of several blocks, each block (one direction of text) in its own reading order."""
    ordered: list[ReadLine] = []
    for lines in blocks:
        order = reading_order([line.quad for line in lines], right_to_left)
        ordered += [lines[index] for index in order]
    return ordered


def as_lines(
    lines: list[ReadLine], shape: tuple[int, ...], sure: Callable[[float], float]
) -> tuple[Line, ...]:
    """Finished lines with boxes in a picture of ``shape``; ``sure`` turns sureness into confidence."""
    return tuple(
        Line(
            line.text,
            sure(line.sureness),
            box_of(np.asarray(line.quad), shape),
            words_of(line, shape),
        )
        for line in lines
        if line.letters
    )


def places_only(lines: list[ReadLine], shape: tuple[int, ...]) -> tuple[Line, ...]:
    """Where lines stand whose reading is not to be believed."""
    return tuple(Line("", 0.0, box_of(np.asarray(line.quad), shape)) for line in lines)
