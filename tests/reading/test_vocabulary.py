"""Word lists: what they know, and that wordfreq keeps no second copy."""

from __future__ import annotations

import pytest
import wordfreq
from hypothesis import given
from hypothesis import strategies as st

from worker.vocabulary import KNOWN, WordList, frequencies

WORDS = st.text(min_size=1).filter(lambda word: "\0" not in word)


def test_common_words_are_known_with_their_share() -> None:
    english = frequencies("eng")
    assert english["the"] > english["snow"] > 0
    assert "qqxz" not in english
    assert english.get("qqxz") is None


def test_a_language_without_a_list_has_no_words() -> None:
    assert "xho" not in KNOWN
    assert frequencies("xho") == {}


@pytest.mark.parametrize(("language", "code"), [("eng", "en"), ("rus", "ru"), ("kor", "ko")])
def test_a_list_says_what_wordfreq_says(language: str, code: str) -> None:
    assert frequencies(language) == wordfreq.get_frequency_dict(code, "small")


def test_wordfreq_keeps_no_list_of_its_own() -> None:
    wordfreq.get_frequency_dict.cache_clear()
    for language in sorted(KNOWN):
        assert frequencies(language)
    assert wordfreq.get_frequency_list.cache_info().currsize == 0
    assert wordfreq.get_frequency_dict.cache_info().currsize == 0


@given(st.lists(st.lists(WORDS), max_size=9), WORDS)
def test_a_list_is_a_dict_of_words(ranks: list[list[str]], other: str) -> None:
    shares = {word: wordfreq.cB_to_freq(-rank) for rank, words in enumerate(ranks) for word in words}
    known = WordList(ranks)
    assert known == shares
    for word in (*shares, other):
        assert known.get(word) == shares.get(word)
        assert known.get(word, -1.0) == shares.get(word, -1.0)
    assert sorted(known) == sorted(shares)
