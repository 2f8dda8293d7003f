"""Upright lines looked for on a picture turned by a quarter.

The detector knows level lines best. Upright ones it breaks into pieces, and loses words between these: of a
greeting up the margin, and of all that stands on a card scanned lying on its side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce

import numpy as np

from worker.reading.detection.core_rectangle import FoundLine
from worker.reading.detection.taken import is_known, taken_by
from worker.reading.geometry import Picture, Quad, height, is_stubby, is_tall, width

Look = Callable[[Picture], list[FoundLine]]


def found_both_ways(look: Look, picture: Picture) -> list[FoundLine]:
    """The lines of a picture, each as it is found where it is level; turned only where some are upright.

    Where lines found both ways lie over each other, those of the way that gives more are right.
    """
    found = look(picture)
    if not _running(found, upright=True):
        return found
    turned = found_turned(look, picture)
    level, upright = _running(found, upright=False), _running(turned, upright=True)
    if _length(level) >= _length(upright):
        ways = [level, _surely_running(upright), _running(found, upright=True)]
    else:
        ways = [upright, _surely_running(level), _running(turned, upright=False)]
    return reduce(lambda known, more: _with_unknown(known, more, picture.shape), ways)


def found_turned(look: Look, picture: Picture) -> list[FoundLine]:
    """What is found on a picture turned anticlockwise, at its places on the picture as it is.

    What is level there runs downwards here: so do all upright lines until it is known how they are read.
    """
    found = look(np.ascontiguousarray(np.rot90(picture)))
    return [replace(line, quad=_turned_back(line.quad, picture.shape[1])) for line in found]


def mostly_upright(lines: Iterable[FoundLine]) -> bool:
    """Whether more of what some lines hold runs up or down than across."""
    return _length(_running(lines, upright=True)) > _length(_running(lines, upright=False))


def _running(lines: Iterable[FoundLine], *, upright: bool) -> list[FoundLine]:
    """Those of some lines that run up or down, or those that run across."""
    return [line for line in lines if is_tall(line.quad) == upright]


def _surely_running(lines: list[FoundLine]) -> list[FoundLine]:
    """Those of some lines that are no heap of others, which run the other way.

    What is too short to tell is as tall at most as a line that does run so.
    """
    tallest = max((height(line.quad) for line in lines if not is_stubby(line.quad)), default=0.0)
    return [line for line in lines if not is_stubby(line.quad) or height(line.quad) <= tallest]


def _length(lines: Iterable[FoundLine]) -> float:
    return sum(width(line.quad) for line in lines if line.to_read)


def _with_unknown(known: list[FoundLine], more: list[FoundLine], shape: tuple[int, ...]) -> list[FoundLine]:
    """Some lines, and those of others that lie elsewhere."""
    taken = taken_by(known, shape)
    return [*known, *(line for line in more if not is_known(line, taken))]


def _turned_back(quad: Quad, wide: int) -> Quad:
    """A quad's place on a picture so wide, of which it was found on a copy turned anticlockwise."""
    return np.stack([wide - quad[:, 1], quad[:, 0]], axis=1)
