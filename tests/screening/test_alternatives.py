"""What a card says that only another reading of a word shows."""

import pytest

from mailroom.finding import Label
from mailroom.reading import Content, Line, Reading, Word
from mailroom.scope import Scope
from worker.screening.screener import Screener


def read(text: str, word: str, *others: str) -> Reading:
    """A card in English on which one word may also say others."""
    box = (0, 0, 9, 9)
    words = [Word(own, 0.9, box, others if own == word else ()) for own in text.split()]
    line = Line(text, 0.97, box, tuple(words))
    return Reading(text, 0.97, "eng", "Latn", 0, True, Content.TEXT, "test", (line,))


def found(screener: Screener, reading: Reading) -> set[Label]:
    return {finding.label for finding in screener.screen([reading], Scope()).findings}


@pytest.mark.parametrize(
    ("text", "word", "other", "label"),
    [
        ("Know that Gesus loves you.", "Gesus", "Jesus", Label.RELIGION),
        ("Know that J3sus loves you.", "", "", Label.RELIGION),
        ("Know that Xqzus loves you.", "Xqzus", "J3sus", Label.RELIGION),
    ],
)
def test_a_word_counts_as_what_another_reading_of_it_says_to_the_letter(
    packs_only: Screener, text: str, word: str, other: str, label: Label
) -> None:
    assert label in found(packs_only, read(text, word, other))


def test_another_reading_may_have_a_stray_digit(packs_only: Screener) -> None:
    assert Label.RELIGION in found(packs_only, read("Know that Xqzus loves you.", "Xqzus", "Jesus1"))
