"""Words that were read as one are parted; what was read rightly stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.scope import Scope
from worker.screening.subject import Subject
from worker.screening.words.message import Message
from worker.screening.words.respacing import halved, respaced


def message(text: str, language: str) -> Message:
    return Subject.of_text(text, Scope(), language, frozenset({language})).message


def words(text: str, language: str, *listed: str) -> list[str]:
    parted = respaced(message(text, language), {language}, frozenset(listed).__contains__, lambda _: False)
    return [token.plain for token in parted.tokens]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ita", "scrivi peridiritti", ["scrivi", "per", "i", "diritti"]),
        ("eng", "apt12", ["apt", "12"]),
        ("eng", "the greenhouse thinkingof you", ["the", "greenhouse", "thinking", "of", "you"]),
        ("fra", "je te souhaite duCourage", ["je", "te", "souhaite", "du", "courage"]),
        ("rus", "спасибобольшое", ["спасибо", "большое"]),
    ],
)
def test_words_read_as_one_are_parted(language: str, text: str, expected: list[str]) -> None:
    assert words(text, language) == expected


def test_one_of_the_parts_may_be_a_word_of_the_packs_misread() -> None:
    read = message("suepcelencia", "spa")
    parted = respaced(read, {"spa"}, lambda _: False, {"epcelencia"}.__contains__)
    assert [token.plain for token in parted.tokens] == ["su", "epcelencia"]
    assert respaced(read, {"spa"}, lambda _: False, lambda _: False) is read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("es lafe y nada", ["es", "la", "fe", "y", "nada"]),
        ("La casa", ["La", "casa"]),
        ("lafé", ["la", "fé"]),
    ],
)
def test_a_common_word_may_be_two_of_the_packs(text: str, expected: list[str]) -> None:
    read = message(text, "spa")
    apart = halved(read, {"la", "fe", "y"}.__contains__)
    assert [token.plain for token in apart.tokens] == [word.lower() for word in expected]
    assert all(apart.text[token.start : token.end].lower() == token.plain for token in apart.tokens)


def test_a_word_of_the_packs_is_never_halved() -> None:
    assert [
        token.bare for token in halved(message("gott", "deu"), {"gott", "got", "t"}.__contains__).tokens
    ] == ["gott"]


def test_a_word_of_the_packs_is_known_though_it_is_rare() -> None:
    assert words("gmarhatima", "eng", "gmar", "hatima") == ["gmar", "hatima"]


@given(
    st.lists(
        st.sampled_from(["winter", "garden", "Nadia", "12", "thinkingof", "ﬁne", "a\u200bb", "é"]),
        max_size=6,
    )
)
def test_parts_cover_their_word_and_lie_where_they_were_read(drawn: list[str]) -> None:
    whole = message(" ".join(drawn), "eng")
    parted = respaced(whole, {"eng"}, lambda _: False, lambda _: False)
    assert "".join(token.plain for token in parted.tokens) == "".join(token.plain for token in whole.tokens)
    ends = [place for token in parted.tokens for place in (token.start, token.end)]
    assert ends == sorted(ends)
    for token in parted.tokens:
        if token not in whole.tokens:
            assert parted.literal(token.start, token.end).casefold() == token.plain
