"""Scripts, languages and the evidence for them, without an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.believable import (
    is_believable,
    is_cyrillic_hand,
    is_of_no_language,
    likely_script,
    likely_scripts,
)
from worker.reading.scripts import TESSERACT_DATA, script_of, scripts_of
from worker.reading.text.language import guess_language
from worker.reading.text.wordlikeness import common_share, jumbled_share

# What PP-OCR really made of Russian and Ukrainian handwriting.
SPELT = (
    "Zgpabcmbyūme. Bukmop!\nnuuy bam uz maenbkoro ropoga\nHageroco, nucbuo corpeem bac\nC mennou, Mapuna"
)
ENGLISH = "Dear Nadia, the first snow fell last night and I thought of you and of your family"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Dear Nadia", "Latn"),
        ("Дорогая Надя", "Cyrl"),
        ("عزيزتي نادية", "Arab"),
        ("亲爱的朋友", "Hani"),
        ("ナディアさんへ、昨夜", "Jpan"),
        ("사랑하는", "Hang"),
        ("12.5.2026 !?", "Zyyy"),
    ],
)
def test_the_script_of_a_text_is_that_of_its_letters(text: str, script: str) -> None:
    assert script_of(text) == script


@given(st.text(max_size=80))
def test_any_text_has_a_script_and_shares_between_nothing_and_all(text: str) -> None:
    assert len(script_of(text)) == 4
    assert 0 <= common_share(text) <= 1
    assert 0 <= jumbled_share(text) <= 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (ENGLISH, 0),
        ("HOLA say VALENTINA TENGO 7 AÑOS", 0),
        ("3ApaBCTByiTe, BuKTop!", 1),
        ("0772 ,727x2", 0.5),
        ("号|R7a, Nadia", 0.5),
        ("", 0),
    ],
)
def test_print_in_another_script_is_a_jumble_in_latin_letters(text: str, share: float) -> None:
    assert jumbled_share(text) == share


def test_languages_lead_to_scripts_once_each() -> None:
    assert scripts_of(("rus", "ukr", "eng", "fas")) == ("Cyrl", "Latn", "Arab")


def test_the_second_engine_reads_each_script_with_data_of_languages_written_in_it() -> None:
    """Else what a case expects would never lead to that data."""
    for script, data in TESSERACT_DATA.items():
        assert data
        assert scripts_of(data) == (script,)


POLISH_HAND = """Creść, MarWan! Stoimy na redzie,
s2torm, lucharz rzuca garami i
klatwami. Kapitan ogtosit godzine
policyjna dla wedkarzy."""
CYRILLIC_HAND = """Doporas Hada,
Dymaem o mee kakdbi deb u enaem
dembmu cnenunu cherobuka bo dope.
Thos Onora"""


def test_many_words_of_one_list_are_that_language_however_misread() -> None:
    assert is_believable(POLISH_HAND, 0.72)
    assert not is_believable(CYRILLIC_HAND, 0.72)


def test_language_is_believed_and_letters_without_words_are_not() -> None:
    assert is_believable(ENGLISH, 0.80)
    assert not is_believable("qwx vbnm zxcv plkj hgfd sdfg", 0.80)


def test_greek_goes_to_the_engine_that_knows_its_accents() -> None:
    assert not is_believable("Αγαπητη Ναντια χθες το βραδυ", 0.99)
    assert likely_scripts("Αγαπητη Ναντια", 1) == ("Grek",)


def test_cyrillic_handwriting_spelt_in_latin_letters_is_noticed() -> None:
    assert is_cyrillic_hand(SPELT, 0.91)
    assert not is_believable(SPELT, 0.91)
    assert not is_cyrillic_hand(ENGLISH, 0.80)


@pytest.mark.parametrize(
    ("text", "no_language"),
    [("Apara Haħo,", True), ("Dopora Haga", True), ("Dear Sophia", False), ("Cara Nadia", False)],
)
def test_a_few_words_are_of_no_language_if_none_is_common_and_all_may_be_cyrillic(
    text: str, no_language: bool
) -> None:
    assert is_of_no_language(text) is no_language


def test_gaps_without_letters_speak_for_cyrillic_print_and_nothing_for_arabic() -> None:
    assert likely_scripts(" ,    .   \n  ,   .", 2) == ("Cyrl",)
    assert likely_scripts("\n\n.", 3) == ("Arab",)
    assert likely_scripts("Dear Nadia", 1) == ()


def test_what_is_seen_clearly_wins_and_what_is_expected_where_looks_tell_little() -> None:
    assert likely_script("Arab", ()) == "Arab"
    assert likely_script("Arab", ("fas",)) == "Arab"
    assert likely_script("Arab", ("eng", "rus")) == "Arab"
    assert likely_script("Latn", ("rus",)) == "Cyrl"
    assert likely_script(None, ()) == "Zyyy"


def test_an_expected_script_that_no_engine_reads_is_named_over_what_it_is_mistaken_for() -> None:
    """Of Telugu the looks say Bengali or Chinese."""
    assert likely_script("Hani", ("tel",)) == "Telu"
    assert likely_script(None, ("eng", "mya")) == "Mymr"
    assert likely_script("Arab", ("ara", "pan")) == "Arab"
    assert (script_of("ప్రియమైన"), scripts_of(("tel", "eng"))) == ("Telu", ("Telu", "Latn"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "eng"),
        ("Liebe Nadia, gestern Nacht fiel der erste Schnee und ich dachte an dich", "deu"),
        ("Дорогая Надя, вчера выпал первый снег, и мы с детьми слепили снеговика", "rus"),
        ("نادیای عزیز، دیشب نخستین برف زمستان بارید و من به یاد تو افتادم", "fas"),
    ],
)
def test_the_language_of_a_message_is_told(text: str, language: str) -> None:
    guess = guess_language(text, ())
    assert guess is not None
    assert guess.language == language


def test_too_few_letters_are_no_language() -> None:
    assert guess_language("Nadia!", ()) is None
