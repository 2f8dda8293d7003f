"""Which words of many a word as read may be.

They are found through a deletion index (the symmetric delete method of SymSpell), so that looking up a word
costs a few dozen binary searches, made at once, however many words the packs hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from worker.screening.words.misreading import (
    ALIKE,
    EDITS_MAX,
    LETTERS_MIN,
    distance,
    edits_allowed,
    merged,
)
from worker.screening.words.remainders import remainders

LETTERS_MIN_WIDELY = 2
# In a shorter word letters that look alike alone are borne: any edit would reach too many words.
LETTERS_FOR_ONE = 5


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
    for pair, single in merged(wide=wide):
        if pair in read:
            yield read.replace(pair, single, 1)
        if single in read:
            yield read.replace(single, pair, 1)


def _limit(letters: int, *, wide: bool) -> float:
    if wide:
        return max(1, edits_allowed(letters))
    return ALIKE if letters < LETTERS_FOR_ONE else edits_allowed(letters)
