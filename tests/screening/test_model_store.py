"""Learnt models: kept under their hash, put in use, taken back, and refused when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mailroom.finding import Label
from worker.screening.learning.model_store import BUILT_IN, ModelStore, Origin
from worker.screening.meaning.features import SIZE, VECTOR
from worker.screening.meaning.model import ClassifierError, Model, pack
from worker.screening.meaning.thresholds import Limits
from worker.screening.meaning.training import Fit

LABELS = (Label.MONEY, Label.ABUSE)


def make_model(seed: int) -> Model:
    weights = np.zeros((SIZE, 2), dtype=np.float32)
    weights[:100] = np.random.default_rng(seed).normal(size=(100, 2))
    limits = np.zeros(2, dtype=np.float32)
    vector_weights = np.zeros((VECTOR, 2), dtype=np.float32)
    return pack(
        Fit(weights, vector_weights, limits), LABELS, Limits(limits, limits, limits), frozenset({"snow"})
    )


def origin(day: int) -> Origin:
    return Origin(f"2026-12-{day:02}T10:00:00+00:00", "Winter 2026", 120)


def test_a_kept_model_is_the_same_when_read(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    model = make_model(1)
    read = store.load(store.keep(model, origin(1)))
    assert read.labels == LABELS
    assert (read.weights == model.weights).all()
    assert read.words == {"snow"}


def test_the_same_model_has_the_same_name(tmp_path: Path) -> None:
    first, second = ModelStore(tmp_path / "a"), ModelStore(tmp_path / "b")
    assert first.keep(make_model(1), origin(1)) == second.keep(make_model(1), origin(2))
    assert first.keep(make_model(2), origin(1)) not in second.ids()


def test_keeping_puts_nothing_in_use(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    assert store.in_use == BUILT_IN
    assert store.ids() == []
    store.keep(make_model(1), origin(1))
    assert store.in_use == BUILT_IN


def test_use_and_take_back(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    later, earlier = store.keep(make_model(1), origin(9)), store.keep(make_model(2), origin(3))
    assert store.ids() == [earlier, later]
    store.use(later)
    assert ModelStore(tmp_path / "models").in_use == later
    store.use(BUILT_IN)
    assert store.in_use == BUILT_IN


@pytest.mark.parametrize("damage", ["truncated", "flipped", "empty"])
def test_a_damaged_model_is_refused_and_the_old_one_stays(tmp_path: Path, damage: str) -> None:
    store = ModelStore(tmp_path / "models")
    good, bad = store.keep(make_model(1), origin(1)), store.keep(make_model(2), origin(2))
    store.use(good)
    path = tmp_path / "models" / f"{bad}.npz"
    content = bytearray(path.read_bytes())
    if damage == "flipped":
        content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes({"truncated": content[:-40], "flipped": content, "empty": b""}[damage]))
    with pytest.raises(ClassifierError, match=f"The model {bad} is damaged"):
        store.use(bad)
    assert store.in_use == good


@pytest.mark.parametrize("name", ["../../etc/passwd", "0123456789abcdef", "", "in-use"])
def test_no_other_file_is_a_model(tmp_path: Path, name: str) -> None:
    with pytest.raises(ClassifierError, match="There is no model"):
        ModelStore(tmp_path).use(name)
