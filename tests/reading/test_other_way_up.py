"""Messages on one side that stand upside down to each other."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.reading.score import errors
from tests.reading.pictures import LINES, card
from worker.reading.geometry import Quad
from worker.reading.layout.other_way_up import TRIES, by_way_up
from worker.reading.lines import Glyph, ReadLine
from worker.reading.reader import Reader

MORE = ("A happy new year to you", "and to all of your family", "with love from Tom")


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_both_messages_of_a_card_to_be_folded_are_read(reader: Reader, quarter_turns: int) -> None:
    upright, turned = card(), np.rot90(card(MORE), 2)
    folded = np.ascontiguousarray(np.rot90(np.concatenate([turned, upright]), quarter_turns))
    reading = reader.read(folded)
    orders = ["\n".join(lines) for lines in ((*LINES, *MORE), (*MORE, *LINES))]
    assert min(errors(reading.text, order).rate for order in orders) < 0.03
    rows, columns = folded.shape[:2]
    boxes = {line.text: line.box for line in reading.lines}
    middle = np.array([np.add(boxes[text][:2], boxes[text][2:]) / 2 for text in (MORE[0], LINES[0])])
    across = middle[:, 1] > rows / 2 if rows > columns else middle[:, 0] > columns / 2
    assert across[0] != across[1]


def line(text: str, sure: float, wide: float) -> ReadLine:
    quad = np.array([[0, 0], [wide, 0], [wide, 40], [0, 40]], np.float32)
    step = 1 / max(1, len(text))
    return ReadLine(
        quad, tuple(Glyph(mark, sure, "", 0.0, at * step, (at + 1) * step) for at, mark in enumerate(text))
    )


def test_a_hard_hand_the_right_way_up_is_tried_but_twice() -> None:
    lines = [line("wc hopo that yon are well", 0.5, 600 - wide) for wide in range(9)]
    asked: list[Quad] = []

    def read(quad: Quad) -> ReadLine:
        asked.append(quad)
        return line("uo nok wey oh", 0.4, 600)

    assert by_way_up(lines, read) == (lines, [])
    assert len(asked) == TRIES


def test_a_surer_reading_without_words_turns_no_line() -> None:
    lines = [line("ynot gh no", 0.4, 400)]
    assert by_way_up(lines, lambda quad: line("Hpzku byka xuj", 0.8, 400)) == (lines, [])


def test_a_short_line_is_turned_only_beside_a_longer_one() -> None:
    longer, short = line("no ou", 0.4, 500), line("uuv", 0.3, 100)
    said = {500.0: line("we think of you every day", 0.95, 500), 100.0: line("love", 0.95, 100)}

    def read(quad: Quad) -> ReadLine:
        assert quad[0, 0] > quad[1, 0]
        return said[float(quad[0, 0])].placed(quad)

    _, turned = by_way_up([longer, short], read)
    assert [found.text for found in turned] == ["we think of you every day", "love"]
    assert by_way_up([short], read) == ([short], [])
