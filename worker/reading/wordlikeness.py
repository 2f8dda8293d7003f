"""Is it language? The share of common words in a text, and what Cyrillic hands look like in Latin letters.

The first engine has no Cyrillic letters and spells Cyrillic handwriting with the Latin letters that look
like it ("Дорогая" comes out as "Doporas"), with fair confidence. Such a text holds almost no common
word of any language in Latin script, but many common Russian and Ukrainian words spelt that way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from worker.reading.common_words import CYRILLIC, LATIN

_WORD = re.compile(r"[^\W\d_]{2,}")
_ODD = re.compile(r"[a-zà-ÿ][A-Z0-9]|[0-9][a-zà-ÿ]|[α-ωδ∂*ǔǐūŭþ]")
_TOKEN = re.compile(r"[^\s.,;:!?()\"]{3,}")

FEWEST_HITS = 2

LOOKALIKES = {
    "а": "a",
    "б": "b",
    "в": "b",
    "г": "r",
    "ґ": "r",
    "д": "g",
    "е": "e",
    "ё": "e",
    "є": "e",
    "ж": "x",
    "з": "z",
    "и": "u",
    "й": "u",
    "і": "i",
    "ї": "i",
    "к": "k",
    "л": "u",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "n",
    "р": "p",
    "с": "c",
    "т": "m",
    "у": "y",
    "ў": "y",
    "ф": "f",
    "х": "x",
    "ц": "u",
    "ч": "r",
    "ш": "w",
    "щ": "w",
    "ъ": "b",
    "ы": "bu",
    "ь": "b",
    "э": "z",
    "ю": "o",
    "я": "s",
}
"""For each Cyrillic letter the Latin one that its handwriting is mostly read as, before folding."""

_FOLDS = {
    "n": "hñńň",
    "u": "vwiíïìîǐǔūŭüúùûlłıj",
    "g": "d∂δ9q",
    "b": "6þ",
    "z": "3žźż",
    "o": "0óöòôõ",
    "e": "éèêëěēę",
}
_FOLDED = str.maketrans({letter: folded for folded, letters in _FOLDS.items() for letter in letters})


@lru_cache(maxsize=1)
def _latin_words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word for word in words.split() if len(word) > 1) for words in LATIN.values())


@lru_cache(maxsize=1)
def _cyrillic_skeletons() -> tuple[str, ...]:
    words = {word for words in CYRILLIC.values() for word in words.split() if len(word) > 3}
    return tuple(sorted({skeleton("".join(LOOKALIKES[letter] for letter in word)) for word in words}))


def skeleton(word: str) -> str:
    """A word with letters that look alike in handwriting made the same."""
    return word.casefold().translate(_FOLDED)


def common_share(text: str) -> float:
    """The share of words (two letters or more) common in one language: the one that claims most.

    0 for a single one, which chance gives too.
    """
    words = list(_WORD.findall(text.casefold()))
    if not words:
        return 0.0
    hits = max(sum(word in known for word in words) for known in _latin_words())
    return hits / len(words) if hits >= FEWEST_HITS else 0.0


def odd_share(text: str) -> float:
    """The share of words with a capital or digit after a small letter, or letters of two scripts."""
    tokens = _TOKEN.findall(text)
    return sum(_ODD.search(token) is not None for token in tokens) / len(tokens) if tokens else 0.0


def cyrillic_share(text: str) -> float:
    """The share of words (four letters or more) that look like a common Russian or Ukrainian word.

    0 for a single one, which chance gives too.
    """
    words = [skeleton(word) for word in _TOKEN.findall(text)]
    words = [word for word in words if len(word) > 3]
    hits = sum(
        process.extractOne(word, _cyrillic_skeletons(), scorer=fuzz.ratio, score_cutoff=82) is not None
        for word in words
    )
    return hits / len(words) if hits >= FEWEST_HITS else 0.0
