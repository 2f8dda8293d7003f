"""How networks run: workers beside each other are not held to one core."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import numpy as np
import pytest

from worker.reading.runtime import Network, bundled_model
from worker.screening.meaning.encoder import shared_encoder

CORES = os.sched_getaffinity(0)


def _line() -> Callable[[], object]:
    network, line = Network(bundled_model("PP-OCRv6_rec_small.onnx")), np.zeros((1, 3, 48, 960), np.float32)
    return lambda: network.run(line)


def _sentences() -> Callable[[], object]:
    return lambda: shared_encoder().encode(["The snow has gone, and we think of you."] * 32)


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
