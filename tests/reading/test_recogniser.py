"""How a line comes to the recogniser: whole, in one of few widths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.recognition.recogniser import TALL, WIDEST, WIDTHS, as_input

NOTHING = 0.0
LIGHT = 255


@given(st.integers(1, WIDEST))
def test_a_line_stands_whole_in_the_next_of_few_widths(wide: int) -> None:
    values = as_input(np.full((TALL, wide, 3), LIGHT, np.uint8))
    padded = values.shape[3]
    assert values.shape == (1, 3, TALL, padded)
    assert padded in WIDTHS
    assert all(width < wide for width in WIDTHS if width < padded)
    assert (values[..., :wide] == 1.0).all()
    assert (values[..., wide:] == NOTHING).all()


def test_little_of_a_line_is_left_empty() -> None:
    assert all(wider <= narrower * 1.34 for narrower, wider in pairwise(WIDTHS))
