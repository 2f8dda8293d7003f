"""A short season of the clear lane: the bound that is shown holds, and the dial turns itself back."""

from __future__ import annotations

import pytest

from benchmarks.season.mail import Mail
from benchmarks.season.room import Room
from benchmarks.season.run import Plan, Season, middle_and_high, run_many, share

LIMIT = 0.2
RECHECKED = 0.5


@pytest.fixture(scope="module")
def room() -> Room:
    return Room()


def seasons(
    room: Room, cards: int, rate: float, later: float | None = None, count: int = 40
) -> list[Season]:
    plan = Plan(cards, rate, later, limit=LIMIT, share=RECHECKED)
    return list(run_many(plan, count, 5, room))


def test_the_true_rate_lies_within_the_bound_shown(room: Room) -> None:
    # That the bound covers every share often enough is proved without chance in tests/mailroom.
    passed = seasons(room, 80, rate=0.25, count=60)
    assert share([season.held_at_end for season in passed]) >= 0.95
    # A bound that never fails would say nothing.
    assert share([season.held_throughout for season in passed]) < 1.0
    assert max(season.bound for season in passed) < 0.6


def test_a_bad_lane_is_hardly_ever_trusted(room: Room) -> None:
    passed = seasons(room, 80, rate=0.4)
    assert share([season.on_after is not None for season in passed]) <= 0.05


def test_a_dial_turns_itself_back_when_the_lane_gets_worse(room: Room) -> None:
    passed = [season for season in seasons(room, 200, rate=0.02, later=0.6) if season.on_after]
    assert len(passed) >= 38
    assert all(season.back_after is not None for season in passed)
    middle, high = middle_and_high([season.back_after or 0 for season in passed])
    assert 1 <= middle <= 20
    assert high <= 60


def test_a_good_lane_is_trusted_and_mostly_stays_so(room: Room) -> None:
    passed = seasons(room, 120, rate=0.01, count=20)
    assert share([season.on_after is not None for season in passed]) >= 0.95
    assert share([season.back_after is not None for season in passed]) <= 0.25
    assert all(season.travelled > 0 for season in passed if season.on_after)


def test_what_the_lane_lets_in() -> None:
    mail = Mail(unsafe=0.1, clear_of_clean=0.5, clear_of_unsafe=0.25)
    assert mail.fit == pytest.approx(0.475)
    assert mail.miss_rate == pytest.approx(0.025 / 0.475)
