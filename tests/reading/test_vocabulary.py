"""Word lists: what they know, and how few of them are kept."""

from __future__ import annotations

import wordfreq

from worker.vocabulary import KEPT, KNOWN, frequencies


def test_common_words_are_known_with_their_share() -> None:
    english = frequencies("eng")
    assert english["the"] > english["snow"] > 0
    assert "qqxz" not in english


def test_a_language_without_a_list_has_no_words() -> None:
    assert "xho" not in KNOWN
    assert frequencies("xho") == {}


def test_few_lists_are_kept_however_many_languages_come() -> None:
    for language in sorted(KNOWN)[: KEPT + 4]:
        assert frequencies(language)
    assert frequencies.cache_info().currsize == KEPT
    assert wordfreq.get_frequency_list.cache_info().currsize == 0
    assert wordfreq.get_frequency_dict.cache_info().currsize == 0
