"""Which way up: settled by reading a little in each direction that the lines allow.

A line's shape says whether its text runs across or along the picture, not from which end. So the
longest lines are read both ways, and the surer way is taken for all lines of that shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from worker.reading.geometry import Quad, height, is_stubby, is_tall, turn_quad, upside_down, width
from worker.reading.lines import ReadLine, plausibility
from worker.reading.text.wordlikeness import common_share

CERTAIN = 0.90
CERTAIN_LETTERS = 12
FAIRLY_CERTAIN = 0.68
CERTAIN_WORDS = 0.25
LETTERS_FOR_WORDS = 40
SAMPLES = (3, 12)
LEAD = 0.06
LEAST_LEAD = 0.02
NOTHING = 0.35

LETTER = 1.5
"""How long a digit or a letter is at most that stands by itself, in heights of the lines."""

LineReader = Callable[[Quad], ReadLine]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one direction: their quads start where the text starts.

    ``rotation`` is the clockwise turn in degrees that sets them upright; ``read`` keeps the lines
    already read while finding out, by their index in ``quads``.
    """

    quads: list[Quad]
    rotation: int
    read: dict[int, ReadLine]


def by_shape(quads: list[Quad]) -> list[list[Quad]]:
    """The lines parted into those across and those along the picture, the larger part first.

    The shape of a digit by itself, which is taller than wide, does not tell: it goes with the larger part.
    """
    tall = [quad for quad in quads if is_tall(quad)]
    across = [quad for quad in quads if not is_tall(quad)]
    if _length(tall) > _length(across):
        across, letters = _without_letters(across, tall)
        stubs = [quad for quad in across if is_stubby(quad)]
        across = [quad for quad in across if not is_stubby(quad)]
        tall += [turn_quad(quad, 1) for quad in letters + stubs]
    else:
        tall, letters = _without_letters(tall, across)
        across += [turn_quad(quad, -1) for quad in letters]
    return sorted((part for part in (across, tall) if part), key=_length, reverse=True)


def _without_letters(quads: list[Quad], lines: list[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Quads across some lines, and those that are a digit or a letter by itself, level with the lines."""
    longest = LETTER * float(np.median([height(line) for line in lines])) if lines else 0.0
    longer = [quad for quad in quads if width(quad) > longest]
    return longer, [quad for quad in quads if width(quad) <= longest]


def _length(quads: list[Quad]) -> float:
    return sum(width(quad) for quad in quads)


def settled(quads: list[Quad], read: LineReader) -> Group:
    """Lines of one shape set the right way round; there is at least one."""
    by_length = [int(index) for index in np.argsort([-width(quad) for quad in quads])]
    turned = upside_down(quads)
    forward: dict[int, ReadLine] = {}
    backward: dict[int, ReadLine] = {}
    lead = 0.0
    for samples in SAMPLES:
        for index in by_length[len(forward) : samples]:
            forward[index] = read(quads[index])
        likelihood = plausibility(list(forward.values()))
        if _certain(list(forward.values())):
            return Group(quads, rotation_of(quads[0]), forward)
        # Where nothing comes of the lines this way, one tells whether anything does the other way.
        opposite = samples - 1 if likelihood >= NOTHING else 1
        for index in by_length[len(backward) : opposite]:
            backward[index] = read(turned[index])
        other = plausibility(list(backward.values()))
        lead = likelihood - other
        if abs(lead) >= LEAD or max(likelihood, other) < NOTHING:
            break
    if lead > -LEAST_LEAD:
        return Group(quads, rotation_of(quads[0]), forward)
    return Group(turned, rotation_of(turned[0]), backward)


def _certain(lines: list[ReadLine]) -> bool:
    """True when nothing is to be learnt from the other way: sure text, or text with common words.

    Upside down, text comes out as half sure letters, but never as words.
    """
    letters = sum(line.letters for line in lines)
    likelihood = plausibility(lines)
    if letters < CERTAIN_LETTERS or likelihood < FAIRLY_CERTAIN:
        return False
    if likelihood >= CERTAIN:
        return True
    enough = letters >= LETTERS_FOR_WORDS
    return enough and common_share("\n".join(line.text for line in lines)) >= CERTAIN_WORDS


def rotation_of(quad: Quad) -> int:
    """The clockwise turn in degrees, by quarters, that sets a line upright."""
    along = quad[1] - quad[0]
    degrees = np.degrees(np.arctan2(along[1], along[0]))
    return int(-round(degrees / 90) * 90) % 360
