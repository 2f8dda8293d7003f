"""Lines longer than the recogniser takes at once come out whole, every character in its place."""

from __future__ import annotations

import re
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.pictures import paper
from worker.reading.geometry import Picture
from worker.reading.reader import Reader
from worker.reading.recognition.line_parts import SHARED, joined, spans_of
from worker.reading.recognition.recogniser import COLUMN, TALL, WIDEST, Recognised, Recogniser, as_input

SENTENCE = (
    "Dear Nadia, the first snow fell last night and I thought of you and of all your family in the house "
    "where we used to sing together in the evening with our friends from Leeds and Halifax, so please "
    "call me on 07700 900123"
)

EASILY_READ = 3_200
"""How wide the sentence is at the size that the recognisers like."""


def text_of(read: Recognised) -> str:
    return "".join(glyph.text for glyph in read.glyphs)


def print_of(text: str) -> Picture:
    """A line of print by itself, as the recogniser gets it."""
    wide = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, 0.8, 1)[0][0]
    line = paper(TALL, wide + 40)
    cv2.putText(line, text, (20, 33), cv2.FONT_HERSHEY_DUPLEX, 0.8, (30, 30, 60), 1, cv2.LINE_AA)
    return line


@pytest.fixture(scope="module", params=["quick", "thorough"])
def recogniser(request: pytest.FixtureRequest) -> Recogniser:
    return Recogniser.quick() if request.param == "quick" else Recogniser.thorough()


@pytest.mark.parametrize("times", [1.0, 1.35, 2.5])
def test_a_long_line_is_read_to_its_end(recogniser: Recogniser, times: float) -> None:
    """Cut between words, within one, or wider still."""
    line = print_of(SENTENCE if times < 2 else f"{SENTENCE} {SENTENCE}")
    wide = round(EASILY_READ * times) + 1
    assert wide > WIDEST
    stretched = np.asarray(cv2.resize(line, (wide, TALL), interpolation=cv2.INTER_LINEAR), np.uint8)
    said = text_of(recogniser.read(stretched))
    assert said.split()[-6:] == SENTENCE.split()[-6:]
    assert len(said) == pytest.approx(len(SENTENCE) * (1 if times < 2 else 2), abs=2)


def test_glyphs_are_where_their_letters_stand(recogniser: Recogniser) -> None:
    line = np.concatenate([print_of(f"{SENTENCE} {SENTENCE[:120]}"), print_of("Yours, Tom")], axis=1)
    assert line.shape[1] > WIDEST
    read = recogniser.read(line)
    assert all(before.start <= after.start for before, after in pairwise(read.glyphs))
    alone = recogniser.read(print_of("Yours, Tom"))
    begun = line.shape[1] - print_of("Yours, Tom").shape[1]
    places = [glyph.start * line.shape[1] - begun for glyph in read.glyphs[-len(alone.glyphs) :]]
    expected = [glyph.start * print_of("Yours, Tom").shape[1] for glyph in alone.glyphs]
    assert places == pytest.approx(expected, abs=2 * COLUMN)


def test_each_column_of_a_long_line_is_there_once(recogniser: Recogniser) -> None:
    line = print_of(f"{SENTENCE} {SENTENCE}")
    read = recogniser.read(line)
    assert 0 <= len(read.emissions) - line.shape[1] / COLUMN <= 4


def test_more_than_the_network_takes_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the network takes"):
        as_input(np.zeros((TALL, WIDEST + 1, 3), np.uint8))


@pytest.mark.parametrize("size", [0.9, 0.98])
def test_small_typescript_across_a_wide_sheet_is_read_to_its_end(reader: Reader, size: float) -> None:
    """Its letters run together where ink is looked for, and it is too small for where lines are."""
    text = f"{SENTENCE} when you are at home again, with all our love"
    picture = paper(2700, 3895)
    for row in range(3):
        place = (30, 700 + 700 * row)
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_DUPLEX, size, (30, 30, 60), 2, cv2.LINE_AA)
    lines = reader.read(picture, ("eng",)).lines
    assert [line.text for line in lines] == 3 * [text]
    for line in lines:
        begins = [found.start() for found in re.finditer(r"\S+", text)]
        for word, begin in zip(line.words, begins, strict=True):
            x0, y0, x1, y1 = word.box
            before = cv2.getTextSize(text[:begin], cv2.FONT_HERSHEY_DUPLEX, size, 2)[0][0]
            assert picture[y0:y1, x0:x1].min() < 100
            assert x0 == pytest.approx(30 + before, abs=40)


@given(columns=st.integers(1, 5_000), most=st.integers(2 * SHARED, 400))
def test_parts_overlap_and_cover_the_line(columns: int, most: int) -> None:
    spans = spans_of(columns, most)
    assert (spans[0][0], spans[-1][1]) == (0, columns)
    assert all(0 < last - first <= most for first, last in spans)
    assert all(before[1] - after[0] == SHARED for before, after in pairwise(spans))


@given(columns=st.integers(100, 900), lead=st.integers(0, 5))
def test_parts_that_see_the_same_make_up_what_was_seen(columns: int, lead: int) -> None:
    whole = np.random.default_rng(columns).normal(size=(columns, 6)).astype(np.float32)
    parts = [(first, whole[first : last + lead].copy()) for first, last in spans_of(columns, 100)]
    assert np.array_equal(joined(parts), whole)


def test_the_joint_is_where_both_parts_agree() -> None:
    seen = np.ones((150, 6), np.float32)
    before, after = seen[:100].copy(), seen[100 - SHARED :].copy()
    before[100 - SHARED // 2 :] = 7.0
    after[: SHARED // 2 - 4] = 5.0
    assert np.array_equal(joined([(0, before), (100 - SHARED, after)]), seen)
