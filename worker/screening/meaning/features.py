"""What the classifier sees of a sentence: hashed words, word pairs and letter groups, and its vector.

The hashing trick (Weinberger et al. 2009) keeps the model small whatever the vocabulary. Letter groups
stand for stems, so that inflected words of a language are known by their kin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from worker.screening.meaning.encoder import shared_encoder
from worker.screening.meaning.encoder_graph import PIECE
from worker.screening.words.message import Message, Token

SIZE = 1 << 20
GROUP_LETTERS = (3, 4, 5)
CHARACTERS_MAX = 4
SENTENCE_WORDS_MAX = 60

VECTOR = 2 * PIECE
"""The numbers of a sentence's vector: its own, and those of the whole message."""

Ids = NDArray[np.int32]
Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the classifier sees: the ids of a sentence's features, and its vector (``VECTOR`` numbers)."""

    ids: Ids
    vector: Vector


def sentences_of(message: Message, clues: Sequence[Iterable[str]], vectors: Vectors) -> list[Sentence]:
    """The sentences of a message; ``clues`` and ``vectors`` have an entry for each."""
    return [
        Sentence(feature_ids(message.tokens[first:last], known), vector)
        for (first, last), known, vector in zip(message.sentences, clues, vectors, strict=True)
    ]


def vectors_of(messages: Sequence[Message]) -> list[Vectors]:
    """The vectors (sentences, ``VECTOR``) of each message: a sentence's own direction and the message's.

    All are encoded together, which takes half the time that they take one by one.
    """
    texts = [[message.meant(first, last) for first, last in message.sentences] for message in messages]
    own = shared_encoder().encode([text for part in texts for text in part])
    ends = np.cumsum([len(part) for part in texts])
    return [_with_mean(part) for part in np.split(own, ends[:-1])] if texts else []


def _with_mean(own: Vectors) -> Vectors:
    """Beside each sentence's direction that of the mean of all."""
    if not len(own):
        return np.zeros((0, VECTOR), np.float32)
    mean = own.mean(axis=0)
    mean /= max(float(np.linalg.norm(mean)), 1e-6)
    return np.concatenate([own, np.broadcast_to(mean, own.shape)], axis=1)


def feature_ids(tokens: Sequence[Token], clues: Iterable[str] = ()) -> Ids:
    """The ids (0 to ``SIZE``) of a sentence's features; ``clues`` are what the packs know of it."""
    tokens = tokens[:SENTENCE_WORDS_MAX]
    words = [_of_word(token.meant) for token in tokens]
    found = list(map(clue_id, clues))
    for index, token in enumerate(tokens):
        if token.runs:
            found.extend(_run_ids(tokens, index))
        elif index + 1 < len(tokens):
            found.append(_id(f"2{token.meant} {tokens[index + 1].meant}"))
    return np.unique(np.concatenate([*words, np.array(found, dtype=np.int32)]))


def clue_id(clue: str) -> int:
    """The id of something that the packs know of a sentence."""
    return _id(f"r{clue}")


def _run_ids(tokens: Sequence[Token], index: int) -> Iterable[int]:
    run = tokens[index].bare
    for token in tokens[index + 1 : index + CHARACTERS_MAX]:
        if not token.runs:
            return
        run += token.bare
        yield _id(f"w{run}")


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> Ids:
    ids = [_id(f"w{word}")]
    bounded = f"<{word}>"
    if len(word) > 3:
        for size in GROUP_LETTERS:
            ids += [_id(f"c{bounded[at : at + size]}") for at in range(len(bounded) - size + 1)]
    return np.array(ids, dtype=np.int32)


def _id(feature: str) -> int:
    return crc32(feature.encode()) & (SIZE - 1)
