"""The trust dial of a campaign: whether cards may travel that no person looked at, and on what terms.

It can be turned on only while the measured misses of the clear lane lie under the limit with 95%
confidence, and turns itself back when they no longer do.
"""

from __future__ import annotations

import math

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mailroom import ledger, parcels, proportions, trust
from mailroom.clock import now
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.records import Campaign, Card, Case, Stage

CONFIDENCE_RANGE = (0.85, 1.0)
SHARE_RANGE = (0.01, 1.0)
LIMIT_RANGE = (0.001, 0.2)
CALLED_BACK = "It was clear, and the trust dial has been turned back since."


class DialRefusedError(Refusal):
    """The dial cannot be set so; the message says what is missing."""


def turn_on(session: Session, campaign: Campaign, *, actor: str) -> None:
    """Let clear cards travel unseen from now on; raises DialRefusedError without the evidence for it."""
    fault = why_not(session, campaign)
    if fault:
        raise DialRefusedError(fault)
    campaign.clear_allowed = True
    ledger.note(session, actor, "dial.on", campaign.name, limit=campaign.miss_limit)


def turn_back(session: Session, campaign: Campaign, *, actor: str, why: str = "") -> None:
    """Have a person glance at every card again; ``keep`` calls back what has not left."""
    campaign.clear_allowed = False
    ledger.note(session, actor, "dial.off", campaign.name, why=why)


def set_terms(
    session: Session, campaign: Campaign, *, confidence: float, share: float, limit: float, actor: str
) -> None:
    """Set the confidence of a clear reading, the share of rechecks and the limit (each from 0 to 1).

    Another confidence makes another lane: the dial is turned back and measuring begins anew. Raises
    DialRefusedError for what is out of range.
    """
    for name, value, (low, high) in (
        ("confidence", confidence, CONFIDENCE_RANGE),
        ("share of rechecks", share, SHARE_RANGE),
        ("limit", limit, LIMIT_RANGE),
    ):
        if not (math.isfinite(value) and low <= value <= high):
            raise DialRefusedError(f"The {name} runs from {low:.1%} to {high:.0%}.")
    if confidence != campaign.clear_confidence:
        campaign.clear_confidence = confidence
        measure_anew(session, campaign, actor=actor)
    campaign.recheck_share, campaign.miss_limit = share, limit
    terms = {"confidence": confidence, "share": share, "limit": limit}
    ledger.note(session, actor, "dial.set", campaign.name, **terms)
    review(session, campaign)


def measure_anew(session: Session, campaign: Campaign, *, actor: str) -> None:
    """Let earlier rechecks no longer count, as when rules were mended that had let cards through."""
    campaign.measured_from = now()
    ledger.note(session, actor, "dial.measured_anew", campaign.name)
    if campaign.clear_allowed:
        turn_back(session, campaign, actor=actor, why="measured anew")


def why_not(session: Session, campaign: Campaign) -> str:
    """Why clear cards should not travel unseen by what was measured; empty where they may."""
    limit, rate = campaign.miss_limit, trust.lane_rate(session, campaign, Lane.CLEAR)
    if rate.bound > limit:
        return (
            f"{rate.missed} of {rate.checked} rechecked cards of the clear lane were missed: up to "
            f"{rate.bound:.1%} of that lane may be unsafe, and the limit is {limit:.1%}. With no miss "
            f"at all it takes {proportions.clean_needed(limit)} rechecks to know."
        )
    for part in trust.rates(session, campaign, Lane.CLEAR):
        if part.surely_above > limit:
            return (
                f"{part.missed} of {part.checked} rechecked cards in one language "
                f"({part.language or 'not known'}) were missed: surely more than the limit of {limit:.1%}."
            )
    return ""


def review(session: Session, campaign: Campaign) -> bool:
    """Turn the dial back where the measured misses pass its limit; return whether it was turned."""
    if not campaign.clear_allowed:
        return False
    fault = why_not(session, campaign)
    if fault:
        turn_back(session, campaign, actor=ledger.SYSTEM, why="limit passed")
    return bool(fault)


def is_due(session: Session) -> bool:
    """Whether a dial should be turned back, or cards be called back."""
    turned = session.scalars(select(Campaign).where(Campaign.clear_allowed))
    if any(why_not(session, campaign) for campaign in turned):
        return True
    return session.scalar(_stray().limit(1)) is not None


def keep(session: Session, limit: int = 200) -> int:
    """Review every dial, then call back up to ``limit`` cards; return how many were called back."""
    for campaign in session.scalars(select(Campaign).where(Campaign.clear_allowed)):
        review(session, campaign)
    session.flush()
    cards = session.scalars(_stray().limit(limit).with_for_update(skip_locked=True, of=Card)).all()
    for card in cards:
        parcels.pull_back(session, card, actor=ledger.SYSTEM, why="dial turned back")
        card.lane, card.lane_reasons = Lane.GLANCE, [CALLED_BACK]
    return len(cards)


def is_stray(session: Session, card: Card) -> bool:
    """Whether the card was to travel unseen in a campaign whose dial has been turned back since."""
    return card.lane is Lane.CLEAR and session.scalar(_stray().where(Card.id == card.id)) is not None


def _stray() -> Select[Card]:
    return (
        select(Card)
        .join(Case, Case.id == Card.case_id)
        .join(Campaign, Campaign.id == Case.campaign_id)
        .where(Card.stage.in_((Stage.APPROVED, Stage.PACKED)), Card.lane == Lane.CLEAR)
        .where(Campaign.clear_allowed.is_(False))
        .order_by(Card.id)
    )
