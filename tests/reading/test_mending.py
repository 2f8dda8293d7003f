"""Mending of text, without an engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.reading import Content
from worker.reading.blocks import as_lines
from worker.reading.finishing import Nature, finished
from worker.reading.lines import Glyph, ReadLine, Spellings
from worker.reading.side.lettering import HAND
from worker.reading.side_text import SideText
from worker.reading.text.mending import mended, with_narrow_marks
from worker.reading.text.words import spans_of, words_of
from worker.screening.words.locate import places_of_words

QUAD = np.array([[0, 0], [300, 0], [300, 48], [0, 48]], np.float32)
SHAPE = (48, 300, 3)

# Dense in what mending looks for, so that its steps meet each other.
breakable = st.text(
    st.sampled_from("ab0O1|I.,:/@ \t\u00a0\u3000\u200c\u2003有سéß") | st.characters(), max_size=40
)
words = st.lists(st.sampled_from(["y0u", "d0n't,", "|", "hope", "k1ll", "B0B", "bit.ly/a0b"]), max_size=8)
languages = st.sampled_from([None, "eng", "fra"])


def line_of(text: str, spellings: Spellings | None = None) -> ReadLine:
    glyphs = tuple(
        Glyph(letter, 0.97, "", 0.0, at / len(text), (at + 1) / len(text)) for at, letter in enumerate(text)
    )
    return ReadLine(QUAD, glyphs, spellings=spellings or {})


@st.composite
def read_lines(draw: st.DrawFn, texts: st.SearchStrategy[str] = breakable) -> ReadLine:
    """Lines as an engine leaves them, some of whose words have other spellings."""
    text = draw(texts)
    bounds = spans_of(line_of(text).glyphs)
    spelt = draw(st.lists(st.sampled_from(bounds), unique=True)) if bounds else []
    return line_of(text, dict.fromkeys(spelt, ("other",)))


@given(read_lines(), languages)
def test_mending_twice_is_mending_once(line: ReadLine, language: str | None) -> None:
    once = mended(line, language)
    assert mended(once, language) == once


@given(read_lines(), languages)
def test_each_word_stands_in_its_line_and_in_order(line: ReadLine, language: str | None) -> None:
    for kept in as_lines([mended(line, language)], SHAPE, lambda _: 1.0):
        position = 0
        for word in kept.words:
            position = kept.text.index(word.text, position) + len(word.text)


@given(read_lines(words.map(" ".join)), languages)
def test_how_a_mended_word_was_read_is_the_first_of_its_other_readings(
    line: ReadLine, language: str | None
) -> None:
    found = words_of(mended(line, language), SHAPE)
    for said, word in zip(line.text.split(), found, strict=True):
        assert word.text == said or word.alternatives[0] == said


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("y0u  are wise ,", "you are wise,"),
        ("are y0u? (y0u.)", "are you? (you.)"),
        ("caf0é", "cafoé"),
        ("| hope", "I hope"),
        ("where | am", "where I am"),
        ("k1ll y0u | b0mb them", "k1ll you I bomb them"),
        (" a\u3000b\u00a0c\t", "a b c"),
        ("كتاب\u200c ، نامه\u200cها", "كتاب ، نامه\u200cها"),
    ],
)
def test_what_the_text_bears_out_is_mended(raw: str, meant: str) -> None:
    assert mended(line_of(raw), "eng").text == meant


@pytest.mark.parametrize(
    "raw",
    [
        "room 101",
        "+44 20 7946 0135",
        "bit.ly/a0b",
        "a0b@example.org",
        "#f0o",
        "user_f0o",
        "14:x0y:17",
        "HAF0RA12",
        "x0y1z",
        "HELL0W",
        "有0个",
        "да0но",
        "x0有",
        "Name | Date | Place",
        "name | date | place",
        "Name | Date",
        "|",
        "| 12",
        "سلام | بله",
        "سلام | yes",
        "你好 | hello",
    ],
)
@pytest.mark.parametrize("language", ["eng", None])
def test_what_nothing_bears_out_stays(raw: str, language: str | None) -> None:
    assert mended(line_of(raw), language) == line_of(raw)


def test_a_bar_is_no_pronoun_where_the_language_has_none_that_looks_like_it() -> None:
    assert mended(line_of("où | est"), "fra").text == "où | est"
    assert mended(line_of("where | am"), None).text == "where I am"


def test_a_mended_word_is_doubted_and_keeps_what_was_read_as_its_first_other_reading() -> None:
    line = mended(line_of("k1ll y0u | b0mb them"), "eng")
    found = words_of(line, SHAPE)
    assert [(word.text, word.alternatives) for word in found] == [
        ("k1ll", ()),
        ("you", ("y0u",)),
        ("I", ("|",)),
        ("bomb", ("b0mb",)),
        ("them", ()),
    ]
    assert found[1].confidence < found[0].confidence == found[4].confidence


def test_other_readings_stay_with_their_words_whatever_went_before_them() -> None:
    line = mended(line_of("  the  deor , y0u", {(2, 5): ("tho",), (7, 11): ("dear", "deer")}), "eng")
    assert [(word.text, word.alternatives) for word in words_of(line, SHAPE)] == [
        ("the", ("tho",)),
        ("deor,", ("dear,", "deer,")),
        ("you", ("y0u",)),
    ]


def test_a_joiner_that_is_gone_leaves_no_other_reading() -> None:
    (word,) = words_of(mended(line_of("முதல்\u200c"), "eng"), SHAPE)
    assert (word.text, word.alternatives) == ("முதல்", ())


def test_screening_finds_each_mended_word_and_the_raw_text_is_what_the_engine_said() -> None:
    said = "k1ll  y0u | b0mb them ,"
    side = SideText("engine", [[line_of(said)]], rotation=0, script="Latn", believable=True)
    reading = finished(side, SHAPE, Nature(Content.TEXT, HAND), (), ())
    assert reading.raw_text == said
    assert reading.text == "k1ll you I bomb them,"
    assert [word.text for _, word in places_of_words(reading)] == reading.text.split()


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("avant minuit：c'est tard！！ （Oui）", "avant minuit:c'est tard!! (Oui)"),
        ("https：//example.org", "https://example.org"),
        ("你好：abc，再见。", "你好：abc，再见。"),
    ],
)
def test_chinese_marks_stay_among_chinese_alone(read: str, meant: str) -> None:
    assert with_narrow_marks(line_of(read)).text == meant
