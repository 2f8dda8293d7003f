"""Placing: an approved card is laid in an open parcel for a destination that accepts it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from mailroom import journey, ledger
from mailroom.clock import now
from mailroom.codes import PARCEL_PREFIX, new_code
from mailroom.records import Card, Destination, Parcel, ParcelState, Stage


def place(session: Session, card: Card) -> Parcel | None:
    """Lay an approved card in the open parcel of the first destination of its case that accepts it.

    None where no destination of the case does; such cards are listed by ``homeless``.
    """
    if card.case_id is None:
        return None
    if card.parcel_id is not None:
        # Withdrawn and approved again before its paper left the parcel: it is packed as before. If for
        # another case, the parcel lists it as withdrawn until the paper is out.
        parcel = session.get_one(Parcel, card.parcel_id)
        if card.case_id == parcel.destination.case_id:
            journey.move(session, card, Stage.PACKED, actor=ledger.SYSTEM, why="never taken out")
        return parcel
    query = select(Destination).where(Destination.case_id == card.case_id, Destination.retired.is_(False))
    for destination in session.scalars(query.order_by(Destination.id)):
        if not why_unfit(card, destination):
            parcel = _open_parcel(session, destination)
            card.parcel_id = parcel.id
            session.flush()
            parcel.full = _is_full(session, parcel, destination)
            ledger.note(session, ledger.SYSTEM, "card.placed", card.code, parcel=parcel.code)
            return parcel
    return None


def why_unfit(card: Card, destination: Destination) -> str:
    """Why the destination does not accept the card; empty if it does."""
    if destination.formats and card.tray.format not in destination.formats:
        return f"{destination.name} takes only: {', '.join(destination.formats)}."
    if destination.handwritten_only and any(
        side.reading is not None and side.reading.handwritten is False and side.reading.text
        for side in card.sides
    ):
        return f"{destination.name} takes only what is written by hand."
    return ""


def homeless(session: Session, limit: int | None = None) -> Sequence[Card]:
    """Approved cards that no destination of their case accepts, the first that many."""
    query = select(Card).where(_is_homeless()).order_by(Card.id).limit(limit)
    return session.scalars(query.options(joinedload(Card.case), selectinload(Card.sides))).all()


def homeless_count(session: Session) -> int:
    """How many approved cards no destination of their case accepts."""
    return session.scalar(select(func.count()).select_from(Card).where(_is_homeless())) or 0


def place_homeless(session: Session) -> int:
    """Try again to place every homeless card, after a case changed; return how many found a place."""
    return sum(place(session, card) is not None for card in homeless(session))


def leave_retired(session: Session) -> None:
    """Place anew what is still to be pulled for destinations that are retired.

    What is packed for them lies in their parcels already, until a person takes it out.
    """
    query = (
        select(Card)
        .join(Parcel, Parcel.id == Card.parcel_id)
        .join(Destination, Destination.id == Parcel.destination_id)
        .where(Destination.retired, Parcel.state == ParcelState.OPEN, Card.stage == Stage.APPROVED)
        .where(Card.case_id == Destination.case_id)
        .order_by(Card.id)
    )
    for card in session.scalars(query).all():
        card.parcel_id = None
        place(session, card)


def _is_homeless() -> ColumnElement[bool]:
    return (Card.stage == Stage.APPROVED) & Card.parcel_id.is_(None)


def _open_parcel(session: Session, destination: Destination) -> Parcel:
    # Two approvals at once must not both take the last place, nor open two parcels.
    session.refresh(destination, with_for_update=True)
    parcel = session.scalar(
        select(Parcel)
        .where(
            Parcel.destination_id == destination.id,
            Parcel.state == ParcelState.OPEN,
            Parcel.full.is_(False),
        )
        .order_by(Parcel.id)
        .limit(1)
    )
    if parcel is None:
        parcel = Parcel(code=_fresh_code(session), destination=destination, opened_at=now())
        session.add(parcel)
        session.flush()
        ledger.note(session, ledger.SYSTEM, "parcel.opened", parcel.code, destination=destination.id)
    return parcel


def _is_full(session: Session, parcel: Parcel, destination: Destination) -> bool:
    if destination.items_max is None:
        return False
    count = session.scalar(select(func.count()).select_from(Card).where(Card.parcel_id == parcel.id)) or 0
    return count >= destination.items_max


def _fresh_code(session: Session) -> str:
    while True:
        code = new_code(PARCEL_PREFIX)
        if session.scalar(select(Parcel.id).where(Parcel.code == code)) is None:
            return code
