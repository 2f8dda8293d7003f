"""Words of a line: how sure each is, where it stands, and what else it may say."""

from __future__ import annotations

import numpy as np

from mailroom.reading import Word
from worker.reading.geometry import box_of, part
from worker.reading.lines import ReadLine
from worker.reading.recogniser import Glyph

DOUBTFUL = 0.85
RIVAL = 0.08
MOST_ALTERNATIVES = 4


def words_of(line: ReadLine, shape: tuple[int, ...]) -> tuple[Word, ...]:
    """The words of a line with boxes in the picture of ``shape`` (height, width, ...)."""
    spans = _spans(line.glyphs)
    words = []
    for position, (begin, end) in enumerate(spans):
        glyphs = line.glyphs[begin:end]
        start = _gap(line.glyphs, spans[position - 1][1], begin) if position else 0.0
        stop = _gap(line.glyphs, end, spans[position + 1][0]) if position + 1 < len(spans) else 1.0
        place = part(line.quad, start, max(stop, start))
        words.append(
            Word(
                "".join(glyph.text for glyph in glyphs),
                round(float(np.mean([glyph.confidence for glyph in glyphs])), 3),
                box_of(place, shape),
                alternatives(glyphs),
            )
        )
    return tuple(words)


def _spans(glyphs: tuple[Glyph, ...]) -> list[tuple[int, int]]:
    """Begin and end of each run of characters between spaces."""
    spans: list[tuple[int, int]] = []
    begin: int | None = None
    for index, glyph in enumerate(glyphs):
        if glyph.text.isspace():
            if begin is not None:
                spans.append((begin, index))
            begin = None
        elif begin is None:
            begin = index
    return spans if begin is None else [*spans, (begin, len(glyphs))]


def _gap(glyphs: tuple[Glyph, ...], end: int, begin: int) -> float:
    """The middle between the word that ends before ``end`` and the one that starts at ``begin``."""
    return (glyphs[end - 1].end + glyphs[begin].start) / 2


def alternatives(glyphs: tuple[Glyph, ...]) -> tuple[str, ...]:
    """Other spellings of a word, likeliest first: one doubtful character changed at a time."""
    rivals = [
        (glyph.runner_up_confidence / max(glyph.confidence, 1e-6), index)
        for index, glyph in enumerate(glyphs)
        if glyph.confidence < DOUBTFUL and glyph.runner_up_confidence >= RIVAL
    ]
    said = "".join(glyph.text for glyph in glyphs)
    others = []
    for _, index in sorted(rivals, reverse=True)[:MOST_ALTERNATIVES]:
        changed = [glyph.runner_up if at == index else glyph.text for at, glyph in enumerate(glyphs)]
        others.append("".join(changed).strip())
    return tuple(other for other in dict.fromkeys(others) if other and other != said)
