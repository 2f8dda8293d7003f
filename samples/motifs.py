"""What children draw: each motif as strokes in a unit square about its middle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samples.ink import Colour

Points = NDArray[np.float64]

RED, PINK, ORANGE, YELLOW = (206, 44, 52), (232, 108, 156), (236, 134, 44), (246, 200, 40)
GREEN, BLUE, SKY, VIOLET = (58, 148, 70), (48, 92, 186), (120, 178, 226), (130, 84, 170)
BROWN, BLACK, GREY = (132, 88, 54), (40, 40, 46), (140, 140, 146)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through ``points`` (n, 2), in units of the motif's square; ``filled`` is scribbled in."""

    points: Points
    colour: Colour
    filled: bool = False


def _ring(
    cx: float, cy: float, rx: float, ry: float | None = None, turns: tuple[float, float] = (0.0, 1.04)
) -> Points:
    angle = np.linspace(turns[0], turns[1], 40) * 2 * np.pi
    return np.stack([cx + rx * np.cos(angle), cy + (rx if ry is None else ry) * np.sin(angle)], axis=1)


def _path(*points: tuple[float, float]) -> Points:
    return np.asarray(points, np.float64)


def _sun(rng: np.random.Generator) -> list[Stroke]:
    rays = []
    for angle in np.linspace(0, 2 * np.pi, int(rng.integers(9, 14)), endpoint=False):
        way = np.asarray((np.cos(angle), np.sin(angle)))
        rays.append(Stroke(np.stack([way * 0.31, way * rng.uniform(0.42, 0.52)]), ORANGE))
    face = [
        Stroke(_ring(0, 0.02, 0.13, 0.11, (0.08, 0.42)), ORANGE),
        Stroke(_ring(-0.08, -0.06, 0.015), BLACK),
    ]
    return [
        Stroke(_ring(0, 0, 0.25), YELLOW, filled=True),
        *rays,
        *face,
        Stroke(_ring(0.08, -0.06, 0.015), BLACK),
    ]


def _house(rng: np.random.Generator) -> list[Stroke]:
    wall = (YELLOW, PINK, SKY)[int(rng.integers(3))]
    return [
        Stroke(
            _path((-0.34, 0.45), (-0.34, -0.05), (0.34, -0.05), (0.34, 0.45), (-0.34, 0.45)),
            wall,
            filled=True,
        ),
        Stroke(_path((-0.42, -0.05), (0, -0.45), (0.42, -0.05), (-0.42, -0.05)), RED, filled=True),
        Stroke(_path((-0.08, 0.45), (-0.08, 0.16), (0.1, 0.16), (0.1, 0.45)), BROWN, filled=True),
        Stroke(_path((-0.27, 0.05), (-0.14, 0.05), (-0.14, 0.18), (-0.27, 0.18), (-0.27, 0.05)), BLUE),
        Stroke(_path((0.16, 0.05), (0.28, 0.05), (0.28, 0.18), (0.16, 0.18), (0.16, 0.05)), BLUE),
        Stroke(_path((0.22, -0.26), (0.22, -0.46), (0.31, -0.46), (0.31, -0.16)), BROWN),
        Stroke(_ring(0.30, -0.58, 0.06), GREY),
    ]


def _flower(rng: np.random.Generator) -> list[Stroke]:
    colour = (RED, PINK, VIOLET, ORANGE, BLUE)[int(rng.integers(5))]
    petals = [
        Stroke(_ring(0.15 * np.cos(a), -0.25 + 0.15 * np.sin(a), 0.10), colour, filled=True)
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    stem = Stroke(_path((0, -0.15), (0.02, 0.1), (-0.01, 0.45)), GREEN)
    leaf = Stroke(_path((0, 0.25), (0.14, 0.14), (0.2, 0.2), (0.1, 0.28), (0, 0.25)), GREEN, filled=True)
    return [stem, leaf, *petals, Stroke(_ring(0, -0.25, 0.07), YELLOW, filled=True)]


def _heart(rng: np.random.Generator) -> list[Stroke]:
    t = np.linspace(0, 2 * np.pi, 50)
    x, y = 16 * np.sin(t) ** 3, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))
    return [
        Stroke(
            np.stack([x, y], axis=1) / 38, (RED, PINK)[int(rng.integers(2))], filled=bool(rng.integers(4))
        )
    ]


def _tree(_: np.random.Generator) -> list[Stroke]:
    crown = np.concatenate([_ring(-0.17, -0.1, 0.18), _ring(0.0, -0.28, 0.19), _ring(0.17, -0.1, 0.18)])
    trunk = _path((-0.06, 0.45), (-0.05, 0.0), (0.06, 0.0), (0.07, 0.45))
    apples = [
        Stroke(_ring(x, y, 0.03), RED, filled=True) for x, y in ((-0.2, -0.1), (0.02, -0.3), (0.17, -0.04))
    ]
    return [Stroke(trunk, BROWN, filled=True), Stroke(crown, GREEN, filled=True), *apples]


def _bird(_: np.random.Generator) -> list[Stroke]:
    return [
        Stroke(_ring(0, 0, 0.26, 0.16), SKY, filled=True),
        Stroke(_ring(0.25, -0.14, 0.11), SKY, filled=True),
        Stroke(_path((0.35, -0.15), (0.46, -0.11), (0.35, -0.09)), ORANGE, filled=True),
        Stroke(_path((-0.05, -0.04), (-0.22, -0.34), (0.12, -0.06)), BLUE, filled=True),
        Stroke(_path((-0.24, 0.02), (-0.44, -0.06), (-0.4, 0.1), (-0.24, 0.06)), BLUE),
        Stroke(_ring(0.27, -0.17, 0.012), BLACK),
    ]


def _rainbow(_: np.random.Generator) -> list[Stroke]:
    colours = (RED, ORANGE, YELLOW, GREEN, BLUE, VIOLET)
    return [
        Stroke(_ring(0, 0.25, 0.5 - i * 0.045, None, (0.5, 1.0)), colour)
        for i, colour in enumerate(colours)
    ]


def _snowman(_: np.random.Generator) -> list[Stroke]:
    return [
        Stroke(_ring(0, 0.25, 0.22), GREY),
        Stroke(_ring(0, -0.08, 0.15), GREY),
        Stroke(_path((-0.13, -0.22), (0.13, -0.22)), BLACK),
        Stroke(_path((-0.08, -0.22), (-0.08, -0.38), (0.08, -0.38), (0.08, -0.22)), BLACK, filled=True),
        Stroke(_path((0, -0.08), (0.13, -0.05), (0, -0.04)), ORANGE, filled=True),
        *[
            Stroke(_ring(x, y, 0.012), BLACK)
            for x, y in ((-0.05, -0.12), (0.05, -0.12), (0, 0.14), (0, 0.26))
        ],
        Stroke(_path((-0.13, 0.04), (0.14, 0.06), (0.18, 0.2)), RED),
    ]


def _cat(_: np.random.Generator) -> list[Stroke]:
    ears = _path((-0.2, -0.18), (-0.19, -0.4), (-0.06, -0.26), (0.06, -0.26), (0.19, -0.4), (0.2, -0.18))
    whiskers = [
        Stroke(_path((s * 0.08, -0.08), (s * 0.34, -0.12 + d)), BLACK) for s in (-1, 1) for d in (0.0, 0.08)
    ]
    return [
        Stroke(_ring(0, 0.22, 0.24, 0.24), ORANGE, filled=True),
        Stroke(_ring(0, -0.1, 0.2), ORANGE, filled=True),
        Stroke(ears, ORANGE),
        Stroke(_path((0.2, 0.35), (0.42, 0.3), (0.4, 0.05)), ORANGE),
        Stroke(_ring(-0.07, -0.14, 0.02), BLACK),
        Stroke(_ring(0.07, -0.14, 0.02), BLACK),
        *whiskers,
    ]


def _boat(_: np.random.Generator) -> list[Stroke]:
    waves = np.stack(
        [np.linspace(-0.5, 0.5, 40), 0.34 + 0.04 * np.sin(np.linspace(0, 8 * np.pi, 40))], axis=1
    )
    return [
        Stroke(
            _path((-0.36, 0.12), (-0.24, 0.32), (0.24, 0.32), (0.36, 0.12), (-0.36, 0.12)),
            BROWN,
            filled=True,
        ),
        Stroke(_path((0, 0.12), (0, -0.42)), BROWN),
        Stroke(_path((0.03, -0.4), (0.3, 0.04), (0.03, 0.04), (0.03, -0.4)), RED, filled=True),
        Stroke(waves, BLUE),
        Stroke(waves + np.asarray((0.03, 0.08)), BLUE),
    ]


def _star(_: np.random.Generator) -> list[Stroke]:
    angle = np.arange(6) * 4 * np.pi / 5 - np.pi / 2
    return [Stroke(np.stack([0.4 * np.cos(angle), 0.4 * np.sin(angle)], axis=1), YELLOW)]


def _child(rng: np.random.Generator) -> list[Stroke]:
    colour = (RED, BLUE, GREEN, VIOLET)[int(rng.integers(4))]
    return [
        Stroke(_ring(0, -0.3, 0.12), ORANGE),
        Stroke(_path((0, -0.18), (-0.17, 0.2), (0.17, 0.2), (0, -0.18)), colour, filled=True),
        Stroke(_path((-0.07, 0.2), (-0.08, 0.45)), BLACK),
        Stroke(_path((0.07, 0.2), (0.08, 0.45)), BLACK),
        Stroke(_path((-0.3, -0.14), (-0.03, -0.06), (0.3, -0.16)), ORANGE),
        Stroke(_ring(0, -0.29, 0.06, 0.05, (0.08, 0.42)), RED),
        Stroke(_ring(-0.04, -0.33, 0.01), BLACK),
        Stroke(_ring(0.04, -0.33, 0.01), BLACK),
    ]


MOTIFS: dict[str, Callable[[np.random.Generator], list[Stroke]]] = {
    "sun": _sun,
    "house": _house,
    "flower": _flower,
    "heart": _heart,
    "tree": _tree,
    "bird": _bird,
    "rainbow": _rainbow,
    "snowman": _snowman,
    "cat": _cat,
    "boat": _boat,
    "star": _star,
    "child": _child,
}
