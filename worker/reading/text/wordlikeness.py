"""Is it language? The share of common words in a text."""

from __future__ import annotations

import re
from functools import cache

from worker.reading.text.common_words import LATIN

_WORD = re.compile(r"[^\W\d_]{2,}")

FEWEST_HITS = 2


@cache
def _latin_words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word for word in words.split() if len(word) > 1) for words in LATIN.values())


def has_common_word(text: str) -> bool:
    """True where one word of three letters or more is common in some language."""
    words = {word for word in _WORD.findall(text.casefold()) if len(word) > 2}
    return any(words & known for known in _latin_words())


def common_share(text: str) -> float:
    """The share of words (two letters or more) common in one language: the one that claims most.

    0 for a single one, which chance gives too.
    """
    words = list(_WORD.findall(text.casefold()))
    if not words:
        return 0.0
    hits = max(sum(word in known for word in words) for known in _latin_words())
    return hits / len(words) if hits >= FEWEST_HITS else 0.0
