"""Where the words of a line stand that Tesseract read: from white to white, each beside the one before.

Tesseract knows better what a word says than where it ends: of Arabic it gives a letter to the word beside
it, or stretches a word over half of its line. So what it says of two neighbours is held against the white
between strokes, and the order of words tells which of both was wrong.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture

Span = tuple[float, float]
"""From where to where along a line, in pixels."""
Spans = NDArray[np.float64]
"""Several of them: (spans, 2)."""

DARK = 128
# In line heights: white as wide as this is a space, and a wider one is no better.
SPACE = 0.25
# So many times as far as a gap is wider may it lie from where words are said to end: about a letter.
WORTH = 4.0
# In line heights: where neither of two words is said to end so near, they do not end.
NEAR = 1.0


def between_white(said: list[Span], row: Picture, tall: float) -> list[Span]:
    """Where words are that are said to stand there from left to right; as said, where they do not.

    ``row`` has their line dark on white, with letters ``tall`` pixels high.
    """
    gaps = _gaps(said, row)
    costs = [_costs(gaps, before[1], after[0], tall) for before, after in itertools.pairwise(said)]
    places = _cheapest(costs) if costs else []
    if places is None:
        return said
    starts, ends = zip(*said, strict=True)
    edges = [min(starts), *gaps[places].ravel().tolist(), max(ends)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _gaps(said: list[Span], row: Picture) -> Spans:
    """Where a word may end: in the white between strokes, or, where words touch, as said.

    No word is left without a stroke before the first gap or after the last.
    """
    inked = np.flatnonzero((row < DARK).any(axis=0))
    if not len(inked):
        return np.empty((0, 2))
    white = np.stack([inked[:-1] + 1, inked[1:]], axis=1)[np.diff(inked) > 1]
    edges = np.repeat(said, 2).reshape(-1, 2)
    within = (edges[:, 0] > inked[0]) & (edges[:, 0] <= inked[-1])
    return np.unique(np.concatenate([white, edges[within]]), axis=0)


def _costs(gaps: Spans, end: float, start: float, tall: float) -> NDArray[np.float64]:
    """How badly each gap suits two words, of which one is said to end, the next to start at a place.

    One of both may be far off.
    """
    off = [np.maximum(gaps[:, 0] - place, place - gaps[:, 1]).clip(0) / tall for place in (end, start)]
    near, far = np.minimum(*off), np.maximum(*off)
    wide = ((gaps[:, 1] - gaps[:, 0]) / tall).clip(0, SPACE)
    cost = near + far.clip(0, NEAR) - WORTH * wide
    return np.where(near <= NEAR, cost, np.inf)


def _cheapest(costs: list[NDArray[np.float64]]) -> list[int] | None:
    """For each pair of words its gap, each further on than the one before, at the least cost together."""
    total, ways = costs[0], []
    for more in costs[1:]:
        least = np.minimum.accumulate(total)
        ways.append(np.maximum.accumulate(np.where(total == least, np.arange(len(total)), 0)))
        total = more + np.concatenate([[np.inf], least[:-1]])
    if not np.isfinite(total.min(initial=np.inf)):
        return None
    places = [int(np.argmin(total))]
    for way in reversed(ways):
        places.append(int(way[places[-1] - 1]))
    return places[::-1]
