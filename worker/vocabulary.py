"""How common words are, language by language.

The lists are those of wordfreq (Speer 2022), which counts words in subtitles, books, news and the web: some
thirty thousand words a language, those that come more than once in a million. docs/decisions/0105.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import wordfreq

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

# As many as one post is likely to be written in: with fewer, lists are read again and again, 10 ms each.
KEPT = 16

KNOWN = frozenset(_CODES)
"""The languages (ISO 639-3) that there is a list of."""


@lru_cache(maxsize=KEPT)
def frequencies(language: str) -> Mapping[str, float]:
    """Each common word of a language (ISO 639-3), in small letters, with its share of all words.

    Empty for a language without a list. A list takes four megabytes and a hundredth of a second, so that
    a few are kept. wordfreq itself would keep every one that was ever asked for.
    """
    code = _CODES.get(language)
    words = wordfreq.get_frequency_dict(code, "small") if code else {}
    wordfreq.get_frequency_dict.cache_clear()
    wordfreq.get_frequency_list.cache_clear()
    return MappingProxyType(words)
