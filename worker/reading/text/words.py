"""Words of a line: how sure each is, where it stands, and what else it may say."""

from __future__ import annotations

import itertools

import numpy as np

from mailroom.reading import Word
from worker.reading.geometry import box_of, part
from worker.reading.lines import Glyph, ReadLine

DOUBTFUL = 0.85
RIVAL = 0.08
MOST_ALTERNATIVES = 4


def words_of(line: ReadLine, shape: tuple[int, ...]) -> tuple[Word, ...]:
    """The words of a line with boxes in the picture of ``shape`` (height, width, ...)."""
    bounds = spans_of(line.glyphs)
    spans = [line.glyphs[begin:end] for begin, end in bounds]
    return tuple(
        Word(
            text_of(span),
            round(float(np.mean([glyph.confidence for glyph in span])), 3),
            box_of(part(line.quad, start, end), shape),
            line.spellings.get(bound) or alternatives(span),
        )
        for bound, span, (start, end) in zip(bounds, spans, places_of(spans), strict=True)
    )


def places_of(words: list[tuple[Glyph, ...]]) -> list[tuple[float, float]]:
    """From where to where the words of a line stand (fractions of it), with half the space on each side."""
    return _shared_out([(min(g.start for g in word), max(g.end for g in word)) for word in words])


def _shared_out(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Places along a line stretched to meet in the middle of each gap, whichever way the text runs."""
    order = sorted(range(len(places)), key=lambda index: sum(places[index]))
    edges = [0.0]
    for before, after in itertools.pairwise(order):
        edges.append(max(edges[-1], (places[before][1] + places[after][0]) / 2))
    edges.append(1.0)
    shared = {index: (edges[rank], edges[rank + 1]) for rank, index in enumerate(order)}
    return [shared[index] for index in range(len(places))]


def text_of(glyphs: tuple[Glyph, ...]) -> str:
    """What some characters say together."""
    return "".join(glyph.text for glyph in glyphs)


def spans_of(glyphs: tuple[Glyph, ...]) -> list[tuple[int, int]]:
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


def alternatives(glyphs: tuple[Glyph, ...]) -> tuple[str, ...]:
    """Other spellings of a word, likeliest first: one doubtful character changed at a time."""
    rivals = [
        (glyph.runner_up_confidence / max(glyph.confidence, 1e-6), index)
        for index, glyph in enumerate(glyphs)
        if glyph.confidence < DOUBTFUL and glyph.runner_up_confidence >= RIVAL
    ]
    said = text_of(glyphs)
    others = []
    for _, index in sorted(rivals, reverse=True)[:MOST_ALTERNATIVES]:
        changed = [glyph.runner_up if at == index else glyph.text for at, glyph in enumerate(glyphs)]
        others.append("".join(changed).strip())
    return tuple(other for other in dict.fromkeys(others) if other and other != said)
