"""Is it language? The share of common words in a text, and of words such as no language has."""

from __future__ import annotations

import re
from functools import cache

from worker.reading.scripts import script_of_character
from worker.reading.text.common_words import LATIN

_WORD = re.compile(r"[^\W\d_]{2,}")

# A capital after a small letter, a digit beside a letter.
_JUMBLE = re.compile(r"[a-zß-öø-ÿ][A-Z]|\d[^\W\d_]|[^\W\d_]\d")

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


def jumbled_share(text: str) -> float:
    """The share of words with a digit or a capital within, or with a letter that is no Latin one.

    Print in another script comes out so: "3ApaBCTByiTe" (Здравствуйте), "31uT" (आप).
    """
    words = text.split()
    return sum(map(_is_jumbled, words)) / len(words) if words else 0.0


def _is_jumbled(word: str) -> bool:
    letters = "".join(filter(str.isalnum, word))
    latin = all(script_of_character(letter) in {None, "Latn"} for letter in letters)
    return not latin or _JUMBLE.search(letters) is not None
