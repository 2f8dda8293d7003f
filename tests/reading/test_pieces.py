"""Of a line that was cut in two each letter is kept once."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.pictures import paper
from worker.reading.geometry import Picture, part
from worker.reading.lines import Glyph, ReadLine
from worker.reading.reader import Reader
from worker.reading.recognition.decoding import glyphs_of
from worker.reading.recognition.pieces import without_repeats

TALL, PITCH = 40, 16
"""A line's height, and how far apart its letters stand, in pixels."""

words = st.lists(st.text("abcde", min_size=1, max_size=5), min_size=3, max_size=8).map(" ".join)


def piece(  # noqa: PLR0917
    text: str, start: float = 0, down: float = 0, slope: float = 0, sure: float = 0.95, tall: float = TALL
) -> ReadLine:
    """A line that says something, its first letter so many letters from the left, leaning by a slope."""
    x, wide = PITCH * start, PITCH * len(text)
    fall = slope * wide
    quad = np.array(
        [[x, down], [x + wide, down + fall], [x + wide, down + fall + tall], [x, down + tall]], np.float32
    )
    share = 1 / len(text)
    glyphs = tuple(
        Glyph(letter, sure, "", 0.0, (place + 0.3) * share, (place + 0.7) * share)
        for place, letter in enumerate(text)
    )
    emissions = tuple(column for letter in text for column in (((letter, sure),), (("", 0.9),)))
    return ReadLine(quad, glyphs, emissions)


def letters(lines: list[ReadLine]) -> str:
    return "".join("".join(line.text.split()) for line in lines)


@given(words, st.floats(0, 1), st.integers(1, 2), st.floats(-0.1, 0.1), st.floats(-8, 8))
def test_what_two_pieces_of_a_line_show_is_kept_once(
    text: str, place: float, over: int, slope: float, down: float
) -> None:
    """Wherever it is cut but for its ends, and whichever letters stand there."""
    text = f"abc{text}cab"
    cut = 3 + round(place * (len(text) - 6 - over))
    pieces = [piece(text[: cut + over]), piece(text[cut:], cut, down, slope)]
    kept = without_repeats(pieces)
    shared = text[cut : cut + over]
    assert letters(kept) == "".join(text.split()) if shared.strip() else kept == pieces


@given(words, st.integers(1, 2))
def test_the_columns_and_the_place_of_a_piece_are_those_of_its_letters(text: str, over: int) -> None:
    text = f"abc{text}cab"
    cut = len(text) // 2
    for line in without_repeats([piece(text[: cut + over]), piece(text[cut:], cut)]):
        said = "".join(glyph.text for glyph in glyphs_of(line.emissions, len(line.emissions)))
        assert said.strip() == line.text.strip()
        for glyph in line.glyphs:
            middle = part(line.quad, (glyph.start + glyph.end) / 2, 1)[0, 0]
            assert text[int(middle // PITCH)] == glyph.text


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [("so I th", "thank", ["so I", "thank"]), ("wife.", "e. We", ["wife.", "We"])],
)
def test_pieces_are_parted_between_words_where_there_is_a_space(
    first: str, second: str, kept: list[str]
) -> None:
    assert [line.text for line in without_repeats([piece(first), piece(second, len(first) - 2)])] == kept


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(piece("east wind", 7), id="only beside it"),
        pytest.param(piece("east wind", 5, down=40), id="below it"),
        pytest.param(piece("rain", 5), id="another letter"),
        pytest.param(piece("east wind", 5, sure=0.4), id="hardly read"),
        pytest.param(piece("est", 5), id="nothing else to say"),
    ],
)
def test_other_lines_stay_as_they_are(second: ReadLine) -> None:
    first = piece("the eas" if second.text != "est" else "the est")
    assert without_repeats([first, second]) == [first, second]


@given(words, st.floats(0, 1), st.floats(0.01, 0.4), st.integers(30, 120))
def test_no_letter_is_dropped_that_only_one_piece_shows(
    text: str, place: float, over: float, tall: int
) -> None:
    """Although its like stands beside it, as in "fell", and letters are narrow."""
    cut = 1 + round(place * (len(text) - 2))
    pieces = [piece(text[:cut], tall=tall), piece(text[cut:], cut - over, tall=tall)]
    assert [line.text for line in without_repeats(pieces)] == [text[:cut], text[cut:]]


def test_of_two_like_letters_that_one_is_kept_once_which_both_pieces_show() -> None:
    pieces = [piece("wil", tall=60), piece("ill arrive", 1, tall=60)]
    assert letters(without_repeats(pieces)) == "willarrive"


def test_what_goes_on_up_the_margin_is_no_piece_of_the_last_line() -> None:
    last, margin = piece("the sea"), piece("east wind")
    up = np.array([[72, 30], [72, -114], [112, -114], [112, 30]], np.float32)
    assert letters(without_repeats([last, margin.placed(up)])) == "theseaeastwind"


def bent(text: str, most: float) -> Picture:
    """Print along an arc that rises or falls by so many pixels."""
    picture = paper(600, 1500)
    cv2.putText(picture, text, (60, 300), cv2.FONT_HERSHEY_COMPLEX, 1.5, (30, 30, 60), 2, cv2.LINE_AA)
    x, y = np.meshgrid(np.arange(1500, dtype=np.float32), np.arange(600, dtype=np.float32))
    bow = 4 * (x / 1500) * (1 - x / 1500) - 0.5
    drawn = cv2.remap(picture, x, y + most * bow, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, np.uint8)


@pytest.mark.parametrize("most", [-180, 150])
def test_a_bent_line_has_every_letter_once(reader: Reader, most: float) -> None:
    text = "Happy winter to you and your family, Nadia"
    found = reader.read(bent(text, most))
    assert len(found.lines) > 1
    assert "".join(found.text.split()) == "".join(text.split())
