"""Word pieces packed small: not a number is another than before."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from worker.screening.meaning.piece_table import PieceTable

ROWS, NUMBERS = 5, 6
STEPS = st.lists(
    arrays.arrays(np.uint8, (ROWS, NUMBERS), elements=st.integers(0, 63)), min_size=1, max_size=4
)


@given(STEPS, st.data())
def test_every_piece_has_the_vector_that_it_had(chunks: list[np.ndarray], data: st.DataObject) -> None:
    some = st.lists(st.floats(0.125, 1, width=32), min_size=len(chunks), max_size=len(chunks))
    scale = np.array(data.draw(some), np.float32)
    least = -scale * np.array(
        data.draw(st.lists(st.integers(0, 63), min_size=len(chunks), max_size=len(chunks)))
    )
    least = least.astype(np.float32)
    pieces = np.array(data.draw(st.lists(st.integers(0, ROWS * len(chunks) - 1))), np.int64)
    vectors = PieceTable(iter(chunks), scale, least).vectors(pieces)
    assert vectors.shape == (len(pieces), NUMBERS)
    for piece, vector in zip(pieces.tolist(), vectors, strict=True):
        chunk, row = piece % len(chunks), piece // len(chunks)
        assert np.array_equal(vector, chunks[chunk][row] * scale[chunk] + least[chunk])
