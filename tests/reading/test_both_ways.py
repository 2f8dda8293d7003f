"""Which of the lines count that are found on a picture as it is and turned by a quarter."""

from __future__ import annotations

import numpy as np

from mailroom.reading import Box
from worker.reading.detection.both_ways import found_both_ways
from worker.reading.detection.core_rectangle import FoundLine
from worker.reading.geometry import Picture, Quad, turn_quad

PICTURE = np.zeros((1000, 1500, 3), np.uint8)
MESSAGE = [(200, top, 1400, top + 60) for top in (100, 300, 500)]
"""Level lines (x0, y0, x1, y1) of a card."""


def quad(box: Box) -> Quad:
    """A line's corners; those of an upright one start at the top right, as it runs downwards."""
    x0, y0, x1, y1 = box
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
    return corners if x1 - x0 >= y1 - y0 else turn_quad(corners, 1)


def found(as_it_is: list[Box], turned: list[Box]) -> list[list[float]]:
    """The places found, where one look finds some lines and the other one others, in the same frame."""

    def look(picture: Picture) -> list[FoundLine]:
        if picture.shape == PICTURE.shape:
            return [FoundLine(quad(box), 0.9) for box in as_it_is]
        # Turned anticlockwise what was on the right is at the top.
        there = [(y0, 1500 - x1, y1, 1500 - x0) for x0, y0, x1, y1 in turned]
        return [FoundLine(quad(box), 0.9) for box in there]

    lines = found_both_ways(look, PICTURE)
    return [[*line.quad.min(axis=0).tolist(), *line.quad.max(axis=0).tolist()] for line in lines]


def test_a_card_without_upright_lines_is_looked_at_once() -> None:
    assert found(MESSAGE, [(40, 100, 90, 900)]) == [list(box) for box in MESSAGE]


def test_a_broken_line_up_the_margin_comes_whole_and_with_its_short_word() -> None:
    pieces = [(40, 150, 90, 300), (40, 500, 90, 640)]
    whole = [(40, 200, 90, 900), (42, 120, 88, 180)]
    # Turned, the message is seen as well, in pieces that lie on it.
    seen = [*whole, (600, 90, 660, 170)]
    assert found([*MESSAGE, *pieces], seen) == [list(box) for box in [*MESSAGE, *whole]]


def test_what_is_upright_is_kept_where_the_other_look_misses_it() -> None:
    piece = (40, 150, 90, 300)
    assert found([*MESSAGE, piece], []) == [list(box) for box in [*MESSAGE, piece]]


def test_of_a_card_on_its_side_lines_come_from_the_other_look() -> None:
    rows = [(left, 50, left + 60, 950) for left in (100, 300, 500)]
    broken = [(100, 50, 160, 300), (90, 400, 170, 450), (300, 60, 360, 900)]
    heap = (800, 100, 1010, 250)
    assert found([*broken, heap], rows) == [list(box) for box in rows]
