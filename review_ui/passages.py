"""A read line cut into pieces: what was flagged, and what the reader was not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mailroom.reading import Line
from review_ui.wording import clean

DOUBT_BELOW = 0.7


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line; ``flag`` is the number of the flag that its words gave rise to, 0 for none."""

    text: str
    doubtful: bool
    flag: int


def pieces(line: Line, evidence: Mapping[int, str]) -> list[Piece]:
    """Cut a line where a flag or a doubt begins or ends; ``evidence`` is by the number of the flag."""
    text = clean(line.text, line_breaks=False)
    doubts = _doubts(line, text)
    flags = _flags(text, evidence)
    marked = zip(text, doubts, flags, strict=True)
    return [
        Piece("".join(character for character, _, _ in run), doubtful, flag)
        for (doubtful, flag), run in groupby(marked, key=lambda one: (one[1], one[2]))
    ]


def _doubts(line: Line, text: str) -> list[bool]:
    if not line.words:
        return [line.confidence < DOUBT_BELOW] * len(text)
    doubts = [False] * len(text)
    start = 0
    for word in line.words:
        written = clean(word.text, line_breaks=False)
        at = text.find(written, start)
        if at < 0 or not written:
            continue
        start = at + len(written)
        if word.confidence < DOUBT_BELOW:
            doubts[at:start] = [True] * len(written)
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
