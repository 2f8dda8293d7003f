"""Fitting the guesser: a layer over windows of a line, their mean, and a layer over that; by Adam.

An example is a handful of windows from some lines of one card, so that chances come out right for a
card. All cards are upright; what the layers say of one upside down stands against what they say of it
upright, so the direction is learnt together with the script.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.reading.looks.shapes import COURSES, ROWS, WINDOW, Shapes

Floats = NDArray[np.float32]
SIZE = WINDOW * ROWS * COURSES
HIDDEN = 64
BATCH = 64
RATE = 4e-3
DECAY = 5e-3
LINES = 5
WINDOWS = 40
MEAN_KEPT, SPREAD_KEPT = 0.9, 0.999


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of one card, and the number of its script."""

    lines: tuple[Shapes, ...]
    script: int


def fit(
    cards: list[Card], scripts: int, steps: int, seed: int, begun: tuple[Floats, ...] | None = None
) -> list[Floats]:
    """Weights and biases of the first and of the last layer, after ``steps`` batches, even over scripts.

    ``begun`` are the same of the first of these scripts, learnt before: with them it takes fewer steps.
    """
    rng = np.random.default_rng(seed)
    parts = [
        np.asarray(rng.normal(0, SIZE**-0.5, (SIZE, HIDDEN)), np.float32),
        np.zeros(HIDDEN, np.float32),
        np.asarray(rng.normal(0, HIDDEN**-0.5, (HIDDEN, scripts)), np.float32),
        np.zeros(scripts, np.float32),
    ]
    for part, known in zip(parts, begun or (), strict=False):
        part[..., : known.shape[-1]] = known
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parts]
    by_script = [[card for card in cards if card.script == script] for script in range(scripts)]
    for step in range(1, steps + 1):
        rate = RATE * min(1.0, 2 * (1 - step / (steps + 1)))
        targets = rng.integers(scripts, size=BATCH)
        chosen = [by_script[script][int(rng.integers(len(by_script[script])))] for script in targets]
        slopes = _slopes(parts, np.stack([_bag(card.lines, rng) for card in chosen]), targets)
        for part, slope, seen in zip(parts, slopes, moments, strict=True):
            _move(part, slope, seen, step, rate)
    return parts


def _move(part: Floats, slope: Floats, seen: tuple[Floats, Floats], step: int, rate: float) -> None:
    """Adam's step, in place; ``seen`` are the running means of slopes and of their squares."""
    mean, spread = seen
    mean += (1 - MEAN_KEPT) * (slope - mean)
    spread += (1 - SPREAD_KEPT) * (slope**2 - spread)
    ahead = mean / (1 - MEAN_KEPT**step) / (np.sqrt(spread / (1 - SPREAD_KEPT**step)) + 1e-8)
    part -= np.asarray(rate * (ahead + DECAY * part * (part.ndim > 1)), np.float32)


def _bag(lines: tuple[Shapes, ...], rng: np.random.Generator) -> Floats:
    """Windows from some lines, upright and then upside down: (2, WINDOWS, SIZE)."""
    picked = rng.permutation(len(lines))[: int(rng.integers(1, LINES + 1))]
    each = -(-WINDOWS // len(picked))
    cells = np.stack(
        [
            lines[index][at : at + WINDOW]
            for index in picked
            for at in rng.integers(len(lines[index]) - WINDOW + 1, size=each)
        ][:WINDOWS]
    )
    cells = cells * np.float32(rng.normal(1, 0.1))
    back = np.roll(cells[:, ::-1, ::-1], COURSES // 2, axis=3)
    return np.stack([cells, back]).reshape(2, WINDOWS, SIZE)


def _slopes(parts: list[Floats], bags: Floats, targets: NDArray[np.int64]) -> list[Floats]:
    """The slope of the loss by each part."""
    first, first_bias, last, last_bias = parts
    flat = bags.reshape(-1, SIZE)
    raw = flat @ first + first_bias
    means = np.maximum(raw, 0).reshape(BATCH, 2, WINDOWS, HIDDEN).mean(axis=2)
    evidence = (means @ last + last_bias).reshape(BATCH, -1)
    chances = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.arange(BATCH), targets] -= 1
    error = (chances / BATCH).reshape(BATCH, 2, -1)
    back = np.repeat(((error @ last.T) / WINDOWS).reshape(-1, HIDDEN), WINDOWS, axis=0) * (raw > 0)
    return [flat.T @ back, back.sum(axis=0), np.einsum("bdh,bds->hs", means, error), error.sum(axis=(0, 1))]
