"""Is the confidence true? The reliability curve, and a fit on some writers tested on the others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

GOOD = 0.15
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """One page: who wrote it, what was claimed for it, and its error rate."""

    writer: str
    confidence: float
    sureness: float
    error_rate: float


def curve(pages: list[Judged]) -> list[tuple[str, int, float, float]]:
    """For each range of confidence: its name, pages, share under an error rate of 0.15, mean error rate."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [page for page in pages if low <= page.confidence < high]
        if inside:
            good = sum(page.error_rate < GOOD for page in inside) / len(inside)
            mean = sum(min(1.0, page.error_rate) for page in inside) / len(inside)
            rows.append((f"{low:.1f}-{min(high, 1.0):.1f}", len(inside), good, mean))
    return rows


def fit(pages: list[Judged]) -> tuple[float, float]:
    """Centre and steepness of the likeliest logistic curve from sureness to a good page (grid search)."""
    sureness = np.array([page.sureness for page in pages])
    good = np.array([page.error_rate < GOOD for page in pages])
    best = (-math.inf, 0.9, 70.0)
    for centre in np.arange(0.80, 0.96, 0.005):
        for steepness in (20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 100.0):
            chance = 1 / (1 + np.exp(-steepness * (sureness - centre)))
            likelihood = float(np.log(np.clip(np.where(good, chance, 1 - chance), 1e-3, 1)).sum())
            best = max(best, (likelihood, float(centre), steepness))
    return best[1], best[2]


def held_out(pages: list[Judged]) -> tuple[int, float]:
    """Pages called sure by curves fitted without their writer, and the share of them that are good."""
    sure = []
    for writer in sorted({page.writer for page in pages}):
        centre, steepness = fit([page for page in pages if page.writer != writer])
        least = centre + math.log(SURE / (1 - SURE)) / steepness
        own = [page for page in pages if page.writer == writer and page.sureness >= least]
        sure += [page.error_rate < GOOD for page in own]
    return len(sure), sum(sure) / len(sure) if sure else 0.0
