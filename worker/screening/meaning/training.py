"""Fits the classifier: logistic regression for each label, by adaptive gradient steps.

AdaGrad (Duchi et al. 2011) on sparse features and on the vectors, all labels at once, in a fixed order of a
seeded generator, so that the same messages always give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from worker.screening.meaning.features import SIZE, VECTOR, Ids, Sentence

EPOCHS = 8
STEP = 0.12
DECAY = 2e-4
VECTOR_SCALE, VECTOR_STEP, VECTOR_DECAY = 4.0, 1.0, 1e-5
# A label is rare: a sentence that carries it counts for as many.
CARRIED_WEIGHT = 3.0
RATIO_MAX = 4.0
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, and for each label 1 if it carries it, 0 if not, nan if nobody knows."""

    sentence: Sentence
    targets: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights (features x labels), those of the vector (its numbers x labels), and bias (labels)."""

    weights: NDArray[np.float32]
    vector_weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, sentence: Sentence) -> NDArray[np.float32]:
        """The log odds of each label."""
        ids = sentence.ids
        sums = self.weights[ids].sum(axis=0) / scale_of(ids)
        found: NDArray[np.float32] = sums + sentence.vector @ self.vector_weights + self.bias
        return found


def scale_of(ids: Ids) -> float:
    """What the sum over features is divided by, so that long sentences weigh as much as short ones."""
    return float(np.sqrt(max(len(ids), 1)) / 4)


def fit(examples: Sequence[Example], labels: int) -> Fit:
    """Fit weights for ``labels`` labels."""
    # Few of all features occur: only those are reckoned with, each known by its place among them.
    occurring = [example.sentence.ids for example in examples]
    used = np.unique(np.concatenate([np.zeros(0, np.int32), *occurring]))
    examples = [_by_places(example, used) for example in examples]
    strengths = _strengths(examples, len(used), labels)
    weights = np.zeros((len(used), labels), dtype=np.float32)
    seen = np.full((len(used), 1), 1e-2, dtype=np.float32)
    vector_weights = np.zeros((VECTOR, labels), dtype=np.float32)
    vector_seen = np.full(labels, 1e-2, dtype=np.float32)
    bias = np.full(labels, -4.0, dtype=np.float32)
    random = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        pace = 1 / (1 + epoch * 0.35)
        for index in random.permutation(len(examples)):
            ids, vector = examples[index].sentence.ids, examples[index].sentence.vector * VECTOR_SCALE
            targets = examples[index].targets
            scale = scale_of(ids)
            rows, strength = weights[ids], strengths[ids]
            odds = (rows * strength).sum(axis=0) / scale + vector @ vector_weights + bias
            error = 1 / (1 + np.exp(-odds)) - targets
            error *= np.where(targets > 0, CARRIED_WEIGHT, 1.0)
            error[np.isnan(error)] = 0.0
            slope = strength * (error / scale)
            seen[ids] += (slope**2).sum(axis=1, keepdims=True)
            weights[ids] = rows * (1 - DECAY) - STEP * pace * slope / np.sqrt(seen[ids])
            vector_seen += error**2
            vector_weights *= 1 - VECTOR_DECAY
            vector_weights -= np.outer(vector, VECTOR_STEP * pace * error / np.sqrt(vector_seen))
            bias -= 0.01 * STEP * pace * error
    every = np.zeros((SIZE, labels), dtype=np.float32)
    every[used] = weights * strengths
    return Fit(every, vector_weights * VECTOR_SCALE, bias)


def _by_places(example: Example, used: Ids) -> Example:
    """The example with places in ``used`` for the ids of its features."""
    places = np.searchsorted(used, example.sentence.ids).astype(np.int32)
    return replace(example, sentence=replace(example.sentence, ids=places))


def _strengths(examples: Sequence[Example], size: int, labels: int) -> NDArray[np.float32]:
    """How much a feature speaks for or against each label: the log ratio of its shares with and without.

    Features so weighted learn better from short texts (Wang and Manning 2012). What stands in one
    sentence alone says nothing.
    """
    carrying = np.zeros((size, labels), dtype=np.float32)
    total = np.zeros((size, 1), dtype=np.float32)
    carried = np.zeros(labels, dtype=np.float32)
    for example in examples:
        ids = example.sentence.ids
        total[ids] += 1
        targets = np.nan_to_num(example.targets)
        carried += targets
        if targets.any():
            carrying[ids] += targets
    with_label = (carrying + 1) / (carried + 2)
    without = (total - carrying + 1) / (len(examples) - carried + 2)
    ratios = np.clip(np.log(with_label / without), -RATIO_MAX, RATIO_MAX) / 2
    strengths: NDArray[np.float32] = np.where(total > 1, ratios, 0).astype(np.float32)
    return strengths
