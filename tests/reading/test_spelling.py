"""Doubtful words read as likely ones, without an engine."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.lines import Emissions, Glyph, ReadLine
from worker.reading.text.beam import BEAM, likeliest
from worker.reading.text.language import LanguageGuess
from worker.reading.text.spelling import respelt
from worker.reading.text.unigrams import log_chance
from worker.reading.text.word_choice import language_by_words, spelt_by_words
from worker.reading.text.words import words_of

WORDS = {"dear": 1e-3, "friend": 1e-4, "deer": 1e-6, "the": 1e-1}
QUAD = np.array([[0, 0], [300, 0], [300, 48], [0, 48]], np.float32)

columns = st.lists(
    st.dictionaries(st.sampled_from(["", "a", "b", "c", " "]), st.floats(0.01, 1), min_size=1, max_size=4),
    min_size=1,
    max_size=9,
)


def line_of(*rivals: str) -> ReadLine:
    """A line whose columns are sure of one character, or torn between the likelier first and others."""
    emissions: list[tuple[tuple[str, float], ...]] = []
    glyphs = []
    for at, marks in enumerate(rivals):
        chances = (0.99,) if len(marks) == 1 else (0.55, *[0.4 / (len(marks) - 1)] * (len(marks) - 1))
        emissions += [tuple(zip(marks, chances, strict=True)), (("", 1.0),)]
        place = at / len(rivals), (at + 1) / len(rivals)
        glyphs.append(
            Glyph(marks[0], chances[0], *(("", 0.0) if len(marks) == 1 else (marks[1], 0.4)), *place)
        )
    return ReadLine(QUAD, tuple(glyphs), tuple(emissions))


def test_a_doubtful_word_becomes_the_likely_one_and_keeps_what_was_read_as_an_alternative() -> None:
    line = respelt(line_of("d", "e", "oa", "r", " ", "f", "r", "i", "e", "n", "d"), WORDS)
    assert line.text == "dear friend"
    dear, friend = words_of(line, (48, 300, 3))
    assert "deor" in dear.alternatives
    assert friend.alternatives == ()


def test_a_space_may_be_what_was_in_doubt() -> None:
    assert (
        respelt(line_of(*"the", " x"[::-1], *"friend"), {**WORDS, "thexfriend": 0.0}).text == "the friend"
    )


def test_no_digit_is_put_into_a_word() -> None:
    words = {"a": 1e-2, "knowledge": 1e-4}
    assert respelt(line_of("a", "o0", *"knowledge"), words).text == "aoknowledge"


def test_what_the_engine_is_sure_of_stays_whatever_the_words_say() -> None:
    line = line_of(*"zqx", " ", *"dear")
    assert respelt(line, WORDS) == line


def test_a_name_that_no_list_knows_stays_where_nothing_known_is_near() -> None:
    line = line_of("N", "a", "d", "ij", "a")
    assert respelt(line, WORDS).text == "Nadia"


def test_an_unknown_word_is_less_likely_than_a_known_one_and_a_long_one_less_than_a_short_one() -> None:
    assert log_chance("dear", WORDS) > log_chance("dezr", WORDS) > log_chance("dezrzzz", WORDS)


def test_lines_without_emissions_or_language_stay() -> None:
    line = ReadLine(QUAD, (Glyph("x", 0.4, "", 0.0, 0, 1),))
    assert spelt_by_words([line], ()) == [line]
    assert spelt_by_words([line], ("eng",)) == [line]


def _emissions(drawn: list[dict[str, float]]) -> Emissions:
    return tuple(
        tuple(
            sorted(((mark, chance / sum(column.values())) for mark, chance in column.items()), key=_falling)
        )
        for column in drawn
    )


def _falling(rival: tuple[str, float]) -> float:
    return -rival[1]


@given(columns)
def test_a_beam_gives_distinct_texts_whose_chances_add_up(drawn: list[dict[str, float]]) -> None:
    found = likeliest(_emissions(drawn))
    assert 0 < len(found) <= BEAM
    assert len({text for text, _ in found}) == len(found)
    assert abs(sum(math.exp(chance) for _, chance in found) - 1) < 1e-6
    assert all(likelier >= other - 1e-9 for (_, likelier), (_, other) in pairwise(found))


@given(columns)
def test_spelling_keeps_places_in_order_and_within_the_line(drawn: list[dict[str, float]]) -> None:
    emissions = _emissions(drawn)
    glyphs: list[Glyph] = []
    before = ""
    for at, column in enumerate(emissions):
        mark = column[0][0]
        if mark and mark != before:
            place = at / len(emissions), (at + 1) / len(emissions)
            glyphs.append(Glyph(mark, column[0][1], "", 0.0, *place))
        before = mark
    spelt = respelt(ReadLine(QUAD, tuple(glyphs), emissions), WORDS)
    assert all(0 <= glyph.start <= glyph.end <= 1 for glyph in spelt.glyphs)
    assert all(last <= len(spelt.glyphs) for _, last in spelt.spellings)
    words_of(spelt, (48, 300, 3))


def test_a_mark_that_has_next_to_no_chance_in_a_column_is_left_out() -> None:
    emissions: Emissions = ((("a", 0.9), ("b", 0.02), ("c", 0.005), ("", 0.01)),)
    assert {text for text, _ in likeliest(emissions)} == {"a", "b", ""}


def test_words_tell_the_language_where_letters_mislead() -> None:
    text = "Hi Deniz! Follow us on Instagram @mapsAdeniz and scan the code at our stall, Team Utrecht"
    told = language_by_words(text, LanguageGuess("por", 0.4), ("eng", "tur"))
    assert told is not None
    assert told.language == "eng"
    assert language_by_words("Olá", LanguageGuess("por", 0.4), ("eng",)) == LanguageGuess("por", 0.4)
    assert language_by_words(text, None, ("eng",)) is None


def test_numbers_and_handles_are_not_spelt_by_words() -> None:
    assert respelt(line_of("d", "e", "oa", "r", "4"), WORDS).text == "deor4"
    assert respelt(line_of("@", "d", "e", "oa", "r"), WORDS).text == "@deor"
