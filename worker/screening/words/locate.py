"""Where on the scan a piece of the text stands."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from mailroom.reading import Box, Line, Reading, Word

LIKENESS_MIN = 70.0


def box_of(reading: Reading, start: int, end: int) -> Box | None:
    """The box around characters ``start`` to ``end`` of the reading's text; None if it has no such line."""
    boxes: list[Box] = []
    for line, first in _placed(reading):
        last = first + len(line.text)
        if first < end and start < last:
            boxes.append(_part(line, max(start - first, 0), min(end - first, len(line.text))))
    if not boxes:
        boxes = _alike(reading, reading.text[start:end])
    return union(boxes) if boxes else None


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be one at least."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _placed(reading: Reading) -> Iterable[tuple[Line, int]]:
    """Each line with the place of its first character in the text, where it stands there literally."""
    position = 0
    for line in reading.lines:
        found = reading.text.find(line.text, position) if line.text else -1
        if found >= 0:
            yield line, found
            position = found + len(line.text)


def places_of_words(reading: Reading) -> Iterable[tuple[int, Word]]:
    """Each word with the place of its first character in the reading's text."""
    for line, begin in _placed(reading):
        for first, word in _words(line):
            yield begin + first, word


def _words(line: Line) -> Iterable[tuple[int, Word]]:
    position = 0
    for word in line.words:
        found = line.text.find(word.text, position)
        if found >= 0:
            position = found + len(word.text)
            yield found, word


def _part(line: Line, start: int, end: int) -> Box:
    boxes = [word.box for first, word in _words(line) if first < end and start < first + len(word.text)]
    return union(boxes) if boxes else line.box


def _alike(reading: Reading, words: str) -> list[Box]:
    if not words.strip():
        return []
    scored = [(fuzz.partial_ratio(words, line.text), line) for line in reading.lines if line.text]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return [best[1].box] if best and best[0] >= LIKENESS_MIN else []
