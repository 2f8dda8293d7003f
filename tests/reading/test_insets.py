"""A block of small lines beside larger ones is read by itself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.geometry import Quad
from worker.reading.layout.reading_order import reading_order


def line(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)


def body(x0: float, x1: float, count: int, top: float = 0) -> list[Quad]:
    return [line(x0, top + 120 * row, x1, top + 120 * row + 90) for row in range(count)]


def small(x0: float, x1: float, count: int, top: float = 0) -> list[Quad]:
    return [line(x0, top + 26 * row, x1, top + 26 * row + 20) for row in range(count)]


@given(st.permutations(range(14)))
def test_names_left_of_a_letter_come_first_and_those_on_its_right_last(found: list[int]) -> None:
    quads = [*small(50, 250, 5), *body(300, 1500, 4), *small(1550, 1750, 5)]
    order = reading_order([quads[index] for index in found])
    assert [found[index] for index in order] == list(range(14))


def test_two_words_of_a_small_row_stay_together() -> None:
    rows = [line(0, 26 * row, 90, 26 * row + 20) for row in range(3)]
    ends = [line(100, 26 * row, 190, 26 * row + 20) for row in range(3)]
    order = reading_order([*rows, *ends, *body(300, 1500, 3)])
    assert order[:6] == [0, 3, 1, 4, 2, 5]


def test_small_lines_above_or_below_all_others_stay_in_their_place() -> None:
    quads = [*body(300, 1500, 3, top=200), *small(700, 900, 4, top=900)]
    assert reading_order(quads) == list(range(7))
    quads = [*small(700, 900, 4, top=0), *body(300, 1500, 3, top=200)]
    assert reading_order(quads) == list(range(7))


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.floats(0, 1000), st.floats(10, 600), st.floats(5, 120)),
        min_size=1,
        max_size=25,
    )
)
def test_the_order_holds_every_line_once_with_small_ones_among_them(
    found: list[tuple[float, float, float, float]],
) -> None:
    quads = [line(x, y, x + wide, y + tall) for x, y, wide, tall in found]
    assert sorted(reading_order(quads)) == list(range(len(quads)))
