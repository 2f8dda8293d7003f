"""On which words each phrase hangs: where none of them stands, it is not tried."""

from __future__ import annotations

from array import array
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from worker.screening.matching.compiled import Node
from worker.screening.phrases.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase as it is tried.

    ``required`` are sets of literals, one of each of which has to stand somewhere; at most ``before`` words
    stand before the one that it hangs on.
    """

    phrase: Phrase
    nodes: tuple[Node, ...]
    required: tuple[frozenset[int], ...]
    before: int


Hung = tuple[Entry, Set[int]]
"""An entry and the numbers of the literals that it hangs on."""


class Hanging:
    """The entries by literal, in two arrays of numbers, far smaller than a dictionary of lists."""

    def __init__(self, hung: Sequence[Hung], literals: int) -> None:
        """``literals`` is how many there are; the entries of one keep their order."""
        self._entries = [entry for entry, _ in hung]
        pairs = sorted((number, place) for place, (_, numbers) in enumerate(hung) for number in numbers)
        counts = [0] * (literals + 1)
        for number, _ in pairs:
            counts[number + 1] += 1
        self._begins = array("I", accumulate(counts))
        self._places = array("I", (place for _, place in pairs))

    def on(self, literal: int) -> list[Entry]:
        """The entries that hang on the literal of this number."""
        places = self._places[self._begins[literal] : self._begins[literal + 1]]
        return [self._entries[place] for place in places]
