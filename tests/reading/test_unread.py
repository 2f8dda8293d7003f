"""Parts of a line on which nothing was read though there may be writing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.lines import Glyph, ReadLine
from worker.reading.recognition.unread import read_stretches, unread_stretches

HEIGHTS = 20.0


def line(*marks: tuple[str, float]) -> ReadLine:
    """A line twenty times as long as high; marks stand so many heights from its start."""
    quad = np.array([[0, 0], [HEIGHTS, 0], [HEIGHTS, 1], [0, 1]], np.float32)
    glyphs = tuple(Glyph(text, 0.99, "", 0.0, at / HEIGHTS, (at + 0.4) / HEIGHTS) for text, at in marks)
    return ReadLine(quad, glyphs)


def written(begin: float, end: float) -> list[tuple[str, float]]:
    return [("a", at) for at in np.arange(begin, end, 0.5).tolist()]


def test_a_line_read_throughout_has_no_unread_part() -> None:
    assert unread_stretches(line(*written(0, 20))) == []


def test_what_stands_before_and_after_an_address_is_unread() -> None:
    (begin, end), (again, last) = unread_stretches(line(*written(3, 10)))
    assert begin == pytest.approx(0)
    assert last == pytest.approx(1)
    assert 2 < end * HEIGHTS < 3
    assert 10 < again * HEIGHTS < 11


def test_a_stop_that_stands_by_itself_does_not_count_as_read() -> None:
    alone = unread_stretches(line(*written(0, 10), (".", 17)))
    assert alone == unread_stretches(line(*written(0, 10)))
    assert len(unread_stretches(line(*written(0, 10), ("7", 15)))) == 2


@given(st.lists(st.tuples(st.sampled_from("a7.,@"), st.floats(0, 19.5))))
def test_read_and_unread_parts_make_up_the_line(marks: list[tuple[str, float]]) -> None:
    unread = unread_stretches(line(*sorted(marks, key=lambda mark: mark[1])))
    parts = sorted([*unread, *read_stretches(unread)])
    assert sum(end - begin for begin, end in parts) == pytest.approx(1)
    assert all(0 <= begin < end <= 1 for begin, end in parts)
