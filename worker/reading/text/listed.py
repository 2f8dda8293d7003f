"""How many of the longer words of a text stand in the word list of a language."""

from __future__ import annotations

import re

from worker.vocabulary import KNOWN, frequencies

LONG = 4
"""Letters of a longer word: short ones are shared by many languages."""

WELL_LISTED = 0.7
"""The share of listed ones from which what scores poorly is a bad scan in that language all the same."""

FEWEST_SPELT = 6
"""So many longer words, most of them listed, are no chance."""

_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")


def longer_words(text: str) -> list[str]:
    """The words of a text that tell its language, in small letters."""
    return _WORD.findall(text.casefold())


def most_listed(words: list[str], languages: tuple[str, ...]) -> float:
    """The share (0 to 1) of words in the list of that language which has most; each has a list."""
    counts = [sum(word in frequencies(listed) for word in words) for listed in languages]
    return max(counts, default=0) / max(len(words), 1)


def is_spelt(text: str, languages: tuple[str, ...]) -> bool:
    """Whether most of several longer words of a text stand in the list of one of some languages.

    Languages (ISO 639-3) without a list tell nothing.
    """
    words = longer_words(text)
    listed = tuple(language for language in languages if language in KNOWN)
    return len(words) >= FEWEST_SPELT and most_listed(words, listed) >= WELL_LISTED
