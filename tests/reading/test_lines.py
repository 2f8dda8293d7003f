"""Words, pitch and confidence of lines, without an engine."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.confidence import Evidence, calibrated, calibrated_print, line_confidence
from worker.reading.geometry import Quad, box_of, part, turn_quad
from worker.reading.lines import Glyph, ReadLine
from worker.reading.recognition.pitch import NARROWEST, WIDEST, letter_pitch, liked_stretch
from worker.reading.text.words import words_of

SHAPE = (400, 1000, 3)
shares = st.floats(0, 1)


def level(wide: float = 900, tall: float = 48) -> Quad:
    return np.array([[10, 100], [10 + wide, 100], [10 + wide, 100 + tall], [10, 100 + tall]], np.float32)


def line(text: str, confidence: float = 0.9, wide: float = 900) -> ReadLine:
    step = 1 / max(1, len(text))
    glyphs = tuple(
        Glyph(letter, confidence, "x", 0.1, index * step, (index + 1) * step)
        for index, letter in enumerate(text)
    )
    return ReadLine(level(wide), glyphs)


@given(st.text(alphabet="abc déñ ", max_size=60))
def test_words_are_those_of_the_text_and_their_boxes_share_out_the_line(text: str) -> None:
    words = words_of(line(text), SHAPE)
    assert [word.text for word in words] == text.split()
    for before, after in pairwise(words):
        assert after.box[0] >= before.box[0]
        assert abs(after.box[0] - before.box[2]) <= 1


def test_words_that_run_leftwards_keep_their_places() -> None:
    glyphs = tuple(
        Glyph(letter, 0.9, "", 0.0, start, start + 0.1)
        for letter, start in zip("ab cd", (0.9, 0.8, 0.5, 0.2, 0.1), strict=True)
    )
    first, second = words_of(ReadLine(level(), glyphs), SHAPE)
    assert first.box[0] >= second.box[2] - 1


def test_a_doubtful_letter_gives_another_reading() -> None:
    glyphs = (
        Glyph("h", 0.99, "b", 0.01, 0, 0.3),
        Glyph("o", 0.6, "a", 0.35, 0.3, 0.6),
        Glyph("t", 0.99, "", 0, 0.6, 1),
    )
    assert words_of(ReadLine(level(), glyphs), SHAPE)[0].alternatives == ("hat",)


def test_a_sure_word_has_no_other_reading() -> None:
    assert words_of(line("hot", 0.99), SHAPE)[0].alternatives == ()


def test_dense_writing_is_widened_and_wide_print_narrowed() -> None:
    assert liked_stretch([line("a" * 70, 0.9)]) > 1.2
    assert liked_stretch([line("a" * 35, 0.995)]) < 0.7
    assert liked_stretch([line("a" * 45, 0.9)]) == 1.0


def test_a_few_letters_are_widened_but_never_narrowed() -> None:
    assert liked_stretch([line("a" * 12, 0.9, wide=130)]) > 1.5
    assert liked_stretch([line("a" * 12, 0.995)]) == 1.0
    assert liked_stretch([line("a" * 3, 0.9, wide=30)]) == 1.0


def test_letters_on_no_width_at_all_are_left_at_that() -> None:
    assert liked_stretch([line("a" * 12, 0.9, wide=0)]) == 1.0


def test_chinese_keeps_its_width() -> None:
    assert liked_stretch([line("雪" * 30, 0.995, wide=1440)]) == 1.0


@given(st.text(max_size=80), shares)
def test_a_stretch_stays_within_its_bounds(text: str, confidence: float) -> None:
    assert NARROWEST <= liked_stretch([line(text, confidence)]) <= WIDEST
    assert letter_pitch([line(text, confidence)]) >= 0


@given(shares, shares, shares, shares)
def test_confidence_is_a_chance_and_rises_with_sureness(
    low: float, high: float, density: float, language: float
) -> None:
    low, high = sorted((low, high))
    less, more = (calibrated(Evidence(sureness, density, language)) for sureness in (low, high))
    assert 0 <= less <= more <= 1


@given(shares, shares)
def test_a_line_on_a_doubtful_side_is_never_sure(sureness: float, side: float) -> None:
    assert 0 <= line_confidence(sureness, side) <= 0.5 + side / 2 + 1e-3


def test_print_that_is_just_accepted_is_a_toss_up() -> None:
    assert calibrated_print(0.0) == pytest.approx(0.5)
    assert calibrated_print(0.1) > 0.95


@given(st.integers(0, 8))
def test_a_quad_turned_four_times_is_itself(turns: int) -> None:
    assert np.array_equal(turn_quad(turn_quad(level(), turns), 4 - turns % 4), level())


@given(shares, shares)
def test_a_part_of_a_line_lies_within_it(start: float, end: float) -> None:
    start, end = sorted((start, end))
    x0, y0, x1, y1 = box_of(part(level(), start, end), SHAPE)
    assert 9 <= x0 < x1 <= 912
    assert 99 <= y0 < y1 <= 150
