"""Lines are found at whatever size their writing has, on copies no larger than needed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.pictures import card, paper
from worker.reading.geometry import Picture, height
from worker.reading.ink import ink_on
from worker.reading.line_finder import FEW_STROKES, LineFinder
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import shrunk


@pytest.fixture(scope="module")
def lines() -> LineFinder:
    return LineFinder(ReaderSettings())


def postcard(scale: float, rows: int) -> Picture:
    """A large scan with rows of print: letters of about ``21 * scale`` pixels."""
    picture = paper(1240, 1748)
    for row in range(rows):
        at = (100, 200 + round(60 * scale) * row)
        cv2.putText(
            picture, "Take heart", at, cv2.FONT_HERSHEY_COMPLEX, scale, (30, 30, 60), 2, cv2.LINE_AA
        )
    return picture


def test_few_large_lines_are_found_where_they_stand(lines: LineFinder) -> None:
    picture = card()
    found = lines.find(picture, ink_on(picture).strokes)
    assert ink_on(picture).strokes <= FEW_STROKES
    assert sorted(round(line.quad[:, 1].mean() / 90 - 0.4) for line in found) == [1, 2, 3]


@pytest.mark.parametrize(("scale", "rows"), [(0.6, 2), (2.5, 3), (0.9, 14)])
def test_small_and_many_lines_are_found_too(lines: LineFinder, scale: float, rows: int) -> None:
    picture = postcard(scale, rows)
    found = lines.find(picture, ink_on(picture).strokes)
    assert len(found) == rows
    assert all(18 * scale < height(line.quad) < 60 * scale for line in found)


def test_strokes_are_counted_and_specks_are_not() -> None:
    bare, written = ink_on(paper()).strokes, ink_on(card()).strokes
    assert bare == 0
    assert 30 < written <= FEW_STROKES


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_a_smaller_copy_has_the_size_asked_for_and_the_same_tone(wide: int, tall: int, seed: int) -> None:
    picture = np.random.default_rng(seed).integers(90, 110, (91, 130, 3), np.uint8)
    small = shrunk(picture, (wide, tall))
    assert small.shape == (tall, wide, 3)
    assert abs(float(small.mean()) - float(picture.mean())) < 6
