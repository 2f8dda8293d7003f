"""How many times as much two processes of this machine can do as one, at best.

They multiply small matrices that never leave a core's own cache, so that they share nothing but the cores.
Where that gives less than twice, the two cores are two threads of one: no program can do better.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from unittest.mock import patch

import numpy as np

SIDE = 96
PRODUCTS = 60_000
TURNS = 5
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def ceiling() -> float:
    """Two processes against one, the median of some turns."""
    spawned = multiprocessing.get_context("spawn")
    with patch.dict(os.environ, _ONE_THREAD), ProcessPoolExecutor(2, spawned) as pool:
        _seconds(pool, 2)
        return median(2 * _seconds(pool, 1) / _seconds(pool, 2) for _ in range(TURNS))


def multiply(products: int) -> float:
    """Multiply so often; a number that depends on it, so that it has to be done."""
    left = np.random.default_rng(1).normal(size=(SIDE, SIDE)).astype(np.float32) / SIDE
    right = left.T.copy()
    for _ in range(products):
        right = left @ right + left
    return float(right.sum())


def _seconds(pool: ProcessPoolExecutor, processes: int) -> float:
    started = time.perf_counter()
    list(pool.map(multiply, [PRODUCTS] * processes))
    return time.perf_counter() - started
