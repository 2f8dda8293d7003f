"""Marks of letters that the engine is sure it does not see."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.lines import Glyph, ReadLine
from worker.reading.text.accents import likelier, with_accents
from worker.vocabulary import KNOWN

QUAD = np.array([[0, 0], [400, 0], [400, 40], [0, 40]], np.float32)


def line(text: str) -> ReadLine:
    return ReadLine(QUAD, tuple(Glyph(letter, 0.99, "", 0.0, 0.0, 0.0) for letter in text))


@pytest.mark.parametrize(
    ("language", "read", "meant"),
    [
        ("pol", "będzie cegta wazy pot kilograma", "będzie cegła wazy pół kilograma"),
        ("tur", "yirmi yildir, kendime hiç", "yirmi yıldır, kendime hiç"),
        ("fra", "il etait a l'hopital", "il était a l'hôpital"),
        ("ces", "na namesti", "na náměstí"),
        ("fra", "le 18aout", "le 18août"),
        ("eng", "the cafe is naive", "the cafe is naive"),
    ],
)
def test_marks_come_back_where_a_word_is_none_without_them(language: str, read: str, meant: str) -> None:
    assert with_accents(line(read), language).text == meant


def test_words_that_are_words_either_way_stay() -> None:
    assert likelier("ou", "fra") == "ou"
    assert likelier("schon", "deu") == "schon"
    assert likelier("świat", "pol") == "świat"


def test_what_may_be_a_name_stays() -> None:
    assert with_accents(line("Pawel i Lucja Wlosek"), "pol").text == "Pawel i Lucja Wlosek"


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("pol", "pisz: zosia.dziekuje@wp.pl, @dzieki"),
        ("fra", "www.ecole-superieure.fr/eleve"),
        ("ces", "dekuji@seznam.cz"),
        ("tur", "#cocuk"),
    ],
)
def test_addresses_handles_and_links_stay(language: str, read: str) -> None:
    """With marks an address leads to somebody else, or nowhere."""
    assert with_accents(line(read), language).text == read


def test_what_was_read_is_kept_beside_it_and_the_letter_is_in_doubt() -> None:
    found = with_accents(line("cegta, ztoty"), "pol")
    assert found.spellings == {(0, 6): ("cegta,",), (7, 12): ("ztoty",)}
    assert [glyph.runner_up for glyph in found.glyphs if glyph.confidence < 0.95] == ["t", "t"]


@given(word=st.text("aąbcćeęiılłnńoóösśştuüyzżźéèà", max_size=9), language=st.sampled_from(sorted(KNOWN)))
def test_only_marks_ever_change(word: str, language: str) -> None:
    def bare(text: str) -> str:
        plain = unicodedata.normalize("NFD", text.translate(str.maketrans("łıøđ", "liod")))
        return "".join(letter for letter in plain if not unicodedata.combining(letter))

    better = likelier(word, language)
    assert likelier(better, language) == better
    for read, meant in zip(word, better, strict=True):
        assert bare(read) == bare(meant) or (read, meant) == ("t", "ł")


def test_a_plain_l_never_becomes_a_t() -> None:
    assert likelier("lesciowa", "pol") == "lesciowa"
    assert likelier("tesciowa", "pol") == "teściowa"
