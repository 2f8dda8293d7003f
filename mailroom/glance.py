"""The glance: a person looks over a sheet of many cards in which nothing was found."""

from __future__ import annotations

import random
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import claims, decisions, flags, journey, ledger, placing, rechecks
from mailroom.finding import Lane
from mailroom.records import Card, Decision, Person, Stage, Verdict

SHEET_CARDS = 12


def next_sheet(
    session: Session, person: Person, claim_seconds: float, count: int = SHEET_CARDS
) -> list[Card]:
    """Claim the next cards for one sheet, those that this person has already first.

    A card whose case nobody knows cannot be approved in passing, so it never stands on a sheet.
    """
    waiting = (
        select(Card.id)
        .where(
            Card.stage == Stage.WAITING, Card.lane.in_((Lane.GLANCE, Lane.CLEAR)), Card.case_id.is_not(None)
        )
        .order_by(Card.id)
        .with_for_update(skip_locked=True, of=Card)
    )
    own = session.scalars(waiting.where(Card.claimed_by == person.id).limit(count)).all()
    free = waiting.where(claims.free_for(person), Card.id.not_in(own)).limit(count - len(own))
    found = [*own, *session.scalars(free)]
    return [claims.claim(session, person, card_id, claim_seconds) for card_id in found]


def settle_sheet(
    session: Session,
    person: Person,
    approve_ids: Collection[int],
    desk_ids: Collection[int],
    dice: random.Random = rechecks.DICE,
) -> None:
    """Approve the cards that may travel and send the others to the desk; ``dice`` draw what is rechecked.

    Raises Refusal, changing nothing, where the claim on one of them has run out.
    """
    chosen = set(desk_ids)
    wanted = set(approve_ids) | chosen
    sheet: int | None = None
    for card in session.scalars(select(Card).where(Card.id.in_(wanted)).order_by(Card.id)):
        claims.require(session, person, card)
        reasons = list(card.lane_reasons)
        if card.id in chosen:
            decision = _send_to_desk(session, person, card)
        else:
            decision = _approve(session, person, card, dice)
        sheet = sheet or decision.id
        decision.sheet, decision.lane_reasons = sheet, reasons
        claims.let_go(card)


def wish_of(person: Person) -> str:
    """The reason by which a card that this person marked on a sheet is at the desk."""
    return f"{person.name} wants it looked at."


def _approve(session: Session, person: Person, card: Card, dice: random.Random) -> Decision:
    if rechecks.draw(session, card, Lane.GLANCE, dice, passed_by=person):
        return decisions.record(session, person, card, Verdict.APPROVE)
    journey.move(session, card, Stage.APPROVED, actor=person.name, why="glance")
    decision = decisions.record(session, person, card, Verdict.APPROVE)
    flags.dismiss_open(card, decision)
    placing.place(session, card)
    return decision


def _send_to_desk(session: Session, person: Person, card: Card) -> Decision:
    card.lane = Lane.DESK
    card.lane_reasons = [*card.lane_reasons, wish_of(person)]
    ledger.note(session, person.name, "card.to_desk", card.code)
    return decisions.record(session, person, card, Verdict.TO_DESK)
