"""Scores of messages by models that have not seen them.

Messages that were written one after another are kept together, since they are of one hand and often look
alike: a model is asked about writers that it does not know, as it will be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from worker.screening.meaning.training import Example, Fit, fit

FOLDS = 4
WRITTEN_TOGETHER = 50

_NUMBERED = re.compile(r"([a-z]{3})-(\d+)")


def fold_of(key: str) -> int:
    """The fold (0 to ``FOLDS`` - 1) of a message; numbered ones (``eng-0123``) go by their fifties."""
    numbered = _NUMBERED.fullmatch(key)
    block = f"{numbered[1]}{(int(numbered[2]) - 1) // WRITTEN_TOGETHER}" if numbered else key
    return crc32(block.encode()) % FOLDS


def cross_scores(
    keys: Sequence[str], examples: Sequence[list[Example]], labels: int
) -> NDArray[np.float32]:
    """The highest log odds (messages x labels), each by a model that has not seen the message's fold."""
    folds = [fold_of(key) for key in keys]
    scores = np.full((len(keys), labels), -20.0, dtype=np.float32)
    for fold in range(FOLDS):
        model = fit(flat(own for own, at in zip(examples, folds, strict=True) if at != fold), labels)
        for index, own in enumerate(examples):
            if folds[index] == fold and own:
                scores[index] = _highest(model, own)
    return scores


def flat(examples: Iterable[list[Example]]) -> list[Example]:
    """The sentences of all messages in one list."""
    return [example for own in examples for example in own]


def _highest(model: Fit, examples: Iterable[Example]) -> NDArray[np.float32]:
    highest: NDArray[np.float32] = np.max([model.scores(example.sentence) for example in examples], axis=0)
    return highest
