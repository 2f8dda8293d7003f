"""Reading order of lines, without an engine."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.geometry import Quad
from worker.reading.layout import reading_order


def quad(x: float, y: float, width: float = 300, height: float = 40) -> Quad:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


places = st.tuples(
    st.floats(0, 2000), st.floats(0, 2000), st.floats(10, 900), st.floats(8, 80), st.floats(-0.2, 0.2)
)


def leaning(x: float, y: float, width: float, height: float, slope: float) -> Quad:
    shear = np.array([[1, slope], [0, 1]], np.float32)
    return (quad(x, y, width, height) @ shear).astype(np.float32)


@given(st.lists(places, max_size=30), st.booleans())
def test_the_order_holds_every_line_once(
    lines: list[tuple[float, float, float, float, float]], rtl: bool
) -> None:
    order = reading_order([leaning(*line) for line in lines], rtl)
    assert sorted(order) == list(range(len(lines)))


@given(st.permutations(range(12)))
def test_one_column_reads_downwards_in_whatever_order_it_was_found(shuffled: list[int]) -> None:
    lines = [quad(50, 60 * row) for row in shuffled]
    assert [shuffled[index] for index in reading_order(lines)] == list(range(12))


def test_a_spread_reads_its_left_page_first() -> None:
    left = [quad(0, 60 * row) for row in range(6)]
    right = [quad(400, 60 * row) for row in range(6)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    assert reading_order(mixed) == [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]


def test_a_spread_in_arabic_reads_its_right_page_first() -> None:
    left = [quad(0, 60 * row) for row in range(4)]
    right = [quad(400, 60 * row) for row in range(4)]
    assert reading_order([*left, *right], right_to_left=True) == [4, 5, 6, 7, 0, 1, 2, 3]


def test_a_heading_across_both_columns_comes_first() -> None:
    columns = [quad(x, 100 + 60 * row) for x in (0, 400) for row in range(4)]
    assert reading_order([*columns, quad(0, 0, 700)])[0] == 8


def test_two_pieces_of_one_row_stay_together() -> None:
    lines = [quad(0, 0), quad(400, 6), quad(0, 60), quad(0, 120)]
    assert reading_order(lines) == [0, 1, 2, 3]
