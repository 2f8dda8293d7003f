"""Reading order of lines, without an engine."""

from __future__ import annotations

import sys
from collections.abc import Collection
from itertools import pairwise
from operator import itemgetter

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.reading.places import as_found, mirrored, quad, stack
from worker.reading.blocks import in_order
from worker.reading.geometry import Quad, turn_quad
from worker.reading.layout.directions import by_shape, settled
from worker.reading.layout.gaps import Gap, gaps_between
from worker.reading.layout.reading_order import columns, reading_order
from worker.reading.lines import Glyph, ReadLine

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
    beside = [quad(x, 100 + 60 * row) for x in (0, 400) for row in range(4)]
    assert reading_order([*beside, quad(0, 0, 700)])[0] == 8


@given(st.integers(3, 4), st.integers(3, 6), st.floats(-80, 80), st.integers(300, 700))
def test_a_short_heading_over_the_middle_of_several_columns_comes_first(
    count: int, rows: int, off: float, wide: int
) -> None:
    """As on a card that a whole class signed: it may end before it crosses a gutter."""
    pitch = 1600 / count
    middle = pitch * (count - 0.4) / 2
    heading = [quad(middle + off - wide / 2, 0, wide, 60)]
    names = [line for column in range(count) for line in stack(pitch * column, 150, rows, 0.6 * pitch, 90)]
    order = reading_order([*names, *heading])
    assert order[0] == len(names)
    assert order[1:] == list(range(len(names)))


@given(st.integers(3, 6), st.integers(80, 300), st.floats(0, 1), st.integers(300, 800), st.booleans())
def test_a_heading_over_the_gutter_between_two_columns_comes_first(
    rows: int, wide: int, place: float, long: int, rtl: bool
) -> None:
    """Short names leave the middle of what is written far on the left."""
    names = stack(0, 100, rows, wide) + stack(900, 100, rows, wide)
    start = wide + 20 + place * (870 - wide - long / 2)
    lines = [quad(start, 0, long), *names]
    assert reading_order(mirrored(lines) if rtl else lines, rtl) == list(range(len(lines)))


@given(st.integers(4, 8), st.integers(45, 90))
def test_an_address_whose_lines_begin_further_and_further_on_stays_whole(rows: int, step: int) -> None:
    """Although it begins above the message."""
    lines = stack(0, 70, rows) + [quad(600 + step * line, 60 * line, 300) for line in range(4)]
    assert reading_order(lines) == list(range(len(lines)))


def test_the_first_line_of_a_right_page_is_no_heading() -> None:
    left, right = stack(0, 200, 4, 200), stack(300, 0, 10, 900)
    assert reading_order(left + right) == list(range(14))


def test_two_pieces_of_one_row_stay_together() -> None:
    lines = [quad(0, 0), quad(400, 6), quad(0, 60), quad(0, 120)]
    assert reading_order(lines) == [0, 1, 2, 3]


@given(st.floats(0, 0.62), st.floats(-15, 15), st.floats(200, 600))
def test_pieces_of_a_line_that_was_cut_stay_in_their_order(overlap: float, off: float, long: float) -> None:
    """Each is grown beyond the cut, by three tenths of its height or so."""
    first, second = quad(0, 100, long), quad(long - 40 * overlap, 100 + off, 300)
    assert reading_order([second, first]) == [1, 0]


@given(
    st.tuples(st.integers(4, 12), st.integers(1, 6)),
    st.floats(0, 1),
    st.integers(80, 600),
    st.permutations(range(18)),
    st.booleans(),
)
def test_an_address_beside_a_message_is_read_after_it(
    counts: tuple[int, int], place: float, gap: int, shuffled: list[int], rtl: bool
) -> None:
    """However few its lines are, and wherever they stand between the message's first row and its last."""
    message, address = counts
    assume(address < message)
    top = 30 + 60 * round(place * (message - address - 1))
    lines = stack(0, 0, message) + stack(500 + gap, top, address, 300)
    found = [index for index in shuffled if index < len(lines)]
    assert as_found(mirrored(lines) if rtl else lines, found, rtl) == list(range(len(lines)))


@given(st.integers(3, 10), st.integers(3, 6), st.floats(0, 1), st.integers(80, 600))
def test_an_address_that_goes_on_below_a_message_is_read_after_it(
    message: int, address: int, place: float, gap: int
) -> None:
    """Wherever it starts beside the message, up to its last row."""
    top = 5 + place * 60 * (message - 1)
    lines = stack(0, 0, message) + stack(500 + gap, top, address, 300, 75)
    assert reading_order(lines) == list(range(len(lines)))


@given(st.integers(3, 12), st.integers(0, 10), st.integers(80, 600))
def test_an_address_of_two_lines_may_stand_on_the_rows_of_the_message(
    message: int, row: int, gap: int
) -> None:
    lines = stack(0, 0, message) + stack(500 + gap, 60 * min(row, message - 2), 2, 300)
    assert reading_order(lines) == list(range(len(lines)))


@given(st.integers(0, 3), st.integers(3, 8), st.integers(3, 8), st.integers(1, 4), st.booleans())
def test_columns_are_read_between_what_runs_across_them(
    above: int, left: int, right: int, below: int, rtl: bool
) -> None:
    """A short last line of what stands below is its end, not one of the left column's."""
    tall = 60 * max(left, right)
    lines = stack(0, 0, above, 1100) + stack(0, 60 * above, left) + stack(600, 60 * above, right)
    lines += stack(0, 60 * above + tall, below, 1100) + stack(0, 60 * (above + below) + tall, 1, 400)
    assert reading_order(mirrored(lines) if rtl else lines, rtl) == list(range(len(lines)))


def test_columns_above_and_below_a_line_across_are_read_above_it_and_below_it() -> None:
    lines = (
        stack(0, 0, 4) + stack(600, 10, 4) + stack(0, 250, 1, 1100) + stack(0, 310, 3) + stack(600, 320, 3)
    )
    assert reading_order(lines) == list(range(len(lines)))


def test_a_spread_reads_the_columns_of_each_page_before_the_next_page() -> None:
    page = stack(0, 0, 1, 900) + stack(0, 80, 4, 400) + stack(480, 80, 4, 400)
    spread = page + [line + np.array([1100, 15], np.float32) for line in page]
    assert reading_order(spread) == list(range(len(spread)))


@given(st.integers(3, 12), st.integers(80, 600), st.floats(-15, 15))
def test_a_date_and_a_signature_at_the_end_of_a_row_stay_in_it(rows: int, gap: int, off: float) -> None:
    lines = stack(0, 0, rows)
    date, signature = quad(500 + gap, off, 250), quad(500 + gap, 60 * (rows - 1) + off, 200)
    order = list(range(rows))
    assert reading_order([*lines, date, signature]) == [0, rows, *order[1:], rows + 1]
    assert reading_order([*lines, date]) == [0, rows, *order[1:]]


@given(st.integers(3, 9), st.sets(st.integers(0, 8), min_size=1, max_size=2), st.floats(-15, 15))
def test_the_answers_of_a_form_stay_beside_what_it_asks(asked: int, given: set[int], off: float) -> None:
    rows = sorted(row for row in given if row < asked)
    lines = stack(0, 0, asked, 150) + [quad(280, 60 * row + off, 300) for row in rows]
    expected: list[int] = []
    for row in range(asked):
        expected += [row, asked + rows.index(row)] if row in rows else [row]
    assert reading_order(lines) == expected


def test_a_line_cut_in_two_at_a_gap_stays_whole_beside_lines_across() -> None:
    lines = [*stack(0, 0, 3, 1100), quad(0, 180, 400), quad(520, 186, 580), *stack(0, 240, 3, 1100)]
    assert reading_order(lines) == list(range(len(lines)))


def test_lines_cut_in_two_amid_others_are_no_columns() -> None:
    """Their ends start anywhere, where those of a column start one below the other."""
    ends = [(500, 560), (430, 620), (520, 550)]
    cut = [
        quad(x0, 180 + 60 * row, x1 - x0)
        for row, (end, start) in enumerate(ends)
        for x0, x1 in ((0, end), (start, 1100))
    ]
    lines = [*stack(0, 0, 3, 1100), *cut, *stack(0, 360, 1, 1100), *stack(0, 420, 1, 300)]
    assert reading_order(lines) == list(range(len(lines)))


def test_a_name_alone_beside_a_message_is_read_after_it() -> None:
    lines = [*stack(0, 0, 6), quad(600, 150)]
    assert reading_order(lines) == list(range(7))


def test_a_number_beside_the_room_between_two_blocks_is_read_between_them() -> None:
    lines = [*stack(0, 0, 2), quad(600, 150), *stack(0, 260, 3)]
    assert reading_order(lines) == list(range(6))


def test_columns_are_the_lines_on_either_side_of_the_gutter() -> None:
    assert columns(stack(0, 0, 8)) == []
    lines = stack(0, 0, 1, 1100) + stack(0, 60, 8) + stack(600, 60, 8) + stack(0, 540, 1, 1100)
    assert columns(lines) == [list(range(1, 9)), list(range(9, 17))]


def test_a_greeting_up_the_margin_comes_after_the_message() -> None:
    message = [quad(120, 60 * row, 600) for row in range(6)]
    greeting = turn_quad(quad(10, 20, 40, 320), 3)
    parts = by_shape([*message[:3], greeting, *message[3:]])
    ordered = in_order([[ReadLine(line, ()) for line in part] for part in parts], right_to_left=False)
    assert [line.quad.tolist() for line in ordered] == [line.tolist() for line in [*message, greeting]]


@given(st.integers(3, 8), st.integers(12, 34), st.integers(0, 5), st.integers(1, 3))
def test_a_digit_by_itself_is_level_as_the_lines_are(rows: int, wide: int, row: int, times: int) -> None:
    """It is found as a shape that is taller than wide."""
    digit = quad(0, 60 * row, wide, 1.6 * wide)
    parts = by_shape([*stack(100, 0, rows), *times * [turn_quad(digit, 1)]])
    assert [line.tolist() for line in parts[0][rows:]] == times * [digit.tolist()]
    assert len(parts) == 1


def test_a_digit_by_itself_on_a_page_that_lies_on_its_side_is_as_its_lines_are() -> None:
    lines = [turn_quad(quad(100 * row, 0, 40, 500), 1) for row in range(4)]
    digit = quad(0, 600, 50, 25)
    assert [line.tolist() for line in by_shape([digit, *lines])[0][4:]] == [turn_quad(digit, 1).tolist()]


def test_lines_that_turn_out_certain_stay_as_they_are_however_the_first_few_looked() -> None:
    """Three short words, a little likelier upside down, and then sentences."""
    lines = [quad(0, 60 * row, 900 - row, 300) for row in range(3)] + stack(0, 1000, 4, 800)

    def read(line: Quad) -> ReadLine:
        short = np.ptp(line[:, 1]) > 100
        sureness = 0.97 if not short else 0.80 if line[0, 0] < line[1, 0] else 0.84
        return ReadLine(line, (Glyph("n", sureness, "", 0.0, 0, 1),) * (3 if short else 30))

    assert settled(lines, read).rotation == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 15)), min_size=1, max_size=30
    ),
    st.integers(2, 5),
    st.integers(0, 4),
)
def test_gaps_are_what_a_look_at_each_place_finds(
    lines: list[tuple[int, int, int]], fewest: int, narrowest: int
) -> None:
    boxes = np.array([(x, y, x + wide, y + 1) for x, y, wide in sorted(lines, key=itemgetter(1))], float)
    seen: dict[tuple[int, int, float, float, bool], float] = {}
    for x in sorted(set(boxes[:, 2].tolist())):
        across = [index for index, (x0, _, x1, _) in enumerate(boxes) if x0 < x < x1]
        for before, after in pairwise([-1, *across, len(boxes)]):
            beside = boxes[before + 1 : after]
            left, right = beside[beside[:, 2] <= x, 2], beside[beside[:, 2] > x, 0]
            if len(beside) >= fewest and len(left) and len(right) and right.min() - left.max() >= narrowest:
                alone = len(beside) + len(across) == len(boxes)
                seen.setdefault((before + 1, after, left.max(), right.min(), alone), x)
    expected = [
        Gap(start, end, x, right - left, alone) for (start, end, left, right, alone), x in seen.items()
    ]
    found = gaps_between(boxes, fewest, narrowest)
    assert found == sorted(expected, key=lambda gap: (gap.start - gap.end, -gap.wide, gap.x, gap.start))


def bands(count: int) -> list[Quad]:
    """Columns between lines across, seven lines a band; gutters are narrower from each band to the next."""
    lines: list[Quad] = []
    for band in range(count):
        top, middle, half = 200 * band, 1000 + 7 * (band * 37 % 71), 100 - band / 2
        lines += stack(0, top, 1, 2000, 50)
        for row in range(3):
            lines += stack(0, top + 50 + 50 * row, 1, middle - half - row)
        for row in range(3):
            lines += stack(middle + half + row, top + 51 + 50 * row, 1, 2000 - middle - half)
    return lines


def calls_to_order(lines: list[Quad], numbers: Collection[int] = ()) -> int:
    """How many functions are called to put lines in order: the same on any machine, however busy."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        reading_order(lines, numbers=numbers)
    finally:
        sys.setprofile(before)
    return count


def test_columns_in_very_many_bands_are_read_band_by_band() -> None:
    """As many lines as are read of a side."""
    assert reading_order(bands(114)) == list(range(798))


def test_twice_the_lines_take_no_more_than_four_times_the_calls() -> None:
    """All places of a gutter are looked at together: one after the other they took nearly seven times."""
    assert calls_to_order(bands(80)) <= 4 * calls_to_order(bands(40))


def test_twice_the_numbers_take_no_more_than_four_times_the_calls() -> None:
    """Of an account that fills a side."""

    def calls(rows: int) -> int:
        lines = stack(0, 0, rows, 300) + [quad(500 + 200 * (row % 7), 60 * row, 90) for row in range(rows)]
        return calls_to_order(lines, range(rows, 2 * rows))

    assert calls(400) <= 4 * calls(200)


def test_twice_the_lines_with_a_number_here_and_there_take_hardly_more_than_twice_the_calls() -> None:
    """What no column of numbers can be is not followed to its end."""
    assert calls_to_order(stack(0, 0, 400), range(0, 400, 9)) <= 3 * calls_to_order(
        stack(0, 0, 200), range(0, 200, 9)
    )
