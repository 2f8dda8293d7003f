"""A core cut apart where it is of several lines, or of a bent one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.reading.detection.core_rectangle import LONG, Cores, Points, Rectangle, rectangle_around

# How well a core has to fill its rectangle: DB's box threshold, as RapidOCR sets it.
SURE = 0.5
# Between two lines a row of the core holds at most so much of what a row of either does, and the shorter
# of them at least so much of the whole length. Rows that hold less of a line are the bridge between them.
VALLEY, RIDGE, BRIDGE = 0.5, 0.4, 0.3


def by_row(cores: Cores, points: Points) -> Iterator[Points]:
    """The points of each of the lines, one above the other, that a core is of."""
    rectangle = rectangle_around(cores, points)
    place = _along(points, rectangle.turn + np.pi / 2)
    rows = np.bincount(place)
    above, below = np.maximum.accumulate(rows), np.maximum.accumulate(rows[::-1])[::-1]
    ridges = np.minimum(above, below)
    valley = int(np.argmin(rows / ridges))
    if rows[valley] > VALLEY * ridges[valley] or ridges[valley] < RIDGE * max(rectangle.sides):
        yield points
        return
    last = np.flatnonzero(rows[:valley] > BRIDGE * above[valley])[-1]
    first = valley + np.flatnonzero(rows[valley:] > BRIDGE * below[valley])[0]
    yield from by_row(cores, points[place <= last])
    yield from by_row(cores, points[place >= first])


def filling(cores: Cores, points: Points) -> list[Points]:
    """The points of one line as parts that fill a rectangle each; those that fill one together are one."""
    return _joined(cores, _filled_parts(cores, points))


def _filled_parts(cores: Cores, points: Points) -> Iterator[Points]:
    """The points of a core cut across until each part fills its rectangle, from one end to the other."""
    rectangle = rectangle_around(cores, points)
    if rectangle.score >= SURE:
        yield points
    elif max(rectangle.sides) >= LONG:
        for half in _halves(cores, points, rectangle):
            yield from _filled_parts(cores, half)


def _halves(cores: Cores, points: Points, rectangle: Rectangle) -> Iterator[Points]:
    """What a cut at the weakest place about the middle leaves: there a space is likeliest."""
    place = _along(points, rectangle.turn)
    columns, rows = points.astype(int).T
    mass = np.bincount(place, cores[rows, columns])
    quarter = len(mass) // 4
    cut = quarter + int(np.argmin(mass[quarter : len(mass) - quarter]))
    for half in (points[place < cut], points[place >= cut]):
        yield from _connected(half)


def _along(points: Points, turn: float) -> NDArray[np.intp]:
    """How far each of the points lies in a direction, in whole pixels from the first."""
    along = points @ np.array([np.cos(turn), np.sin(turn)], np.float32)
    places: NDArray[np.intp] = (along - along.min()).astype(np.intp)
    return places


def _connected(points: Points) -> Iterator[Points]:
    """The points by what hangs together: a cut may leave several strands."""
    if not len(points):
        return
    columns, rows = (points - points.min(axis=0)).astype(int).T
    mask = np.zeros((rows.max() + 1, columns.max() + 1), np.uint8)
    mask[rows, columns] = 1
    strands = np.asarray(cv2.connectedComponents(mask)[1])[rows, columns]
    for strand in np.unique(strands):
        yield points[strands == strand]


def _joined(cores: Cores, parts: Iterable[Points]) -> list[Points]:
    """Parts that fill one rectangle together, as one: most cuts were only needed elsewhere."""
    joined: list[Points] = []
    for part in parts:
        for place, other in enumerate(joined):
            both = np.concatenate([other, part])
            if rectangle_around(cores, both).score >= SURE:
                joined[place] = both
                break
        else:
            joined.append(part)
    return joined
