"""Claims: who has which card before them. A claim expires by itself."""

from __future__ import annotations

import datetime as dt
import math

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from mailroom.clock import now
from mailroom.errors import Refusal
from mailroom.records import Card, Person


class ClaimConflictError(Refusal):
    """Somebody else has this card; the message says who, and for how long."""

    def __init__(self, code: str, holder: str, until: dt.datetime) -> None:
        # Not the time of day, which is another one where the reader is.
        minutes = max(1, math.ceil((until - now()).total_seconds() / 60))
        left = "a minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__(f"{holder} has {code} for {left} more. Take the next card, or ask {holder}.")


def claim(session: Session, person: Person, card_id: int, seconds: float) -> Card:
    """Claim a card for ``seconds``, or lengthen the claim; raises ClaimConflictError."""
    changed = session.execute(
        update(Card)
        .where(Card.id == card_id, free_for(person))
        .values(claimed_by=person.id, claimed_until=now() + dt.timedelta(seconds=seconds))
        .execution_options(synchronize_session=False)
    )
    card = session.scalars(
        select(Card)
        .where(Card.id == card_id)
        .options(selectinload(Card.sides), selectinload(Card.flags), joinedload(Card.case))
        .execution_options(populate_existing=True)
    ).one()
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise _conflict(session, card)
    return card


def require(session: Session, person: Person, card: Card) -> None:
    """Make sure that the person still has the card; raises ClaimConflictError, or Refusal if it ran out."""
    session.refresh(card, ["claimed_by", "claimed_until"], with_for_update=True)
    if card.claimed_by == person.id:
        return
    if card.claimed_by is not None and card.claimed_until and card.claimed_until > now():
        raise _conflict(session, card)
    raise Refusal(f"Your claim on {card.code} has run out. Open the card again to decide.")


def let_go(card: Card) -> None:
    """End the claim on a card."""
    card.claimed_by = card.claimed_until = None


def free_for(person: Person) -> ColumnElement[bool]:
    """Cards that this person may claim."""
    return or_(Card.claimed_by.is_(None), Card.claimed_by == person.id, Card.claimed_until < now())


def holder(session: Session, card: Card) -> Person | None:
    """Who has the card before them now."""
    held = card.claimed_by is not None and card.claimed_until is not None and card.claimed_until > now()
    return session.get(Person, card.claimed_by) if held else None


def _conflict(session: Session, card: Card) -> ClaimConflictError:
    other = session.get(Person, card.claimed_by)
    return ClaimConflictError(card.code, other.name if other else "Somebody", card.claimed_until or now())
