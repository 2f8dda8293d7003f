"""By hand, printed or both: judged line by line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from benchmarks.shared_files import SHARED
from tests.reading.pictures import card
from worker.reading.reader import Reader
from worker.reading.side.lettering import BOTH, HAND, LOUDEST, PRINT, TOLD, UNTOLD, lettering_by

CLEAR_HAND = st.floats(LOUDEST, 30.0)
CLEAR_PRINT = st.floats(-30.0, -LOUDEST)
MURMURS = st.lists(st.floats(-1.0, 1.0), max_size=5)


@given(st.lists(CLEAR_HAND, min_size=3), MURMURS)
def test_lines_clearly_by_hand_make_a_side_by_hand(lines: list[float], murmurs: list[float]) -> None:
    assert lettering_by([*lines, *murmurs]) == HAND


@given(st.lists(CLEAR_PRINT, min_size=3), MURMURS)
def test_lines_clearly_printed_make_a_printed_side(lines: list[float], murmurs: list[float]) -> None:
    assert lettering_by([*lines, *murmurs]) == PRINT


@given(st.lists(CLEAR_HAND, min_size=2, max_size=60), st.lists(CLEAR_PRINT, min_size=2, max_size=60))
def test_two_clear_lines_of_each_are_both_however_many_others_there_are(
    by_hand: list[float], printed: list[float]
) -> None:
    assert lettering_by(by_hand + printed) == BOTH


@given(st.lists(CLEAR_HAND, min_size=3), st.floats(-1e6, 0.0))
def test_one_line_alone_makes_no_side_both(by_hand: list[float], line: float) -> None:
    assert lettering_by([*by_hand, line]) != BOTH


@given(st.floats(-TOLD, TOLD, exclude_min=True, exclude_max=True))
def test_a_line_that_hardly_leans_tells_nothing(line: float) -> None:
    assert lettering_by([line]) == UNTOLD
    assert lettering_by([]) == UNTOLD


def test_print_is_called_printed(reader: Reader) -> None:
    reading = reader.read(card(), ("eng",))
    assert (reading.handwritten, reading.printed) == (False, True)


# What a person sees there: a letterhead or stamps beside handwriting, or a signature below typing.
WITH_BOTH = ("english-1905-11", "english-1905-typed-07")
BY_HAND = ("french-20th-01",)
TYPED = ("english-1940s-typed-03",)


@pytest.mark.skipif(not (SHARED / "letters").is_dir(), reason="the real letters are not on this machine")
@pytest.mark.parametrize(
    ("name", "handwritten", "printed"),
    [(name, True, True) for name in WITH_BOTH]
    + [(name, True, False) for name in BY_HAND]
    + [(name, False, True) for name in TYPED],
)
def test_a_real_letter_says_how_it_was_written(
    reader: Reader, name: str, *, handwritten: bool, printed: bool
) -> None:
    reading = reader.read(np.asarray(Image.open(SHARED / "letters" / f"{name}.jpg").convert("RGB")))
    assert (reading.handwritten, reading.printed) == (handwritten, printed)
