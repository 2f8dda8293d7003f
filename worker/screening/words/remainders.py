"""What is left of words without a letter or two: words an edit apart leave the same.

A remainder is known by a hash alone, a polynomial over its characters, so that those of all words of a
length are reckoned at once, from sums over what stands before and after the letters left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

# Odd, so that it can be divided by: sums are taken modulo 2 to the power of 64.
_BASE = 0x9E3779B97F4A7C15
_BACK = np.uint64(pow(_BASE, -1, 1 << 64))
_TWICE_BACK = np.uint64(pow(_BASE, -2, 1 << 64))
# The high bits of such a sum hang on every character, the low ones do not.
_HIGH = np.uint64(32)
LENGTHS_KEPT = 100

_Sums = NDArray[np.uint64]


def remainders(words: Sequence[str], deletions: int) -> Hashes:
    """For words of one length, at least as many letters as ``deletions``, a row each (words, remainders).

    The first is of the word itself; then it lacks one letter, and two where ``deletions`` is 2. What can be
    left in several ways comes several times.
    """
    letters = len(words[0])
    characters = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    before = np.zeros((len(words), letters + 1), np.uint64)
    np.cumsum(characters.reshape(-1, letters) * _powers(letters), axis=1, out=before[:, 1:])
    whole = before[:, -1:]
    after = whole - before
    found = [whole, before[:, :-1] + after[:, 1:] * _BACK]
    if deletions > 1:
        first, second = _pairs(letters)
        between = before[:, second] - before[:, first + 1]
        found.append(before[:, first] + between * _BACK + after[:, second + 1] * _TWICE_BACK)
    return (np.concatenate(found, axis=1) >> _HIGH).astype(np.uint32)


@lru_cache(LENGTHS_KEPT)
def _powers(letters: int) -> _Sums:
    return np.array([pow(_BASE, power, 1 << 64) for power in range(1, letters + 1)], np.uint64)


@lru_cache(LENGTHS_KEPT)
def _pairs(letters: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    return np.triu_indices(letters, 1)
