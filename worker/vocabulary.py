"""How common words are, language by language.

The lists are those of wordfreq (Speer 2022), which counts words in subtitles, books, news and the web: some
thirty thousand words a language, those that come more than once in a million. docs/decisions/0105.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar, overload

import marisa_trie
import wordfreq

_Other = TypeVar("_Other")

_CODES = {
    "ara": "ar",
    "ben": "bn",
    "bul": "bg",
    "cat": "ca",
    "ces": "cs",
    "dan": "da",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "fas": "fa",
    "fin": "fi",
    "fra": "fr",
    "heb": "he",
    "hin": "hi",
    "hrv": "sh",
    "hun": "hu",
    "ind": "id",
    "isl": "is",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "lav": "lv",
    "lit": "lt",
    "mkd": "mk",
    "nld": "nl",
    "nob": "nb",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "slk": "sk",
    "slv": "sl",
    "spa": "es",
    "swe": "sv",
    "tam": "ta",
    "tgl": "fil",
    "tur": "tr",
    "ukr": "uk",
    "urd": "ur",
    "vie": "vi",
    "zho": "zh",
}
"""wordfreq's codes by ISO 639-3."""

KNOWN = frozenset(_CODES)
"""The languages (ISO 639-3) that there is a list of."""


class WordList(Mapping[str, float]):
    """Words with their share of all words, in a trie: a twentieth of what a dict takes.

    To look a word up takes half a microsecond, three times as long. docs/decisions/0116.
    """

    def __init__(self, ranks: Sequence[Iterable[str]]) -> None:
        """``ranks[n]`` are the words of which ten to the power of ``-n / 100`` is the share."""
        self._shares: list[float] = [wordfreq.cB_to_freq(-rank) for rank in range(len(ranks))]
        words = {word: rank for rank, same in enumerate(ranks) for word in same}
        self._words = marisa_trie.Trie(words)
        self._ranks = array("H", bytes(2 * len(words)))
        for word, rank in words.items():
            self._ranks[self._words[word]] = rank

    def __getitem__(self, word: str) -> float:
        number: int = self._words[word]
        return self._shares[self._ranks[number]]

    @overload
    def get(self, word: str, default: None = None, /) -> float | None: ...

    @overload
    def get(self, word: str, default: float | _Other, /) -> float | _Other: ...

    def get(self, word: str, default: object = None, /) -> object:
        """Most words asked for are on no list: the usual way, by an error, takes twice as long."""
        number: int | None = self._words.get(word)
        return default if number is None else self._shares[self._ranks[number]]

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words.keys())

    def __len__(self) -> int:
        return len(self._ranks)


@cache
def frequencies(language: str) -> WordList:
    """Each common word of a language (ISO 639-3), in small letters, with its share of all words.

    Empty for a language without a list. A list takes a few hundred kilobytes, and 20 to 80 ms when it is
    first asked for. wordfreq itself would keep megabytes of each.
    """
    code = _CODES.get(language)
    ranks = wordfreq.get_frequency_list(code, "small") if code else []
    wordfreq.get_frequency_list.cache_clear()
    return WordList(ranks)
