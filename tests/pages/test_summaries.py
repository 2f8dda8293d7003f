"""What a person is told of a side before they trust what was read of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailroom.reading import TRANSCRIBED, Content, Line
from review_ui.summaries import summary
from tests.house import make_reading

UNREAD = replace(make_reading(""), confidence=0.0, language=None, content=Content.UNREADABLE, script="Cyrl")
LOOK = "writing that could not be read: look at the picture"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("Cyrl", ". It may be Cyrillic script, so Russian, Ukrainian, Belarusian, Bulgarian or Serbian"),
        ("Arab", ". It may be Arabic script, so Arabic, Persian or Urdu"),
        ("Geor", ". It may be Georgian script"),
        ("Guru", ". It may be Gurmukhi script, so Punjabi"),
        ("Telu", ". It may be Telugu script"),
        ("Mymr", ". It may be Burmese script"),
        ("Latn", ". It may be Latin script"),
        ("Zyyy", ". Its script is not known"),
    ],
)
def test_unread_writing_names_the_likely_script_and_languages(script: str, said: str) -> None:
    assert summary(replace(UNREAD, script=script)) == LOOK + said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Content.BLANK, "blank: nothing was found here"),
        (Content.DRAWING, "a drawing: no words found"),
        (Content.PHOTOGRAPH, "a photograph: no words found"),
        (Content.FORM, "a form: no words found"),
        (Content.TEXT, "no words found"),
    ],
)
def test_a_side_without_words_says_what_it_is(content: Content, said: str) -> None:
    assert summary(replace(make_reading(""), lines=(), content=content)) == said


def test_places_of_which_nothing_came_are_unread_writing() -> None:
    assert summary(replace(make_reading(""), lines=(Line("", 0.0, (0, 0, 9, 9)),))).startswith(LOOK)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "English, handwritten; read well (97% sure)"),
        ({"confidence": 0.998}, "English, handwritten; read well (99% sure)"),
        ({"confidence": 0.81}, "English, handwritten; some words may be wrong (81% sure)"),
        (
            {"language": "rus", "script": "Cyrl", "handwritten": False},
            "Russian in Cyrillic script, printed; read well (97% sure)",
        ),
        (
            {"language": "ara", "script": "Arab", "handwritten": False},
            "Arabic, printed; read well (97% sure)",
        ),
        (
            {"language": None, "handwritten": None, "confidence": 0.5},
            "Latin script, language unknown, handwriting or print; "
            "many words may be wrong: go by the picture (50% sure)",
        ),
        ({"engine": TRANSCRIBED, "confidence": 1.0}, "English, written down by a person"),
        (
            {"engine": TRANSCRIBED, "language": "kat", "script": "Cyrl"},
            "Georgian, written down by a person",
        ),
        ({"engine": TRANSCRIBED, "content": Content.FORM}, "a form: English, written down by a person"),
        ({"content": Content.CUTTING}, "a newspaper cutting: English, handwritten; read well (97% sure)"),
    ],
)
def test_what_was_read_says_in_which_writing_and_how_surely(changes: dict[str, object], said: str) -> None:
    assert summary(replace(make_reading(), **changes)) == said  # type: ignore[arg-type]


def test_what_nobody_has_read_says_so() -> None:
    assert summary(None) == "not read yet"
