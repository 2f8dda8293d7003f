"""Pieces of one line that was cut in two: a letter that both of them show is kept once.

A bent line is cut into straight pieces, each grown beyond the cut so that no letter is lost: both show what
lies there. What they read is held against each other by where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import height, part, width
from worker.reading.lines import Emissions, Glyph, ReadLine

OVER, ASIDE = 1.0, 0.5
"""How far pieces may lie over each other, and one above the other where they meet, in line heights."""

SAME_WAY = 0.7
"""The least cosine between the directions of two pieces: a line up the margin may begin where one ends."""

SAME_PLACE = 0.3
"""How far apart, in line heights, two readings of one letter stand at most: a column is a sixth.

Nor are they further apart than a letter is from the next one: of narrow letters that is less ("fell").
"""

ROOM = 0.5
"""So much of a letter's room at the least lies within both pieces if both show it."""

SURE = 0.6
"""What is less sure is hardly read: so are many letters of what only seem to be pieces of one line."""

Point = NDArray[np.float32]
"""A place in the picture, or a step in it: x and y."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter of a piece: its place in what that says, and how far along it stands, in line heights."""

    place: int
    letter: str
    along: float


def without_repeats(lines: list[ReadLine]) -> list[ReadLine]:
    """Lines in reading order, without what one repeats of the end of the one before it."""
    kept: list[ReadLine] = []
    for line in lines:
        if kept and line.by_columns and kept[-1].by_columns:
            before, after = _parted(kept[-1], line)
            kept[-1:] = [before, after]
        else:
            kept.append(line)
    return kept


def _parted(before: ReadLine, after: ReadLine) -> tuple[ReadLine, ReadLine]:
    """Two lines as they are, or two pieces of one without what both show."""
    shared = _shared(before, after)
    if not shared:
        return before, after
    last, first = _joint(before, after, shared)
    while last and _is_space(before, last - 1):
        last -= 1
    while _is_space(after, first):
        first += 1
    if not last or first == len(after.glyphs):
        return before, after
    return _cut(before, 0, last), _cut(after, first, len(after.glyphs))


def _shared(before: ReadLine, after: ReadLine) -> list[tuple[int, int]]:
    """The letters that two pieces of one line both show, by their places in either; none of other lines."""
    tall = max(1.0, min(height(before.quad), height(after.quad)))
    along, turned = (_direction(line) for line in (before, after))
    end, start = _point(before, 1.0), _point(after, 0.0)
    over, down = np.stack([along, [-along[1], along[0]]]) @ (end - start) / tall
    pitch = width(before.quad) / max(1, len(before.glyphs)) / tall
    if not ROOM * pitch < over <= OVER or abs(down) > ASIDE or along @ turned < SAME_WAY:
        return []
    near = min(SAME_PLACE, pitch)
    tail, head = (_shown(line, start, along / tall) for line in (before, after))
    return _matched(
        [one for one in tail if one.along > -near],
        [one for one in head if one.along < over + near],
        near,
    )


def _direction(line: ReadLine) -> Point:
    """The way a line runs, one pixel long."""
    return np.asarray((line.quad[1] - line.quad[0]) / max(width(line.quad), 1.0), np.float32)


def _point(line: ReadLine, at: float) -> Point:
    """Where the middle of a line is, at a fraction of its length."""
    start, end = line.quad[[0, 3]].mean(axis=0), line.quad[[1, 2]].mean(axis=0)
    return np.asarray(start + at * (end - start), np.float32)


def _shown(line: ReadLine, start: Point, along: Point) -> list[Shown]:
    """The letters of a line that are read, with how far each is from a point along a direction."""
    middles = [(glyph.start + glyph.end) / 2 for glyph in line.glyphs]
    return [
        Shown(place, glyph.text.casefold(), float((_point(line, middle) - start) @ along))
        for place, (glyph, middle) in enumerate(zip(line.glyphs, middles, strict=True))
        if not glyph.text.isspace() and glyph.confidence >= SURE
    ]


def _matched(tail: list[Shown], head: list[Shown], near: float) -> list[tuple[int, int]]:
    """The longest run of like letters at the same places, in their order (a longest common subsequence).

    Places no further apart than ``near`` line heights are the same. Of runs as long as each other it is the
    one with letters closest together: the first "l" of "will" is not the second.
    """
    # Of each: how many letters, how far apart all in all (less than 0), and their places in either piece.
    best: list[tuple[int, float, list[tuple[int, int]]]] = [(0, 0.0, [])] * (len(head) + 1)
    for one in tail:
        row = [best[0]]
        for at, other in enumerate(head):
            found, apart = max(best[at + 1], row[at]), abs(one.along - other.along)
            if one.letter == other.letter and apart <= near:
                count, closeness, pairs = best[at]
                found = max(found, (count + 1, closeness - apart, [*pairs, (one.place, other.place)]))
            row.append(found)
        best = row
    return best[-1][2]


def _joint(before: ReadLine, after: ReadLine, shared: list[tuple[int, int]]) -> tuple[int, int]:
    """Up to where one piece is kept, and from where the other: between words where there is a space."""
    for last, first in shared:
        if _is_space(before, last - 1) or _is_space(after, first - 1):
            return last, first
        if _is_space(before, last + 1) or _is_space(after, first + 1):
            return last + 1, first + 1
    last, first = shared[len(shared) // 2]
    return last + 1, first + 1


def _is_space(line: ReadLine, place: int) -> bool:
    return 0 <= place < len(line.glyphs) and line.glyphs[place].text.isspace()


def _cut(line: ReadLine, first: int, last: int) -> ReadLine:
    """A line's characters from one to before another, and its columns and place with them."""
    start = _between(line.glyphs, first) if first else 0.0
    end = _between(line.glyphs, last) if last < len(line.glyphs) else 1.0
    span = max(end - start, 1e-6)
    glyphs = tuple(
        replace(glyph, start=(glyph.start - start) / span, end=(glyph.end - start) / span)
        for glyph in line.glyphs[first:last]
    )
    columns = _columns(line.emissions, first, last)
    return replace(line, quad=part(line.quad, start, end), glyphs=glyphs, emissions=columns)


def _between(glyphs: tuple[Glyph, ...], place: int) -> float:
    """Where a line is cut before one of its characters, as a fraction of its length."""
    return (glyphs[place - 1].end + glyphs[place].start) / 2


def _columns(emissions: Emissions, first: int, last: int) -> Emissions:
    """The columns of some of a line's characters, each of which is a run of columns."""
    bounds = []
    begin = 0
    for mark, run in groupby(emissions, lambda column: column[0][0]):
        end = begin + len(list(run))
        if mark:
            bounds.append((begin, end))
        begin = end
    return emissions[bounds[first][0] if first else 0 : bounds[last - 1][1] if last < len(bounds) else None]
