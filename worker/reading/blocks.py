"""Lines in reading order, as the rest of the house knows them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mailroom.reading import Line
from worker.reading.geometry import box_of
from worker.reading.layout.entries import is_number
from worker.reading.layout.reading_order import reading_order
from worker.reading.lines import ReadLine, text_of_lines
from worker.reading.scripts import RIGHT_TO_LEFT, script_of
from worker.reading.text.words import words_of


def in_order(blocks: list[list[ReadLine]], right_to_left: bool) -> list[ReadLine]:
    """The lines of several blocks, each block (one direction of text) in its own reading order.

    ``right_to_left`` is that of the first; another, up the margin say, may be in another script.
    """
    ordered: list[ReadLine] = []
    for number, lines in enumerate(blocks):
        leftwards = right_to_left if number == 0 else script_of(text_of_lines(lines)) in RIGHT_TO_LEFT
        numbers = [index for index, line in enumerate(lines) if is_number(line.text)]
        order = reading_order([line.quad for line in lines], leftwards, numbers)
        ordered += [lines[index] for index in order]
    return ordered


def as_lines(
    lines: list[ReadLine], shape: tuple[int, ...], sure: Callable[[ReadLine], float]
) -> tuple[Line, ...]:
    """Finished lines with boxes in a picture of ``shape``; ``sure`` says how sure a line is.

    Of a line that gave no letter the place is kept, so that somebody looks what stands there.
    """
    return tuple(
        Line(
            line.text,
            sure(line),
            box_of(np.asarray(line.quad), shape),
            words_of(line, shape),
        )
        if line.letters
        else _place(line, shape)
        for line in lines
    )


def places_only(lines: list[ReadLine], shape: tuple[int, ...]) -> tuple[Line, ...]:
    """Where lines stand whose reading is not to be believed."""
    return tuple(_place(line, shape) for line in lines)


def _place(line: ReadLine, shape: tuple[int, ...]) -> Line:
    return Line("", 0.0, box_of(np.asarray(line.quad), shape))
