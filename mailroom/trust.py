"""Trust: how many unsafe cards a lane lets through, as rechecks measured it, and what the dial would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, func, select
from sqlalchemy.orm import Session

from mailroom import proportions
from mailroom.finding import Lane
from mailroom.records import Campaign, Card, Case, Recheck, Stage


@dataclass(frozen=True, slots=True)
class Rate:
    """The misses of a lane among its settled rechecks; ``language`` is ISO 639-3, None if not known."""

    lane: Lane
    language: str | None
    checked: int
    missed: int

    @property
    def share(self) -> float:
        """The share that was missed, as measured; 0 where nothing was checked."""
        return self.missed / self.checked if self.checked else 0.0

    @property
    def bound(self) -> float:
        """The upper 95% bound on the share (one-sided, exact); 1 where nothing was checked."""
        return proportions.upper_bound(self.missed, self.checked)

    @property
    def surely_above(self) -> float:
        """The lower 95% bound on the share."""
        return proportions.lower_bound(self.missed, self.checked)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the dial does to a campaign's cards of one language (None if not known).

    ``read`` cards were screened so far, ``fit`` of them met every condition of the clear lane, and
    ``waiting`` of those wait for a glance now. ``spared`` is how many no person would have looked at,
    ``unsafe`` how many unsafe ones may be among them, at the bound.
    """

    language: str | None
    read: int
    fit: int
    waiting: int
    spared: float
    unsafe: float


def lane_rate(session: Session, campaign: Campaign, lane: Lane) -> Rate:
    """The measured rate of a lane over all languages."""
    parts = rates(session, campaign, lane)
    return Rate(lane, None, sum(part.checked for part in parts), sum(part.missed for part in parts))


def rates(session: Session, campaign: Campaign, lane: Lane) -> list[Rate]:
    """The measured rate of a lane for each language, the most checked first."""
    checked = func.count()
    query = (
        select(Recheck.language, checked, func.sum(Recheck.missed.cast(Integer)))
        .where(*_counted(campaign), Recheck.lane == lane, Recheck.settled_at.is_not(None))
        .group_by(Recheck.language)
        .order_by(checked.desc(), Recheck.language)
    )
    return [Rate(lane, language, count, int(missed)) for language, count, missed in session.execute(query)]


def open_rechecks(session: Session, campaign: Campaign, lane: Lane) -> int:
    """How many rechecks of a lane wait at the desk."""
    query = select(func.count()).select_from(Recheck)
    return (
        session.scalar(query.where(*_counted(campaign), Recheck.lane == lane, Recheck.settled_at.is_(None)))
        or 0
    )


def forecasts(session: Session, campaign: Campaign) -> list[Forecast]:
    """What the dial would save and risk, for each language, the most cards first.

    The risk is reckoned with the bound of the whole lane: for one language alone there are too few.
    """
    bound = lane_rate(session, campaign, Lane.CLEAR).bound
    count = func.count()
    fit = func.sum(Card.meets_clear.cast(Integer))
    waiting = count.filter(Card.meets_clear, Card.stage == Stage.WAITING, Card.lane == Lane.GLANCE)
    query = (
        select(Card.language, count, fit, waiting)
        .join(Case, Case.id == Card.case_id)
        .where(Case.campaign_id == campaign.id, Card.read_at.is_not(None))
        .group_by(Card.language)
        .order_by(count.desc(), Card.language)
    )
    found = []
    for language, read, met, wait in session.execute(query):
        spared = int(met) * (1 - campaign.recheck_share)
        found.append(Forecast(language, read, int(met), wait, spared, spared * bound))
    return found


def total(parts: Sequence[Forecast]) -> Forecast:
    """The forecasts of all languages as one."""
    return Forecast(
        None,
        read=sum(part.read for part in parts),
        fit=sum(part.fit for part in parts),
        waiting=sum(part.waiting for part in parts),
        spared=sum(part.spared for part in parts),
        unsafe=sum(part.unsafe for part in parts),
    )


def _counted(campaign: Campaign) -> list[ColumnElement[bool]]:
    counted = [Recheck.campaign_id == campaign.id]
    if campaign.measured_from is not None:
        counted.append(Recheck.drawn_at >= campaign.measured_from)
    return counted
