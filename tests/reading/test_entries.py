"""Numbers in a column of their own are read with the lines on their rows."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.reading.pictures import paper
from tests.reading.places import as_found, mirrored, quad, stack
from worker.reading.geometry import Quad
from worker.reading.layout.entries import is_number
from worker.reading.layout.reading_order import reading_order
from worker.reading.reader import Reader

BOUGHT = (("tea", "2.50"), ("bread", "1.20"), ("writing paper", "10.99"), ("stamps", "0.75"))


def row_by_row(count: int, columns: int = 2) -> list[int]:
    """The order of columns of so many lines, given one after the other."""
    return [column * count + row for row in range(count) for column in range(columns)]


@st.composite
def prices(draw: st.DrawFn) -> list[Quad]:
    """What was bought, of any length, and its prices, flush on either side, a little higher or lower."""
    count = draw(st.integers(3, 9))
    goods = [quad(0, 60 * row, draw(st.integers(80, 400))) for row in range(count)]
    start, lean, flush = draw(st.integers(440, 900)), draw(st.floats(-18, 18)), draw(st.booleans())
    wide = [draw(st.integers(60, 130)) for _ in range(count)]
    return goods + [
        quad(start + 130 * flush - one * flush, 60 * row + lean, one) for row, one in enumerate(wide)
    ]


@given(prices(), st.booleans(), st.randoms(use_true_random=False))
def test_prices_are_read_with_what_they_are_for(lines: list[Quad], rtl: bool, chance: Random) -> None:
    found = chance.sample(range(len(lines)), len(lines))
    count = len(lines) // 2
    numbers = tuple(range(count, 2 * count))
    assert as_found(mirrored(lines) if rtl else lines, found, rtl, numbers) == row_by_row(count)


@given(prices(), st.sets(st.integers(0, 8), max_size=2))
def test_what_has_no_price_keeps_its_place(lines: list[Quad], free: set[int]) -> None:
    count = len(lines) // 2
    kept = [row for row in range(count) if row not in free]
    assume(len(kept) >= 3)
    order = reading_order(
        lines[:count] + [lines[count + row] for row in kept], numbers=range(count, count + len(kept))
    )
    expected: list[int] = []
    for row in range(count):
        expected += [row, count + kept.index(row)] if row in kept else [row]
    assert order == expected


@given(st.integers(3, 8), st.integers(80, 300), st.floats(-12, 12))
def test_dates_are_read_before_what_happens_on_them(count: int, gap: int, lean: float) -> None:
    lines = stack(0, 0, count, 120) + stack(120 + gap, lean, count, 500)
    assert reading_order(lines, numbers=range(count)) == row_by_row(count)


@given(st.integers(80, 300))
def test_two_numbers_are_read_before_their_lines_but_after_a_message(gap: int) -> None:
    """A list of two, and a telephone number in two rows beside what somebody wrote."""
    assert reading_order(stack(0, 0, 2, 40) + stack(40 + gap, 0, 3), numbers=[0, 1]) == [0, 2, 1, 3, 4]
    assert reading_order(stack(0, 0, 6) + stack(500 + gap, 120, 2, 200), numbers=[6, 7]) == list(range(8))


def test_a_table_of_three_columns_is_read_row_by_row() -> None:
    lines = stack(0, 0, 5, 250) + stack(400, 5, 5, 60) + stack(600, -5, 5, 120)
    assert reading_order(lines, numbers=range(5, 15)) == row_by_row(5, 3)


def test_two_lists_side_by_side_are_read_one_after_the_other() -> None:
    one = stack(0, 0, 4, 150) + stack(220, 0, 4, 100)
    lines = one + [line + np.array([450, 5], np.float32) for line in one]
    numbers = [*range(4, 8), *range(12, 16)]
    assert reading_order(lines, numbers=numbers) == row_by_row(4) + [8 + index for index in row_by_row(4)]


def test_a_heading_over_the_prices_is_read_with_that_over_the_goods() -> None:
    lines = stack(0, 0, 4, 200) + stack(500, 0, 4, 120)
    assert reading_order(lines, numbers=[5, 6, 7]) == row_by_row(4)


@given(st.integers(3, 6), st.integers(0, 3), st.integers(0, 3))
def test_a_list_amid_a_message_is_read_in_its_place(count: int, above: int, below: int) -> None:
    table = stack(0, 60 * above, count, 200) + stack(600, 60 * above, count, 120)
    lines = table + stack(0, 0, above, 1000) + stack(0, 60 * (above + count), below, 1000)
    before, after = range(2 * count, 2 * count + above), range(2 * count + above, len(lines))
    order = reading_order(lines, numbers=range(count, 2 * count))
    assert order == [*before, *row_by_row(count), *after]


@given(st.integers(4, 6), st.floats(0, 40))
def test_an_address_beside_a_list_is_read_after_it(count: int, off: float) -> None:
    lines = stack(0, 0, count, 200) + stack(320, 0, count, 120) + stack(560, off, 4, 300)
    expected = [*row_by_row(count), *range(2 * count, len(lines))]
    assert reading_order(lines, numbers=range(count, 2 * count)) == expected


@given(st.integers(5, 9), st.sets(st.integers(0, 3), max_size=2))
def test_an_address_with_numbers_is_still_read_after_the_message(rows: int, says: set[int]) -> None:
    """A house and a postcode by themselves."""
    lines = stack(0, 0, rows) + stack(600, 60, 4, 300)
    assert reading_order(lines, numbers=[rows + line for line in says]) == list(range(len(lines)))


def test_numbers_without_height_are_gone_through_once() -> None:
    lines = [quad(0, 10 * row, 50, 0) for row in range(4)]
    assert reading_order(lines, numbers=range(4)) == [0, 1, 2, 3]


@given(st.lists(st.tuples(*[st.integers(0, 900)] * 2, *[st.integers(0, 300)] * 2), max_size=30), st.data())
def test_the_order_holds_every_line_once_with_numbers_among_them(
    places: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    lines = [quad(*place) for place in places]
    numbers = data.draw(st.sets(st.sampled_from(range(len(lines))))) if lines else ()
    assert sorted(reading_order(lines, numbers=numbers)) == list(range(len(lines)))


@pytest.mark.parametrize(
    "text",
    ["2.50", "£2.50", "1,20 €", "3 May", "24.12.", "10am", "12:30", "1 September", "6 x", "07700 900"],
)
def test_prices_dates_times_and_counts_are_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text", ["", "…", "tea", "12345 Berlin", "12 Mill Lane", "Block 7", "LS1 4AB", "Anna 7", "2 of 3 cards"]
)
def test_words_addresses_and_names_are_none(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("between", [260, 420])
def test_a_printed_list_of_prices_is_read_row_by_row(reader: Reader, between: int) -> None:
    picture = paper(700, 1000)
    for row, cells in enumerate(BOUGHT):
        for x, cell in zip((60, 60 + 110 + between), cells, strict=True):
            place = (x, 110 + 110 * row)
            cv2.putText(picture, cell, place, cv2.FONT_HERSHEY_COMPLEX, 1.3, (30, 30, 60), 2, cv2.LINE_AA)
    assert reader.read(picture).text.split() == " ".join(map(" ".join, BOUGHT)).split()
