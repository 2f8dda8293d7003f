"""How far a word as read may be from the word that stood there.

An edit distance in which the letters that reading engines confuse cost half, found through a
deletion index (the symmetric delete method of SymSpell), so that looking up a word costs a few dozen
binary searches, made at once, however many words the packs hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from worker.screening.words.remainders import remainders

LETTERS_MIN = 3
LETTERS_MIN_WIDELY = 2
LETTERS_FOR_ONE = 5
LETTERS_FOR_TWO = 9
EDITS_MAX = 2

_GROUPS = (
    "ec",
    "oc",
    "ao",
    "ae",
    "uv",
    "un",
    "nr",
    "mn",
    "il",
    "it",
    "lt",
    "ij",
    "hb",
    "hk",
    "hn",
    "gq",
    "gy",
    "rv",
    "vy",
    "ft",
    "fl",
    "sz",
    "ss5",
    "o0",
    "l1",
    "i1",
    "b8",
    "d0",
    "cd",
    "wv",
    "wu",
    "пн",
    "ип",
    "ин",
    "шщ",
    "тг",
    "ао",
    "ес",
    "се",
    "цш",
    "ьв",
    "ль",
    "лп",
    "зэ",
    "عغ",
    "حخ",
    "حج",
    "جچ",
    "كگ",
    "بپ",
    "زژ",
    "صض",
    "طظ",
    "سش",
    "دذ",
    "رز",
    "بت",
    "تث",
    "بن",
    "فق",
    "ين",
    "يب",
)
_ALIKE = frozenset((a, b) for group in _GROUPS for a in group for b in group if a != b)
_MERGED = (
    ("rn", "m"),
    ("cl", "d"),
    ("vv", "w"),
    ("ii", "u"),
    ("nn", "m"),
    ("li", "h"),
    ("ri", "n"),
    ("lo", "b"),
)
# Rarer ones, for a wide search alone.
_MERGED_WIDELY = (*_MERGED, ("lt", "h"), ("ol", "d"), ("ij", "y"))


def edits_allowed(letters: int) -> int:
    """How many edits a word of that many letters may be away."""
    if letters < LETTERS_MIN:
        return 0
    return EDITS_MAX if letters >= LETTERS_FOR_TWO else 1


def _limit(letters: int, *, wide: bool) -> float:
    if wide:
        return max(1, edits_allowed(letters))
    # In a short word, only letters that look alike: any edit would reach too many words.
    return 0.5 if letters < LETTERS_FOR_ONE else edits_allowed(letters)


def distance(read: str, word: str, limit: float, *, wide: bool = False) -> float:
    """Weighted edits from ``read`` to ``word``, or infinity if over ``limit``."""
    best = _distance(read, word, limit)
    for pair, single in _MERGED_WIDELY if wide else _MERGED:
        if pair in read and single in word:
            best = min(best, 0.5 + _distance(read.replace(pair, single, 1), word, limit))
        if single in read and pair in word:
            best = min(best, 0.5 + _distance(read, word.replace(pair, single, 1), limit))
    return best if best <= limit else float("inf")


def _distance(read: str, word: str, limit: float) -> float:
    if abs(len(read) - len(word)) > limit:
        return float("inf")
    before = [float(column) for column in range(len(word) + 1)]
    older: list[float] = []
    for row, char in enumerate(read, 1):
        current = [float(row)]
        for column, other in enumerate(word, 1):
            swap = 0.0 if char == other else 0.5 if (char, other) in _ALIKE else 1.0
            cost = min(before[column - 1] + swap, before[column] + 1, current[column - 1] + 1)
            if older and column > 1 and char == word[column - 2] and read[row - 2] == other:
                cost = min(cost, older[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return float("inf")
        older, before = before, current
    return before[-1]


class NearWords:
    """Finds the words near to a given one.

    The index holds the hash of each remainder, sorted, beside its word's number: a tenth of the memory of a
    dictionary. What has the same hash by chance is told apart by its distance.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if len(word) >= LETTERS_MIN_WIDELY]
        self._longest = max(map(len, self._words), default=0) + EDITS_MAX
        hashes, numbers = [np.zeros(0, np.uint32)], [np.zeros(0, np.uint32)]
        for letters, own in groupby(sorted(range(len(self._words)), key=self._length), self._length):
            same = list(own)
            found = remainders([self._words[number] for number in same], max(1, edits_allowed(letters)))
            hashes.append(found.ravel())
            numbers.append(np.repeat(np.array(same, np.uint32), found.shape[1]))
        every = np.concatenate(hashes)
        order = np.argsort(every, kind="stable")
        self._hashes, self._numbers = every[order], np.concatenate(numbers)[order]

    def near(self, read: str, *, wide: bool = False) -> Iterable[tuple[str, float]]:
        """Each known word within its allowed edits of ``read``, with its distance.

        A short word may be away by letters that look alike only, one of two letters not at all, unless the
        search is ``wide``.
        """
        allowed = edits_allowed(len(read) + 1)
        if not allowed:
            return
        spellings = [own for own in _spellings(read, wide=wide) if len(own) <= self._longest]
        if not spellings:
            return
        hashes = np.concatenate([remainders([own], allowed)[0] for own in spellings])
        shortest = LETTERS_MIN_WIDELY if wide else LETTERS_MIN
        for word in self._with(hashes):
            away = distance(read, word, _limit(len(word), wide=wide), wide=wide)
            if away != float("inf") and len(word) >= shortest:
                yield word, away

    def _length(self, number: int) -> int:
        return len(self._words[number])

    def _with(self, hashes: NDArray[np.uint32]) -> list[str]:
        begins = np.searchsorted(self._hashes, hashes, "left")
        ends = np.searchsorted(self._hashes, hashes, "right")
        found = np.flatnonzero(ends > begins)
        numbers = {number for at in found for number in self._numbers[begins[at] : ends[at]].tolist()}
        return [self._words[number] for number in sorted(numbers)]


def _spellings(read: str, *, wide: bool) -> Iterable[str]:
    """The word as read, and with two letters in place of one that they are taken for, or the reverse."""
    yield read
    for pair, single in _MERGED_WIDELY if wide else _MERGED:
        if pair in read:
            yield read.replace(pair, single, 1)
        if single in read:
            yield read.replace(single, pair, 1)
