"""Fits the classifier: logistic regression for each label, by adaptive gradient steps.

AdaGrad (Duchi et al. 2011) on sparse features, all labels at once, in a fixed order of a seeded
generator, so that the same messages always give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.screening.meaning.features import SIZE, Ids

EPOCHS = 8
STEP = 0.12
DECAY = 2e-4
# A label is rare: a sentence that carries it counts for as many.
CARRIED_WEIGHT = 3.0
RATIO_MAX = 4.0
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence's features, and for each label 1 if it carries it, 0 if not, nan if nobody knows."""

    ids: Ids
    targets: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights (features x labels) and bias (labels)."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, ids: Ids) -> NDArray[np.float32]:
        """The log odds of each label."""
        found: NDArray[np.float32] = self.weights[ids].sum(axis=0) / scale_of(ids) + self.bias
        return found


def scale_of(ids: Ids) -> float:
    """What the sum over features is divided by, so that long sentences weigh as much as short ones."""
    return float(np.sqrt(max(len(ids), 1)) / 4)


def fit(examples: Sequence[Example], labels: int) -> Fit:
    """Fit weights for ``labels`` labels."""
    strengths = _strengths(examples, labels)
    weights = np.zeros((SIZE, labels), dtype=np.float32)
    seen = np.full((SIZE, 1), 1e-2, dtype=np.float32)
    bias = np.full(labels, -4.0, dtype=np.float32)
    random = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        step = STEP / (1 + epoch * 0.35)
        for index in random.permutation(len(examples)):
            example = examples[index]
            scale = scale_of(example.ids)
            rows, strength = weights[example.ids], strengths[example.ids]
            odds = (rows * strength).sum(axis=0) / scale + bias
            error = 1 / (1 + np.exp(-odds)) - example.targets
            error *= np.where(example.targets > 0, CARRIED_WEIGHT, 1.0)
            error[np.isnan(error)] = 0.0
            slope = strength * (error / scale)
            seen[example.ids] += (slope**2).sum(axis=1, keepdims=True)
            weights[example.ids] = rows * (1 - DECAY) - step * slope / np.sqrt(seen[example.ids])
            bias -= 0.01 * step * error
    return Fit(weights * strengths, bias)


def _strengths(examples: Sequence[Example], labels: int) -> NDArray[np.float32]:
    """How much a feature speaks for or against each label: the log ratio of its shares with and without.

    Features so weighted learn better from short texts (Wang and Manning 2012). What stands in one
    sentence alone says nothing.
    """
    carrying = np.zeros((SIZE, labels), dtype=np.float32)
    total = np.zeros((SIZE, 1), dtype=np.float32)
    carried = np.zeros(labels, dtype=np.float32)
    for example in examples:
        total[example.ids] += 1
        targets = np.nan_to_num(example.targets)
        carried += targets
        if targets.any():
            carrying[example.ids] += targets
    with_label = (carrying + 1) / (carried + 2)
    without = (total - carrying + 1) / (len(examples) - carried + 2)
    ratios = np.clip(np.log(with_label / without), -RATIO_MAX, RATIO_MAX) / 2
    strengths: NDArray[np.float32] = np.where(total > 1, ratios, 0).astype(np.float32)
    return strengths
