"""Ordinary words, misread text, and the other readings of doubtful words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailroom.finding import Label
from mailroom.reading import Content, Line, Reading, Word
from mailroom.scope import CaseNames, Scope
from worker.screening.screener import Screener
from worker.screening.subject import Subject
from worker.screening.words.message import Message

MISREAD = "Oear fricnd, plcase kcep warm and thirk of the gardcn when the wintar is lorg"


def message(text: str, language: str = "eng") -> Message:
    return Subject.of_text(text, Scope(), language, frozenset({language})).message


def test_words_of_the_language_are_ordinary_and_names_are_not() -> None:
    ordinary = [token.plain for token in message("Zhvanetskaya likes winter").tokens if token.ordinary]
    assert ordinary == ["likes", "winter"]


def test_misread_words_are_judged_as_what_they_likely_were() -> None:
    read = message(MISREAD)
    assert read.text == MISREAD
    assert "garden" in read.meant(0, len(read.tokens))
    assert "winter" in read.meant(0, len(read.tokens))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "Dear Zhvanetskaya, keep warm and think of the garden when the winter is long"),
        ("tur", "Sevgili Maria, balkonda iki kedim ve bir fesleğenim var, çayımı içerken sizi düşünüyorum"),
        ("ukr", "Дорога Надіє, учора випав перший сніг, і ми зліпили сніговика у дворі"),
    ],
)
def test_sound_text_stays_as_it_is(language: str, text: str) -> None:
    assert all(token.respelt is None for token in message(text, language).tokens)


def read(*alternatives: str) -> Reading:
    words = ("We", "write", "with", "Hrunaslg", "from", "home")
    box = (0, 0, 10, 10)
    placed = tuple(Word(word, 0.9, box, alternatives if word == "Hrunaslg" else ()) for word in words)
    line = Line(" ".join(words), 0.9, box, placed)
    return Reading(line.text, 0.95, "eng", "Latn", 0, True, Content.TEXT, "pp-ocr", (line,))


@pytest.mark.parametrize(
    ("written", "alternatives", "known"),
    [
        ("亲爱的美华，圣证快乐！", ("亲爱的美华，圣诞快乐！",), True),
        ("亲爱的美华，圣证快乐！", ("亲爱的美毕，圣证快乐！", "亲爱的美华，圣诞快乐"), False),
        ("亲爱的美华，圣证快乐！", (), False),
    ],
)
def test_where_nothing_parts_words_each_character_has_other_readings(
    packs_only: Screener, written: str, alternatives: tuple[str, ...], known: bool
) -> None:
    box = (0, 0, 10, 10)
    line = Line(written, 0.97, box, (Word(written, 0.97, box, alternatives),))
    card = Reading(written, 0.97, "zho", "Hani", 0, True, Content.TEXT, "pp-ocr", (line,))
    found = {finding.label for finding in packs_only.screen([card], Scope()).findings}
    assert (Label.FESTIVAL in found) is known


def test_a_rule_knows_a_word_by_its_other_reading(packs_only: Screener) -> None:
    (found,) = packs_only.screen([read("Amnesty")], Scope()).findings
    assert found.rule.startswith("organisation.")
    assert "Hrunaslg" in found.evidence
    assert packs_only.screen([read()], Scope()).findings == ()


def test_a_name_taken_for_a_word_is_known_by_what_the_engine_said(
    packs_only: Screener,
) -> None:
    scope = Scope(cases=(CaseNames("sabiha-r", ("Sabiha Rzayeva",)),))
    reading = replace(read(), text="Dear Sahara, we think of you", raw_text="Dear Sabiha, we think of you")
    addressee = packs_only.screen([reading], scope).addressee
    assert addressee is not None
    assert addressee.slug == "sabiha-r"
