"""Where the classifier's thresholds stand: the false alarms that it may raise, spent where they find most.

The labels differ in how well they are told apart. One share of false alarms for each would waste them on
labels where nothing is gained, so the next alarm always goes to the label that gains most by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# How many further false alarms of one label are weighed at once: a single one may bring nothing.
_STRIDES = (1, 2, 4, 8, 16)
_JUST_ABOVE = 1e-4


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a label begins and ends, in log odds by label.

    A sentence above ``thresholds`` is a finding by itself, one above ``hunches`` a reason to glance at the
    card; where no sentence reaches ``floors``, the words of a pack stand there innocently.
    """

    thresholds: NDArray[np.float32]
    hunches: NDArray[np.float32]
    floors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Label:
    """A label's scores, highest first: of messages where it is missing, and of messages that are clean."""

    missed: NDArray[np.float32]
    clean: NDArray[np.float32]

    def threshold(self, alarms: int) -> float:
        """The lowest threshold with this many false alarms."""
        return float(self.clean[alarms]) + _JUST_ABOVE if alarms < len(self.clean) else -np.inf

    def found(self, alarms: int) -> int:
        """How many of the missing are found with this many false alarms."""
        return int((self.missed > self.threshold(alarms)).sum())

    def best_step(self, alarms: int) -> tuple[float, int]:
        """How much is gained for each further alarm at best, and by how many alarms."""
        now = self.found(alarms)
        steps = [
            ((self.found(alarms + stride) - now) / stride, stride)
            for stride in _STRIDES
            if alarms + stride < len(self.clean)
        ]
        return max(steps, default=(0.0, 0))


def choose_thresholds(
    scores: NDArray[np.float32], missed: NDArray[np.bool_], clean: NDArray[np.bool_], share: float
) -> NDArray[np.float32]:
    """Thresholds (labels) that find most of ``missed`` with alarms on at most ``share`` of ``clean``.

    ``scores`` (messages x labels) come from models that had not seen the message; ``missed`` says which
    labels a message carries and nothing else finds, ``clean`` which messages carry none and are silent.
    """
    labels = [
        _Label(_falling(scores[missed[:, column], column]), _falling(scores[clean, column]))
        for column in range(scores.shape[1])
    ]
    alarms = [0] * len(labels)
    chosen = np.array([label.threshold(0) for label in labels])
    while True:
        steps = [label.best_step(count) for label, count in zip(labels, alarms, strict=True)]
        column = max(range(len(steps)), key=lambda index: steps[index])
        gain, stride = steps[column]
        if gain <= 0:
            break
        alarms[column] += stride
        lowered = chosen.copy()
        lowered[column] = labels[column].threshold(alarms[column])
        if (scores[clean] > lowered).any(axis=1).mean() > share:
            break
        chosen = lowered
    return chosen.astype(np.float32)


def _falling(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    falling: NDArray[np.float32] = np.sort(scores)[::-1]
    return falling
