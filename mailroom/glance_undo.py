"""Undoing a sheet of the glance as a whole, as far as its cards are still where it left them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mailroom import claims, decisions, glance, ledger
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.records import Card, Decision, Parcel, ParcelState, Person, Stage, Verdict

_IN_PARCEL = {
    ParcelState.OPEN: "packed in parcel {code}",
    ParcelState.SEALED: "sealed in parcel {code}",
}
_GONE = "sent off with parcel {code}"


@dataclass(frozen=True, slots=True)
class UndoneSheet:
    """Cards that stand on their sheet again, those of them that were marked, and why the others do not."""

    back: list[Card]
    marked: list[Card]
    kept: dict[str, str]


def undo_sheet(session: Session, person: Person, claim_seconds: float) -> UndoneSheet:
    """Take back this person's last sheet and claim its cards, so that they make the next one.

    A card that others have dealt with since stays as it is. Raises Refusal where that is so of all of them.
    """
    sheet = _last_sheet(session, person)
    if sheet is None:
        raise Refusal("You have settled no sheet that could be undone.")
    _lock_parcels(session, sheet)
    _let_go_of_the_next(session, person)
    undone = UndoneSheet([], [], {})
    made = select(Decision).where(Decision.sheet == sheet, Decision.undone.is_(False)).order_by(Decision.id)
    for decision in session.scalars(made).all():
        card = session.get_one(Card, decision.card_id, with_for_update={"of": Card}, populate_existing=True)
        why = _why_kept(session, person, card, decision)
        if why:
            undone.kept[card.code] = why
            continue
        decisions.take_back(session, person, card, decision)
        if card.lane is Lane.DESK:
            card.lane, card.lane_reasons = Lane.GLANCE, decision.lane_reasons or []
        session.flush()
        undone.back.append(claims.claim(session, person, card.id, claim_seconds))
        if _was_marked(decision):
            undone.marked.append(card)
    if not undone.back:
        raise Refusal(f"Nothing of your last sheet can be undone any more. {told(undone.kept)}")
    return undone


def can_undo(session: Session, person: Person) -> bool:
    """Whether this person has settled a sheet that was not undone."""
    return _last_sheet(session, person) is not None


def told(kept: dict[str, str]) -> str:
    """In words, which cards stay as they are and why."""
    reasons: dict[str, list[str]] = {}
    for code, why in kept.items():
        reasons.setdefault(why, []).append(code)
    return " ".join(f"{', '.join(codes)}: {why}." for why, codes in reasons.items())


def _last_sheet(session: Session, person: Person) -> int | None:
    return session.scalar(
        select(Decision.sheet)
        .where(Decision.person_id == person.id, Decision.undone.is_(False), Decision.sheet.is_not(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def _lock_parcels(session: Session, sheet: int) -> None:
    """Lock the parcels of its cards, as whoever packs does before they lock a card.

    Two who locked a card and its parcel the other way round would wait for each other.
    """
    cards = (
        select(Card.parcel_id).join(Decision, Decision.card_id == Card.id).where(Decision.sheet == sheet)
    )
    session.scalars(
        select(Parcel.id).where(Parcel.id.in_(cards)).order_by(Parcel.id).with_for_update()
    ).all()


def _let_go_of_the_next(session: Session, person: Person) -> None:
    """Free the cards of the sheet that was shown after it: those that come back are looked at first."""
    session.execute(
        update(Card)
        .where(Card.claimed_by == person.id, Card.stage == Stage.WAITING)
        .where(Card.lane.in_((Lane.GLANCE, Lane.CLEAR)))
        .values(claimed_by=None, claimed_until=None)
        .execution_options(synchronize_session=False)
    )


def _why_kept(session: Session, person: Person, card: Card, decision: Decision) -> str:
    """Why a card can no longer be taken back; empty if it can."""
    if card.stage in {Stage.PACKED, Stage.DISPATCHED}:
        parcel = session.get_one(Parcel, card.parcel_id)
        return _IN_PARCEL.get(parcel.state, _GONE).format(code=parcel.code)
    waits, holder = card.stage is Stage.WAITING, claims.holder(session, card)
    if waits and holder is not None and holder.id != person.id:
        return f"{holder.name} is looking at it at the desk"
    if decisions.latest_of(session, card) is not decision:
        return "somebody has decided about it since"
    if waits and _is_touched(session, card, decision):
        return "somebody has dealt with it since"
    return "" if not waits or _is_as_left(person, card, decision) else "checked anew since"


def _is_touched(session: Session, card: Card, decision: Decision) -> bool:
    """Whether a person has flagged, written down or changed something on the card since."""
    return any(
        event.moment > decision.made_at and event.actor != ledger.SYSTEM
        for event in ledger.of_subject(session, card.code)
    )


def _is_as_left(person: Person, card: Card, decision: Decision) -> bool:
    """Whether the card is at the desk for no other reason than its mark, or the draw of a recheck."""
    marks = [*(decision.lane_reasons or []), glance.wish_of(person)] if _was_marked(decision) else []
    return card.lane is Lane.DESK and card.lane_reasons == marks


def _was_marked(decision: Decision) -> bool:
    return decision.verdict is Verdict.TO_DESK
