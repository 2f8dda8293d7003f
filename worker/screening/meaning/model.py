"""The classifier in use: its weights, its thresholds and the words that it knows, in one small file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from mailroom.finding import Label
from worker.screening.meaning.features import SIZE, VECTOR, Sentence
from worker.screening.meaning.thresholds import Limits
from worker.screening.meaning.training import Fit, scale_of

FILE = Path(__file__).parent / "model.npz"
_STEPS = 127


class ClassifierError(ValueError):
    """The file is not a classifier that this version can use; the message says why."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights as whole steps (features x labels, a byte each), and the size of a step by label.

    ``vector_weights`` are those of the vector (its numbers x labels), ``limits`` where each label begins.
    ``words`` are words in their own right, never taken for a misreading.
    """

    labels: tuple[Label, ...]
    weights: NDArray[np.int8]
    steps: NDArray[np.float32]
    vector_weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    limits: Limits
    words: frozenset[str]

    def scores(self, sentence: Sentence) -> NDArray[np.float32]:
        """The log odds of each label for a sentence."""
        sums = self.weights[sentence.ids].sum(axis=0, dtype=np.int32) * self.steps
        near = sentence.vector @ self.vector_weights
        odds: NDArray[np.float32] = sums / scale_of(sentence.ids) + near + self.bias
        return odds


def pack(fit: Fit, labels: tuple[Label, ...], limits: Limits, words: frozenset[str]) -> Model:
    """A model of one byte a weight."""
    steps = np.maximum(np.abs(fit.weights).max(axis=0) / _STEPS, 1e-9).astype(np.float32)
    weights = np.round(fit.weights / steps).astype(np.int8)
    vector_weights = fit.vector_weights.astype(np.float16).astype(np.float32)
    return Model(labels, weights, steps, vector_weights, fit.bias, limits, words)


def save(model: Model, path: Path = FILE) -> None:
    """Write the model; the same model always gives the same bytes."""
    np.savez_compressed(
        path,
        labels=np.array([label.value for label in model.labels]),
        weights=model.weights,
        steps=model.steps,
        vector_weights=model.vector_weights.astype(np.float16),
        bias=model.bias,
        thresholds=model.limits.thresholds,
        hunches=model.limits.hunches,
        floors=model.limits.floors,
        words=np.frombuffer("\n".join(sorted(model.words)).encode(), dtype=np.uint8),
    )


def load(path: Path = FILE) -> Model:
    """Read a model; raises ClassifierError."""
    try:
        with np.load(path, allow_pickle=False) as data:
            model = Model(
                tuple(Label(str(label)) for label in data["labels"]),
                data["weights"],
                data["steps"],
                data["vector_weights"].astype(np.float32),
                data["bias"],
                _limits(data),
                frozenset(data["words"].tobytes().decode().split("\n")),
            )
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise ClassifierError(f"{path.name} is no classifier: {error}") from error
    made_for = model.weights.shape, model.vector_weights.shape
    if made_for != ((SIZE, len(model.labels)), (VECTOR, len(model.labels))):
        raise ClassifierError(f"{path.name} was made for other features; run make train-screening")
    return model


def _limits(data: Mapping[str, NDArray[np.float32]]) -> Limits:
    thresholds = data["thresholds"]
    # A model that was learnt before there were hunches has none of its own.
    return Limits(thresholds, data.get("hunches", thresholds), data["floors"])
