"""A line in pieces: what was flagged, what is in doubt, and no letter more or less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailroom.reading import Line, Word
from review_ui.passages import Piece, pieces
from review_ui.wording import clean

BOX = (0, 0, 10, 10)


def test_a_flagged_word_stands_alone_whatever_its_case() -> None:
    line = Line("Merry CHRISTMAS to you", 0.95, BOX)
    assert pieces(line, {3: "Christmas"}) == [
        Piece("Merry ", False, 0),
        Piece("CHRISTMAS", False, 3),
        Piece(" to you", False, 0),
    ]


def test_doubtful_words_are_marked_one_by_one() -> None:
    words = (Word("the", 0.9, BOX), Word("snew", 0.4, BOX), Word("fell", 0.9, BOX))
    assert pieces(Line("the snew fell", 0.8, BOX, words), {}) == [
        Piece("the ", False, 0),
        Piece("snew", True, 0, 2),
        Piece(" fell", False, 0),
    ]


def test_a_word_that_is_as_likely_wrong_as_right_is_in_doubt() -> None:
    words = (Word("Bear", 0.86, BOX, ("Dear",)), Word("Nadia", 0.97, BOX))
    assert [piece.word for piece in pieces(Line("Bear Nadia", 0.93, BOX, words), {})] == [1, 0]


def test_a_doubtful_line_without_words_is_doubtful_all_along() -> None:
    assert pieces(Line("scribble", 0.3, BOX), {}) == [Piece("scribble", True, 0)]


@given(st.text(), st.dictionaries(st.integers(1, 9), st.text(max_size=5), max_size=3), st.text(max_size=9))
def test_no_letter_is_lost_or_invented(text: str, evidence: dict[int, str], word: str) -> None:
    line = Line(text, 0.9, BOX, (Word(word, 0.1, BOX),))
    assert "".join(piece.text for piece in pieces(line, evidence)) == clean(text, line_breaks=False)
