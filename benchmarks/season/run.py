"""One season of cards that fit the clear lane, and what is to be known of many such seasons."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from benchmarks.season.room import Room


@dataclass(frozen=True, slots=True)
class Plan:
    """A season: ``cards`` that fit the clear lane, and the true share of unsafe ones among them.

    ``later`` is that share from the moment at which the dial is turned on, and the season then ends when
    the dial turns itself back; without it the share stays the same.
    """

    cards: int
    rate: float
    later: float | None = None
    limit: float = 0.02
    share: float = 0.1


@dataclass(frozen=True, slots=True)
class Season:
    """What happened: whether the true rate lay within the bound shown, and when the dial turned.

    ``on_after`` and ``back_after`` count cards that fit the lane: from the beginning until the dial was
    turned on, and from then until it turned itself back; None where that did not come about.
    """

    bound: float
    held_at_end: bool
    held_throughout: bool
    held_when_on: bool | None = None
    on_after: int | None = None
    back_after: int | None = None
    travelled: int = 0
    travelled_unsafe: int = 0


def run(room: Room, plan: Plan, dice: random.Random) -> Season:
    """Let a season pass; the dial is turned on once, as soon as the page and the dial allow it."""
    room.begin(plan.limit, plan.share)
    campaign, rate = room.campaign, plan.rate
    season = Season(1.0, held_at_end=True, held_throughout=True)
    for number in range(1, plan.cards + 1):
        unsafe = dice.random() < rate
        if not room.pass_card(dice, unsafe=unsafe):
            season = _travelled(season, unsafe) if campaign.clear_allowed else season
            continue
        season = _measured(season, room.shown(campaign).bound, rate)
        if season.on_after is None and season.bound <= plan.limit and room.turn_on(campaign):
            season = replace(season, on_after=number, held_when_on=season.bound >= rate)
            rate = plan.rate if plan.later is None else plan.later
        elif season.on_after and season.back_after is None and not campaign.clear_allowed:
            season = replace(season, back_after=number - season.on_after)
            if plan.later is not None:
                break
    return season


def run_many(plan: Plan, seasons: int, seed: int, room: Room | None = None) -> Iterator[Season]:
    """Seasons that differ by chance alone; the same seed gives the same seasons."""
    room = room or Room()
    for number in range(seasons):
        yield run(room, plan, random.Random(f"{seed} {number}"))


def _measured(season: Season, bound: float, rate: float) -> Season:
    holds = bound >= rate
    return replace(season, bound=bound, held_at_end=holds, held_throughout=season.held_throughout and holds)


def _travelled(season: Season, unsafe: bool) -> Season:
    return replace(
        season, travelled=season.travelled + 1, travelled_unsafe=season.travelled_unsafe + unsafe
    )


def share(values: Sequence[bool]) -> float:
    """The share that holds; 0 of none."""
    return sum(values) / len(values) if values else 0.0


def middle_and_high(values: Sequence[int]) -> tuple[float, float]:
    """The median and the 95th percentile; 0 of none."""
    if not values:
        return 0.0, 0.0
    ordered = sorted(values)
    return median(ordered), float(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))])
