"""Numbers in a column of their own: each belongs to the line on its row, as a price to what it is for.

Where lines stand does not tell a column of prices from one of names, which is read downwards; what they say
does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from worker.reading.layout.insets import Boxes

FEWEST, MOSTLY = 3, 2 / 3
"""How many lines make a column, and how much of it is numbers: it may have a heading."""

NEXT, CLOSE = 4.0, 1.0
"""How far below a number the next one of its column may stand, in line heights: a row or two may have none.

Whatever is no number belongs to the column only where it stands close to it.
"""

SHIFTS = tuple(sorted(np.linspace(-0.75, 0.75, 13).tolist(), key=abs))
"""How much higher or lower, in line heights, the numbers stand than their lines: a short list may lean."""

ON_A_ROW = 0.4
"""How far apart, in line heights, the middles of a number and its line may be beside that."""

ANSWERED = 0.75
"""So many numbers of a column at the least have a line beside them."""

OVER = 1.0
"""How far a line and its number may lie over each other, in line heights."""

SIDEWAYS, LEFTWARDS = 0.1, 3.0
"""What a gap counts for beside such a shift; how much wider the one before a number may be."""

UNIT, DAY = 3, 2
"""The letters of a unit; the digits of a day, after which the name of its month may come."""

_WORD = re.compile(r"[^\W\d_]+")


def is_number(text: str) -> bool:
    """Whether a line says a price, a date, a time or a count, and nothing else."""
    letters, words = [mark for mark in text if mark.isalnum()], _WORD.findall(text)
    digits = sum(mark.isdigit() for mark in letters)
    if not digits:
        return False
    with_unit = max(map(len, words), default=0) <= UNIT
    if 2 * digits >= len(letters):
        return with_unit
    return letters[0].isdigit() and len(words) == 1 and (with_unit or digits <= DAY)


def entries(boxes: Boxes, numbers: Collection[int]) -> list[list[int]]:
    """The lines by what belongs together on one row, each entry from its first line to its last.

    ``numbers`` are indices of lines that say one; every index of ``boxes`` comes once.
    """
    entry = np.arange(len(boxes))
    columns = list(_columns(boxes, numbers))
    words = np.setdiff1d(entry, [index for column in columns for index in column])
    for column in columns:
        # Of several columns of numbers each belongs to what is said in words, where anything is.
        mates = _mates(boxes, column, words) or _mates(boxes, column, np.setdiff1d(entry, column))
        for index, mate in mates:
            entry[entry == entry[index]] = entry[mate]
    order = np.lexsort((boxes[:, 0], entry))
    return [part.tolist() for part in np.split(order, np.flatnonzero(np.diff(entry[order])) + 1)]


def _columns(boxes: Boxes, numbers: Collection[int]) -> Iterator[list[int]]:
    """What stands in columns that are mostly numbers, each once."""
    rest = np.array(sorted(numbers, key=lambda index: boxes[index, 1] + boxes[index, 3]), np.intp)
    while len(rest):
        column = [int(rest[0])]
        while len(below := rest[_come_next(boxes[column[-1]], boxes[rest])]):
            column.append(int(below[0]))
        rest = rest[~np.isin(rest, column)]
        whole = _with_others(boxes, column)
        if len(whole) > 1:
            yield whole


def _come_next(last: NDArray[np.float64], lines: Boxes) -> NDArray[np.bool_]:
    """Which lines stand below the last of a column, and not too far below."""
    tall = np.minimum(last[3] - last[1], lines[:, 3] - lines[:, 1])
    # Further down in any case: a line without height would come next to itself, again and again.
    below = (lines[:, 1] + lines[:, 3] - last[1] - last[3]) / 2 > ON_A_ROW * tall
    near = lines[:, 1] - last[3] <= NEXT * tall
    return np.asarray(below & near & (lines[:, 0] < last[2]) & (lines[:, 2] > last[0]))


def _with_others(boxes: Boxes, column: list[int]) -> list[int]:
    """A column of numbers with all other lines that stand in it or follow close above and below.

    Empty where these are too many for a column of numbers.
    """
    lines = boxes[column]
    tall = float(np.median(lines[:, 3] - lines[:, 1]))
    (left, top), (right, bottom) = lines[:, :2].min(axis=0), lines[:, 2:].max(axis=0)
    # What begins further on the left runs across.
    within = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 0] > left - 2 * tall)
    while True:
        near = within & (boxes[:, 1] < bottom + CLOSE * tall) & (boxes[:, 3] > top - CLOSE * tall)
        found = np.flatnonzero(near | np.isin(np.arange(len(boxes)), column))
        if len(column) < MOSTLY * len(found):
            return []
        if boxes[found, 1].min() == top and boxes[found, 3].max() == bottom:
            return [int(index) for index in found]
        top, bottom = boxes[found, 1].min(), boxes[found, 3].max()


def _mates(boxes: Boxes, column: list[int], others: NDArray[np.intp]) -> list[tuple[int, int]]:
    """What stands in a column, each with the one of other lines that it belongs to: all on one side."""
    numbers, lines = boxes[column], boxes[others]
    tall = max(1.0, float(np.median(numbers[:, 3] - numbers[:, 1])))
    apart = (lines[:, 1] + lines[:, 3] - (numbers[:, 1] + numbers[:, 3])[:, None]) / 2 / tall
    before, after = (numbers[:, None, 0] - lines[:, 2]) / tall, (lines[:, 0] - numbers[:, None, 2]) / tall
    best, farthest = list[tuple[int, int]](), (0, np.inf)
    # Two numbers may be the end of an address beside a message, but hardly stand before one.
    sides = [(before, 0.0), (after, LEFTWARDS)] if len(column) >= FEWEST else [(after, LEFTWARDS)]
    for gaps, more in sides:
        for shift in SHIFTS:
            pairs = _pairs(np.where(gaps > -OVER, gaps, np.inf), apart - shift)
            if len(pairs) < ANSWERED * len(column):
                continue
            gap = float(np.mean([gaps[pair] for pair in pairs]))
            far = (-len(pairs), SIDEWAYS * (gap + more) + abs(shift))
            if far < farthest:
                best, farthest = [(column[number], int(others[line])) for number, line in pairs], far
    return best


def _pairs(gaps: NDArray[np.float64], apart: NDArray[np.float64]) -> list[tuple[int, int]]:
    """A number and the nearest line on its row, for all that have one; none where two share a line."""
    if not gaps.size:
        return []
    gaps = np.where(np.abs(apart) < ON_A_ROW, gaps, np.inf)
    nearest = gaps.argmin(axis=1)
    answered = np.flatnonzero(np.isfinite(gaps.min(axis=1)))
    lines = nearest[answered].tolist()
    return list(zip(answered.tolist(), lines, strict=True)) if len(set(lines)) == len(lines) else []
