"""Where a flagged place stands on the upright picture of a side."""

from __future__ import annotations

from dataclasses import dataclass

from mailroom.reading import Box


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in percent of the upright picture's width and height."""

    x: float
    y: float
    width: float
    height: float


def upright(box: Box, width: int, height: int, rotation: int) -> Place:
    """Turn a box in pixels of the scan by ``rotation`` degrees clockwise, as its picture was turned.

    ``width`` and ``height`` are those of the scan before the turn. What reaches over an edge is cut off.
    """
    x0, x1 = sorted((_within(box[0], width), _within(box[2], width)))
    y0, y1 = sorted((_within(box[1], height), _within(box[3], height)))
    across, down = size_upright(width, height, rotation)
    match rotation % 360:
        case 90:
            x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        case 180:
            x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
        case 270:
            x0, y0, x1, y1 = y0, width - x1, y1, width - x0
    return Place(100 * x0 / across, 100 * y0 / down, 100 * (x1 - x0) / across, 100 * (y1 - y0) / down)


def size_upright(width: int, height: int, rotation: int) -> tuple[int, int]:
    """Width and height of the picture after the turn."""
    return (height, width) if rotation % 180 else (width, height)


def _within(value: int, limit: int) -> int:
    return min(max(value, 0), limit)
