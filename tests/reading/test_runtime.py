"""How networks run: workers beside each other are not held to one core."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from worker.reading.errors import ModelError
from worker.reading.networks.runtime import ModelFile, bundled_model
from worker.reading.recognition.recogniser import MODEL, Recogniser
from worker.screening.meaning.encoder import shared_encoder

CORES = os.sched_getaffinity(0)


def _line() -> Callable[[], object]:
    recogniser, line = Recogniser.thorough(), np.zeros((48, 864, 3), np.uint8)
    return lambda: recogniser.read(line)


def _sentences() -> Callable[[], object]:
    encoder = shared_encoder()
    return lambda: encoder.encode(["The snow has gone, and we think of you."] * 32)


@pytest.mark.skipif(len(CORES) < 2, reason="this machine has one core")
@pytest.mark.parametrize("prepare", [_line, _sentences])
def test_a_network_runs_on_whichever_core_is_free(prepare: Callable[[], Callable[[], object]]) -> None:
    work, seen, asked = prepare(), [], threading.Event()

    def watch(thread: int) -> None:
        while not asked.wait(0.001):
            seen.append(os.sched_getaffinity(thread))

    watcher = threading.Thread(target=watch, args=(threading.get_native_id(),))
    watcher.start()
    for _ in range(20):
        work()
    asked.set()
    watcher.join()
    assert seen
    assert all(cores == CORES for cores in seen)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (ModelFile("no_such_package", "model.onnx"), "package no_such_package is not installed"),
        (ModelFile("rapidocr", "no-such-model.onnx"), "has no no-such-model.onnx"),
    ],
)
def test_a_model_that_is_missing_is_named(file: ModelFile, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        bundled_model(file)


def test_a_model_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "halfway" / "models").mkdir(parents=True)
    (tmp_path / "halfway" / "__init__.py").touch()
    (tmp_path / "halfway" / "models" / "cut.onnx").write_bytes(MODEL.path().read_bytes()[:5000])
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match=r"cut\.onnx of halfway cannot be loaded"):
        bundled_model(ModelFile("halfway", "cut.onnx"))
