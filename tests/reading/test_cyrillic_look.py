"""Cyrillic handwriting is told from text in Latin letters, which is never taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.believable import is_believable
from worker.reading.looks.cyrillic_look import (
    EDGE,
    KINDS,
    looks_cyrillic,
    may_as_well_be_cyrillic,
    runs_of,
)
from worker.screening.learning.training_set import read_messages

# What PP-OCR really made of drawn Russian and Ukrainian hands, and was as sure of.
MISREAD = [
    ("dyp coóupama\nTyedeu, nyue br paomamo mën, vem omkpbimku om", 0.92),
    ("nocolbcmbe nogmbepguiu. Xyat. Napuca\nOcmalact oga Syuaka, u gbepu omkporom, b", 0.93),
    ("na∂y. Bam cnoba ba, u ou ubym.\nCnacudo za Cawy cmenocmb robopumo", 0.87),
    ("Crozi! Buumenoka npaui\nnepepbi. Cimhaduamb za, mpoe npomu, oduh zachyl.", 0.92),
    ("Bimato ugde!\nY Hac yo ubimyu sdubi, a Sycen\nbapycs Ha cbo cmap gbop.", 0.85),
]
# Languages that there is no list of words of, and letters read badly.
LATIN = [
    "Annwyl ffrind, yr wyf yn meddwl amdanoch bob dydd ac yn gobeithio y byddwch yn rhydd cyn bo hir.",
    "Rafiki mpendwa, tunakukumbuka kila siku na tunaomba uwe na nguvu. Hujasahaulika.",
    "I dashur mik, mendojmë për ty çdo ditë dhe shpresojmë që të jesh i lirë së shpejti.",
    "A chara, táimid ag smaoineamh ort gach lá agus tá súil againn go mbeidh tú saor go luath.",
    "Saaxiib qaali ah, maalin kasta waan ku xasuusanaa waxaanan rajeyneynaa inaad dhawaan xorowdo.",
    "Mngane othandekayo, sicabanga ngawe nsuku zonke futhi sithemba ukuthi uzokhululwa maduze.",
    "May ou, dhas\nWat M wo will\nYhe can o' oo dear\nNae Mf prisomd.\nthat Mr. anfra",
    "pátek, Pan Buh neopoušte.\nModlim se za Vás rüuženec každy",
    "K7-R2-M9 / K7-R2-M0 / see p. 118 l. 4 w. 6",
]


@pytest.mark.parametrize(("text", "plausibility"), MISREAD)
def test_misread_cyrillic_is_no_text_however_sure_the_engine_is(text: str, plausibility: float) -> None:
    assert looks_cyrillic(text)
    assert not is_believable(text, plausibility)


@pytest.mark.parametrize("text", LATIN)
def test_latin_text_does_not_look_cyrillic(text: str) -> None:
    assert not looks_cyrillic(text)


def test_of_messages_in_latin_letters_next_to_none_looks_cyrillic() -> None:
    """All but a few in cipher or of keys pressed at random."""
    languages = {"ces", "deu", "eng", "fra", "ita", "nld", "pol", "por", "spa", "swe", "tur"}
    texts = [message.text for message in read_messages() if message.language in languages][::5]
    assert len(texts) > 5000
    assert sum(map(looks_cyrillic, texts)) <= len(texts) / 1000
    short = [" ".join(text.split()[:3]) for text in texts]
    assert sum(map(looks_cyrillic, short)) <= len(texts) / 50
    assert sum(looks_cyrillic(text, clearly=True) for text in short) <= len(texts) / 250


@pytest.mark.parametrize(
    "text", ["Bob", "Xoxo", "Dear Pouya,", "Oaza z Nowego", "Mbwana Nkosi, Ngozi Okonkwo, Nguyen Thi Ngoc"]
)
def test_short_text_that_the_engine_is_sure_of_is_believed(text: str) -> None:
    assert is_believable(text, 0.96)


@given(st.text(max_size=60))
def test_any_text_has_runs_of_known_kinds(text: str) -> None:
    runs = runs_of(text)
    assert runs.shape[1:] == (3,)
    assert ((runs >= 0) & (runs < KINDS)).all()
    assert (runs[:, 1] != EDGE).all()
    looks_cyrillic(text)


@pytest.mark.parametrize("text", ["", "12.5.2026", "a", "nadia@example.org", "△ ○ – 14", "b 4 b"])
def test_what_holds_no_words_does_not_look_cyrillic(text: str) -> None:
    assert len(runs_of(text)) == 0
    assert not looks_cyrillic(text)


@pytest.mark.parametrize(
    ("line", "may_be"),
    [
        ("Apara Haħo,", True),
        ("Mockba", True),
        ("With love from all of us", False),
        ("Anna Schmidt, Berlin", False),
        ("nadia@example.org", False),
        ("", False),
    ],
)
def test_a_latin_line_beside_cyrillic_print_is_told_from_cyrillic_in_latin_letters(
    line: str, may_be: bool
) -> None:
    assert may_as_well_be_cyrillic(line) is may_be
