"""One or two lines beside others that they are no part of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.reading.places import as_found, mirrored, quad, stack
from worker.reading.layout.reading_order import reading_order


@given(st.integers(4, 10), st.integers(0, 20), st.integers(45, 600), st.floats(-15, 15), st.booleans())
def test_an_address_of_one_line_on_a_row_of_a_full_message_is_read_after_it(
    rows: int, row: int, gap: int, off: float, rtl: bool
) -> None:
    message = [quad(0, 60 * line, 500 - 60 * (line % 2)) for line in range(rows)]
    lines = [*message, quad(500 + gap, 60 * (1 + row % (rows - 2)) + off)]
    assert reading_order(mirrored(lines) if rtl else lines, rtl) == list(range(len(lines)))


def test_what_stands_at_the_end_of_a_short_row_is_read_with_it() -> None:
    """A name after "Yours", with a postscript below."""
    lines = [*stack(0, 0, 4), quad(0, 240, 120), quad(560, 240, 150), *stack(0, 300, 2)]
    assert reading_order(lines) == list(range(len(lines)))


@given(
    st.integers(1, 2),
    st.integers(3, 5),
    st.floats(-60, 90),
    st.integers(15, 600),
    st.booleans(),
    st.permutations(range(7)),
)
def test_a_message_of_one_or_two_lines_is_read_before_the_address_beside_it(  # noqa: PLR0917
    message: int, address: int, off: float, gap: int, rtl: bool, shuffled: list[int]
) -> None:
    lines = stack(0, 60, message) + stack(500 + gap, 60 + off, address, 250)
    found = [index for index in shuffled if index < len(lines)]
    assert as_found(mirrored(lines) if rtl else lines, found, rtl) == list(range(len(lines)))


@given(
    st.integers(2, 4),
    st.integers(0, 2),
    st.floats(-12, 12),
    st.lists(st.floats(-30, 30), min_size=4, max_size=4),
    st.integers(1, 6),
    st.booleans(),
)
def test_a_salutation_on_the_rows_of_the_senders_address_is_read_after_that(  # noqa: PLR0917
    address: int, up: int, off: float, starts: list[float], rows: int, rtl: bool
) -> None:
    """It belongs to the message that follows below."""
    row = max(1, address - 1 - up)
    sender = [quad(700 + starts[line], 60 * line, 300) for line in range(address)]
    lines = [*sender, quad(0, 60 * row + off, 200), *stack(10, 60 * address + 20, rows, 1000)]
    assert reading_order(mirrored(lines) if rtl else lines, rtl) == list(range(len(lines)))


def test_pieces_of_lines_that_were_cut_are_no_sender_and_salutation() -> None:
    cut = [quad(0, 0, 500), quad(560, 0, 540), quad(0, 60, 430), quad(560, 60, 540)]
    lines = [*cut, *stack(0, 120, 3, 1100)]
    assert reading_order(lines) == list(range(len(lines)))


def test_a_name_and_a_second_one_below_stay_after_the_closing() -> None:
    lines = [quad(0, 0, 200), quad(700, 4, 150), quad(700, 64, 250), *stack(0, 130, 2, 1000)]
    assert reading_order(lines) == list(range(len(lines)))
