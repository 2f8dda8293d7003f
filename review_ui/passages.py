"""A read line cut into pieces: what was flagged, and what the reader was not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mailroom.reading import Line, Word
from review_ui.wording import clean

# Of the sample cards' words in Latin letters about half of those that are less sure are misread.
DOUBT_BELOW = 0.9


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line.

    ``flag`` is the number of the flag that its words gave rise to, 0 for none; ``word`` that of the
    doubtful word which it stands in, counted from 1 along the line, 0 for none.
    """

    text: str
    doubtful: bool
    flag: int
    word: int = 0


def pieces(line: Line, evidence: Mapping[int, str]) -> list[Piece]:
    """Cut a line where a flag or a doubt begins or ends; ``evidence`` is by the number of the flag."""
    text = clean(line.text, line_breaks=False)
    words = _doubtful_words(line, text)
    flags = _flags(text, evidence)
    # Without words a line is in doubt as a whole, or not at all.
    all_doubtful = not line.words and line.confidence < DOUBT_BELOW
    marked = zip(text, words, flags, strict=True)
    return [
        Piece("".join(character for character, _, _ in run), all_doubtful or word > 0, flag, word)
        for (word, flag), run in groupby(marked, key=lambda one: (one[1], one[2]))
    ]


def is_doubtful(word: Word) -> bool:
    """Whether a person should be told that the reader was not sure of this word."""
    return word.confidence < DOUBT_BELOW


def _doubtful_words(line: Line, text: str) -> list[int]:
    doubts = [0] * len(text)
    start = 0
    for number, word in enumerate(line.words, start=1):
        written = clean(word.text, line_breaks=False)
        at = text.find(written, start)
        if at < 0 or not written:
            continue
        start = at + len(written)
        if is_doubtful(word):
            doubts[at:start] = [number] * len(written)
    return doubts


def _flags(text: str, evidence: Mapping[int, str]) -> list[int]:
    flags = [0] * len(text)
    small = text.lower()
    if len(small) != len(text):
        return flags
    for number, words in evidence.items():
        wanted = clean(words, line_breaks=False).strip().lower()
        for at in _places(small, wanted):
            if not any(flags[at : at + len(wanted)]):
                flags[at : at + len(wanted)] = [number] * len(wanted)
    return flags


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))
