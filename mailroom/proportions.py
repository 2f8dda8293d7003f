"""Exact bounds on a share that was measured on a sample.

The bounds are those of C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
illustrated in the case of the binomial", Biometrika 26 (1934), 404-413, one-sided: the upper bound is
the largest share under which so few hits as were seen, or fewer, would still come about with a
probability of 1 - confidence. They hold at any sample size and never cover less than they promise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

CONFIDENCE = 0.95
_HALVINGS = 60


def at_most(hits: int, trials: int, share: float) -> float:
    """The probability of at most ``hits`` hits in ``trials`` draws that each hit with ``share``.

    Summed in logarithms, so that thousands of draws neither overflow nor vanish.
    """
    if hits >= trials or share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    log_hit, log_miss = math.log(share), math.log1p(-share)
    return min(1.0, math.fsum(_terms(hits, trials, log_hit, log_miss)))


def upper_bound(hits: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided upper bound on the share behind ``hits`` of ``trials``; 1 where nothing was drawn.

    Raises ValueError for counts or a confidence that make no sense.
    """
    _check(hits, trials, confidence)
    if hits == trials:
        return 1.0
    low, high = hits / trials, 1.0
    # The probability of so few hits falls as the share grows: halve until the crossing is found.
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if at_most(hits, trials, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def lower_bound(hits: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided lower bound on the share behind ``hits`` of ``trials``; 0 where nothing was drawn."""
    _check(hits, trials, confidence)
    return 1 - upper_bound(trials - hits, trials, confidence) if trials else 0.0


def clean_needed(limit: float, confidence: float = CONFIDENCE) -> int:
    """How many draws without a hit bring the upper bound down to ``limit``.

    Raises ValueError for a limit that is not above 0 and below 1.
    """
    _check(0, 0, confidence)
    if not 0 < limit < 1:
        raise ValueError("a limit lies between 0 and 1")
    return math.ceil(math.log(1 - confidence) / math.log1p(-limit))


def _terms(hits: int, trials: int, log_hit: float, log_miss: float) -> Iterable[float]:
    log_ways = 0.0
    for count in range(hits + 1):
        yield math.exp(log_ways + count * log_hit + (trials - count) * log_miss)
        log_ways += math.log(trials - count) - math.log(count + 1)


def _check(hits: int, trials: int, confidence: float) -> None:
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} makes no sense")
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
