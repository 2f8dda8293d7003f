"""The texts that sample cards are written from."""

import numpy as np
import pytest

from samples.texts import languages, message, phrases

ASKED_FOR = [
    "ara",
    "fas",
    "rus",
    "ukr",
    "ell",
    "heb",
    "kor",
    "hin",
    "tha",
    "hye",
    "kat",
    "amh",
    "ben",
    "tam",
]
OURS = ["eng", "fra", "deu", "spa"]
SENTENCES_MIN = 20


@pytest.mark.parametrize("language", languages())
def test_each_language_has_varied_sentences(language: str) -> None:
    sentences = phrases(language).sentences
    assert len(sentences) >= SENTENCES_MIN
    assert len(set(sentences)) == len(sentences)


def test_the_languages_that_reading_is_measured_in_are_there() -> None:
    assert {*ASKED_FOR, *OURS} <= set(languages())


def test_a_message_is_a_greeting_some_sentences_and_a_closing() -> None:
    greeting, body, closing = message("eng", np.random.default_rng(1), sentences=2).split("\n")
    parts = phrases("eng")
    assert greeting in parts.greetings
    assert closing in parts.closings
    assert sum(sentence in body for sentence in parts.sentences) == 2


def test_no_line_can_break_before_a_french_question_mark() -> None:
    seeds = (message("fra", np.random.default_rng(seed)) for seed in range(60))
    assert not any(" ?" in text for text in seeds)
