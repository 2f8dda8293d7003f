"""Places of lines, as an engine would find them, for tests of their order."""

from __future__ import annotations

import numpy as np

from worker.reading.geometry import Quad
from worker.reading.layout.reading_order import reading_order


def quad(x: float, y: float, width: float = 300, height: float = 40) -> Quad:
    """A level line from its top left corner."""
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def stack(x: float, top: float, count: int, width: float = 500, pitch: float = 60) -> list[Quad]:
    """Lines of 40 one below another."""
    return [quad(x, top + pitch * row, width) for row in range(count)]


def mirrored(lines: list[Quad]) -> list[Quad]:
    """The same lines of 40 as they stand where text runs to the left."""
    return [quad(3000 - float(line[1, 0]), float(line[0, 1]), float(np.ptp(line[:, 0]))) for line in lines]


def as_found(
    lines: list[Quad], found: list[int], right_to_left: bool = False, numbers: tuple[int, ...] = ()
) -> list[int]:
    """The order of lines found in another one, by their places among ``lines``."""
    says = [place for place, index in enumerate(found) if index in numbers]
    order = reading_order([lines[index] for index in found], right_to_left, says)
    return [found[index] for index in order]
