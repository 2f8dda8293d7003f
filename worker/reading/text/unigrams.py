"""How likely words are in a language, taken one by one: a unigram language model on a word list."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

# A word in no list: so likely, and less by this factor for each letter after the first few.
UNKNOWN_WORD, PER_LETTER, LETTERS_FREE = 1e-8, 0.35, 3
# A token without a letter, such as a dash or a number.
MARKS_ALONE = 1e-5
# The least that a word can be, however long.
LEAST = 1e-12
# A word in no list with an apostrophe: so many times likelier than its pieces are beside each other, of
# which one in no list is so likely; but no less than a word in no list.
JOINED, UNKNOWN_PIECE = 10, 1e-9

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

Words = Mapping[str, float]
"""The words of a language in small letters, and how often each stands among all (0 to 1)."""


def log_chance(text: str, words: Words) -> float:
    """The log of the chance of a text's words, taken one by one."""
    return sum(_log_chance_of_token(token, words) for token in text.casefold().replace("’", "'").split())


def _log_chance_of_token(token: str, words: Words) -> float:
    found = _WORD.findall(token)
    if not found:
        return math.log(MARKS_ALONE)
    return sum(math.log(_chance(word, words)) for word in found)


def _chance(word: str, words: Words) -> float:
    known = words.get(word)
    if known:
        return known
    if "'" in word:
        pieces = math.prod(words.get(piece) or UNKNOWN_PIECE for piece in word.split("'"))
        return max(JOINED * pieces, UNKNOWN_WORD)
    return max(UNKNOWN_WORD * PER_LETTER ** max(0, len(word) - LETTERS_FREE), LEAST)
