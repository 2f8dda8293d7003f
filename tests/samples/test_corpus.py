"""Corpora: the same each time, varied within, one in print for each language."""

import numpy as np
import pytest

from mailroom.reading import Content
from samples.corpus import corpus, names, render
from samples.styles import Style
from samples.texts import languages
from samples.truth import Sample


def take(name: str, count: int, seed: int) -> list[Sample]:
    return list(corpus(name, count, seed))


def test_an_unknown_corpus_names_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="handwriting-latin"):
        next(corpus("handwriting-martian", 1))


def test_every_language_with_messages_has_a_corpus_in_print() -> None:
    assert {f"print-{language}" for language in languages()} <= set(names())
    assert {"handwriting-latin", "handwriting-rus", "rotated", "blank", "drawing"} <= set(names())


@pytest.mark.usefixtures("system_fonts")
def test_a_corpus_is_the_same_each_time_and_varies_within() -> None:
    first, again = take("print-fas", 2, 7), take("print-fas", 2, 7)
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(first, again, strict=True))
    assert first[0].truth.text != first[1].truth.text
    assert {sample.truth.language for sample in first} == {"fas"}
    assert {sample.truth.handwritten for sample in first} == {False}


@pytest.mark.usefixtures("system_fonts")
def test_the_even_members_of_blank_are_blank() -> None:
    (sample,) = corpus("blank", 1, 3)
    assert sample.truth.content is Content.BLANK
    assert sample.truth.text == ""


@pytest.mark.usefixtures("system_fonts")
def test_one_text_is_rendered_as_asked() -> None:
    sample = render("С теплом, Ольга", "rus", Style.PRINT, seed=2, rotation=270)
    assert sample.truth.text == "С теплом, Ольга"
    assert sample.truth.script == "Cyrl"
    assert sample.truth.rotation == 270
