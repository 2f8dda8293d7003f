"""Where the words of a line are that Tesseract read, whatever it says of their ends."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.geometry import Picture
from worker.reading.other_scripts.strip_reader import StripReader
from worker.reading.other_scripts.strips import GAP
from worker.reading.other_scripts.tesseract import PrintedWord, Tesseract
from worker.reading.other_scripts.word_places import Span, between_white

TALL = 40.0
# Four words of two or three strokes with little white between them, and a space after each word.
WORDS = [[(20, 50), (54, 90)], [(104, 150)], [(164, 180), (184, 200), (205, 240)], [(255, 275)]]
PLACES: list[Span] = [(strokes[0][0], strokes[-1][1]) for strokes in WORDS]


def line(words: list[list[tuple[int, int]]] = WORDS, wide: int = 300) -> Picture:
    row = np.full((40, wide), 255, np.uint8)
    for start, end in (stroke for strokes in words for stroke in strokes):
        row[10:30, start:end] = 0
    return row


def hold_their_strokes(found: list[Span]) -> bool:
    """Whether each word has all of its own strokes and none of another."""
    gaps = [(before[1], after[0]) for before, after in itertools.pairwise(PLACES)]
    cuts = [(before[1] + after[0]) / 2 for before, after in itertools.pairwise(found)]
    return all(start <= cut <= end for (start, end), cut in zip(gaps, cuts, strict=True))


def test_words_that_are_said_to_stand_where_they_do_are_left_there() -> None:
    assert between_white(PLACES, line(), TALL) == PLACES


@given(st.lists(st.integers(-12, 12), min_size=8, max_size=8))
def test_a_word_ends_at_the_space_beside_the_letter_where_it_is_said_to_end(off: list[int]) -> None:
    said = [
        (start + off[2 * at], max(end + off[2 * at + 1], start + off[2 * at] + 1))
        for at, (start, end) in enumerate(PLACES)
    ]
    assert hold_their_strokes(between_white(said, line(), TALL))


@pytest.mark.parametrize("stretched", [(0, (20, 275)), (1, (20, 150)), (2, (104, 240)), (3, (20, 275))])
def test_a_word_said_to_lie_over_others_stands_beside_them(stretched: tuple[int, Span]) -> None:
    at, place = stretched
    said = [*PLACES[:at], place, *PLACES[at + 1 :]]
    assert hold_their_strokes(between_white(said, line(), TALL))


def test_words_that_touch_end_where_they_are_said_to() -> None:
    said = [(20.0, 100.0), (100.0, 180.0)]
    assert between_white(said, line([[(20, 180)]]), TALL) == said


def test_words_out_of_order_are_left_where_they_are_said_to_stand() -> None:
    said = PLACES[::-1]
    assert between_white(said, line(), TALL) == said


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200)), min_size=1, max_size=9),
    st.lists(st.tuples(st.integers(0, 280), st.integers(1, 20)), max_size=9),
)
def test_every_word_keeps_a_place_whatever_stands_there(
    said: list[tuple[int, int]], strokes: list[tuple[int, int]]
) -> None:
    row = line([[(start, start + wide) for start, wide in strokes]], 320)
    spans = [(float(start), float(start + wide)) for start, wide in said]
    found = between_white(spans, row, TALL)
    assert len(found) == len(said)


def test_a_word_from_right_to_left_stands_before_what_it_was_said_to_cover(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So Tesseract told of the last word of an Arabic line that it was the whole line."""
    quad = np.array([[0, 0], [300, 0], [300, 40], [0, 40]], np.float32)

    def found(_: Tesseract, picture: Picture, *__: object) -> list[PrintedWord]:
        inked = np.flatnonzero((picture < 128).any(axis=0))
        scale = np.ptp(inked) / np.ptp(PLACES)
        at = [[round(inked[0] + (edge - PLACES[0][0]) * scale) for edge in place] for place in PLACES]
        said = [*at[:0:-1], [at[0][0], at[-1][1]]]
        return [
            PrintedWord(text, 0.9, (1, 1, 1), (start, GAP, end, GAP + 40))
            for text, (start, end) in zip("ابجد", said, strict=True)
        ]

    monkeypatch.setattr(Tesseract, "read", found)
    read = StripReader(Tesseract(), line(), [quad], "Arab").together([0], "ara")[0]
    last = read.glyphs[-1]
    assert (last.text, read.text) == ("د", "ا ب ج د")
    assert last.end < read.glyphs[-3].start
