"""The score that readings are compared by: edits, blind to capitals, punctuation and kinds of space."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits over characters of truth; pages add up weighted by length."""

    edits: int
    length: int

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.edits + other.edits, self.length + other.length)

    @property
    def rate(self) -> float:
        """The character error rate; 0 without any truth."""
        return self.edits / self.length if self.length else 0.0


def plain(text: str) -> str:
    """Lower case, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(mark for mark in folded if not unicodedata.category(mark).startswith("P"))
    return " ".join(kept.split())


def errors(read: str, truth: str) -> Errors:
    """The errors of a reading in its own order of lines."""
    said, meant = plain(read), plain(truth)
    return Errors(Levenshtein.distance(said, meant), len(meant))


def fewest_errors(readings: list[str], truth: str) -> Errors:
    """The errors of the better of several orders of the same lines."""
    return min((errors(read, truth) for read in readings), key=lambda found: found.edits)
