"""Rechecks: a random share of what passed unseen, or at a glance, comes to the desk blind.

Nothing that a person at the desk sees tells a recheck from another card, not the ledger of the card
either; so a draw is entered in the ledger under its campaign.
"""

from __future__ import annotations

import random

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from mailroom import dial, ledger
from mailroom.clock import now
from mailroom.finding import Lane
from mailroom.flags import PERSON_RULE
from mailroom.records import Campaign, Card, Case, Decision, FlagState, Person, Recheck, Role

DICE: random.Random = random.SystemRandom()


def draw(
    session: Session, card: Card, lane: Lane, dice: random.Random, passed_by: Person | None = None
) -> bool:
    """Draw, with the campaign's share, whether a card that would pass by ``lane`` is rechecked.

    A drawn card is left to the desk, with nothing on it that says so. A card that ``passed_by`` passed
    is drawn only where somebody else could recheck it.
    """
    case = session.get(Case, card.case_id) if card.case_id else None
    campaign = session.get(Campaign, case.campaign_id) if case else None
    if campaign is None or dice.random() >= campaign.recheck_share:
        return False
    if passed_by is not None and not _others(session, passed_by):
        return False
    session.add(
        Recheck(
            card_id=card.id,
            campaign_id=campaign.id,
            lane=lane,
            language=card.language,
            passed_by=passed_by.id if passed_by else None,
        )
    )
    card.lane, card.lane_reasons = Lane.DESK, []
    ledger.note(session, ledger.SYSTEM, "recheck.drawn", campaign.name, lane=lane.value)
    return True


def open_of(session: Session, card: Card) -> Recheck | None:
    """The recheck of this card that nobody has settled yet."""
    return session.scalar(select(Recheck).where(Recheck.card_id == card.id, Recheck.settled_at.is_(None)))


def telling(session: Session, card: Card) -> set[int]:
    """The decisions about a card that would tell that it is a recheck, as long as it is one."""
    recheck = open_of(session, card)
    if recheck is None or recheck.passed_by is None:
        return set()
    passed = select(Decision.id).where(
        Decision.card_id == card.id,
        Decision.person_id == recheck.passed_by,
        Decision.sheet.is_not(None),
        Decision.undone.is_(False),
    )
    return set(session.scalars(passed))


def settle(session: Session, card: Card, decision: Decision, *, rejected: bool) -> None:
    """Note what a decision at the desk says of the lane that had let the card through.

    It was a miss where the card was rejected, or a flag stands on it that a person added or upheld.
    Called before the decision settles the open flags. The dial is reviewed at once. Who looks again at what
    they passed themselves, as nobody else is left, measures nothing.
    """
    recheck = open_of(session, card)
    if recheck is None:
        return
    if recheck.passed_by == decision.person_id:
        session.delete(recheck)
        return
    session.flush()
    recheck.missed = rejected or any(
        flag.state is FlagState.UPHELD
        or (flag.rule == PERSON_RULE and flag.state is not FlagState.DISMISSED)
        for flag in card.flags
    )
    recheck.settled_at, recheck.decision_id = now(), decision.id
    session.flush()
    campaign = session.get_one(Campaign, recheck.campaign_id)
    ledger.note(
        session,
        ledger.SYSTEM,
        "recheck.settled",
        campaign.name,
        lane=recheck.lane.value,
        missed=recheck.missed,
    )
    dial.review(session, campaign)


def undo(session: Session, decision: Decision) -> None:
    """Take back what an undone decision said of a recheck, or the draw if it was the glance itself."""
    recheck = session.scalar(
        select(Recheck)
        .where(Recheck.card_id == decision.card_id)
        .where(
            (Recheck.decision_id == decision.id)
            | (Recheck.settled_at.is_(None) & (Recheck.passed_by == decision.person_id))
        )
    )
    if recheck is None:
        return
    if recheck.decision_id is None:
        session.delete(recheck)
    else:
        recheck.settled_at = recheck.decision_id = recheck.missed = None


def drop(session: Session, card: Card) -> None:
    """Give up the open recheck of a card that something else has brought to a person."""
    recheck = open_of(session, card)
    if recheck is not None:
        session.delete(recheck)


def kept_from(session: Session, person: Person) -> ColumnElement[bool]:
    """Cards at the desk that this person passed at the glance, as long as somebody else can recheck."""
    if not _others(session, person):
        return false()
    mine = select(Recheck.id).where(
        Recheck.card_id == Card.id, Recheck.settled_at.is_(None), Recheck.passed_by == person.id
    )
    return mine.exists()


def _others(session: Session, person: Person) -> bool:
    people = session.scalars(select(Person).where(Person.active, Person.id != person.id))
    return any(other.may(Role.REVIEWER) for other in people)
