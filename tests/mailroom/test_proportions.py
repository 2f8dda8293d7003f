"""The bounds on a measured share, held against sums over every outcome."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailroom.proportions import at_most, clean_needed, lower_bound, upper_bound

SEASONS = 2000


def exactly_at_most(hits: int, trials: int, share: Fraction) -> Fraction:
    """The binomial tail in whole numbers."""
    return sum(
        (comb(trials, count) * share**count * (1 - share) ** (trials - count) for count in range(hits + 1)),
        Fraction(0),
    )


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 99))
def test_tail_is_the_sum_over_every_outcome(hits: int, trials: int, percent: int) -> None:
    exact = exactly_at_most(hits, trials, Fraction(percent, 100)) if hits < trials else Fraction(1)
    assert at_most(hits, trials, percent / 100) == pytest.approx(float(exact), rel=1e-9, abs=1e-12)


@given(st.integers(1, 60).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_bound_is_where_so_few_hits_become_unlikely(counts: tuple[int, int]) -> None:
    hits, trials = counts
    bound = upper_bound(hits, trials)
    assert bound >= hits / trials
    if hits < trials:
        assert float(exactly_at_most(hits, trials, Fraction(bound))) == pytest.approx(0.05, abs=1e-6)
    else:
        assert bound == 1


@given(st.integers(1, 40), st.integers(0, 100))
@settings(deadline=None)
def test_bound_covers_every_share_in_at_least_95_of_100(trials: int, percent: int) -> None:
    share = Fraction(percent, 100)
    covered = sum(
        comb(trials, hits) * share**hits * (1 - share) ** (trials - hits)
        for hits in range(trials + 1)
        if upper_bound(hits, trials) >= share
    )
    assert float(covered) >= 0.95 - 1e-9


@given(st.integers(1, 60).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_lower_bound_mirrors_the_upper(counts: tuple[int, int]) -> None:
    hits, trials = counts
    low = lower_bound(hits, trials)
    assert 0 <= low <= hits / trials
    if hits:
        few = 1 - float(exactly_at_most(hits - 1, trials, Fraction(low)))
        assert few == pytest.approx(0.05, abs=1e-6)


@given(st.floats(0.001, 0.5))
def test_clean_draws_needed_reach_the_limit_and_one_fewer_do_not(limit: float) -> None:
    needed = clean_needed(limit)
    assert upper_bound(0, needed) <= limit + 1e-9
    assert upper_bound(0, needed - 1) > limit - 1e-9


def test_known_values() -> None:
    # 1 - 0.05 ** (1 / n), the rule of three's exact form, and published tables of one-sided limits.
    assert upper_bound(0, 100) == pytest.approx(1 - 0.05**0.01)
    assert upper_bound(1, 20) == pytest.approx(0.2161, abs=1e-4)
    assert upper_bound(3, 300) == pytest.approx(0.0256, abs=1e-4)
    assert (upper_bound(0, 0), lower_bound(0, 0)) == (1, 0)


def test_thousands_of_draws_neither_overflow_nor_vanish() -> None:
    assert 0.0102 < upper_bound(1000, 100_000) < 0.0107
    assert at_most(10, 100_000, 0.9) == 0


@pytest.mark.parametrize(("hits", "trials"), [(-1, 5), (6, 5)])
def test_counts_that_make_no_sense_are_refused(hits: int, trials: int) -> None:
    with pytest.raises(ValueError, match="makes no sense"):
        upper_bound(hits, trials)


def test_simulated_seasons() -> None:
    """Each season has a miss rate of its own; a tenth of its cards is drawn at random and rechecked."""
    dice = random.Random(20261122)
    covered = 0
    for _ in range(SEASONS):
        rate = dice.uniform(0.0, 0.15)
        drawn = sum(dice.random() < 0.1 for _ in range(dice.randint(200, 3000)))
        missed = sum(dice.random() < rate for _ in range(drawn))
        covered += upper_bound(missed, drawn) >= rate
    # The bound is exact for the worst share and a little wide for others; three standard errors below 0.95.
    assert 0.935 <= covered / SEASONS <= 0.985
