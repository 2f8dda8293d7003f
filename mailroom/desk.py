"""The desk: a person looks at one card and decides; what cannot be decided so raises Refusal."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from mailroom import (
    claims,
    decisions,
    errands,
    flags,
    journey,
    ledger,
    parcels,
    placing,
    rechecks,
    writings,
)
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.records import Card, Case, ErrandKind, Person, Stage, Verdict

DESK_LANES = (Lane.SECOND_LOOK, Lane.DESK)


class RejectReason(StrEnum):
    """Why a card does not travel."""

    UNSAFE = "Unsafe words or pictures"
    SENDER = "The sender's data cannot be covered"
    RULES = "Against the rules of this case"
    ADDRESSEE = "Not for any of our cases"
    UNFIT = "Blank, damaged or not a card"
    OTHER = "Something else"


def queue_counts(session: Session) -> dict[Lane, int]:
    """How many cards wait for a person, by lane."""
    rows = session.execute(
        select(Card.lane, func.count()).where(Card.stage == Stage.WAITING).group_by(Card.lane)
    )
    return {lane: number for lane, number in rows if lane is not None}


def next_card(
    session: Session,
    person: Person,
    claim_seconds: float,
    passed: Collection[int] = (),
    only: Collection[str] = (),
) -> Card | None:
    """Claim the next card that waits at the desk for this person; ``passed`` are cards to pass over.

    ``only`` are the languages and scripts that it should be in, as for ``writings.in_any``; any if empty.

    Within each lane a card that this person has claimed already comes first; those for two people
    come before the others, then the longest waiting. Who has already agreed to a card is not asked again.
    """
    found = _first(session, person, passed, only, lock=True)
    return claims.claim(session, person, found, claim_seconds) if found is not None else None


def peek_card(
    session: Session, person: Person, passed: Collection[int] = (), only: Collection[str] = ()
) -> Card | None:
    """The card that ``next_card`` would claim, with its sides and unclaimed."""
    found = _first(session, person, passed, only, lock=False)
    return session.get(Card, found, options=[selectinload(Card.sides)]) if found is not None else None


def open_card(session: Session, person: Person, card_id: int, claim_seconds: float) -> Card | None:
    """Claim one card, or None if there is no such card; raises ClaimConflictError."""
    if session.get(Card, card_id) is None:
        return None
    return claims.claim(session, person, card_id, claim_seconds)


def approve(session: Session, person: Person, card: Card) -> bool:
    """Agree that the card may travel; False while a second person still has to agree."""
    claims.require(session, person, card)
    if card.case_id is None:
        raise Refusal("Nobody knows yet whom this card is for. Choose its case first.")
    if card.stage is Stage.SCANNED:
        raise Refusal(f"{card.code} has not been read yet. It comes to the desk by itself.")
    agreed = decisions.agreed_by(session, card) | {person.name}
    decision = decisions.record(session, person, card, Verdict.APPROVE)
    enough = len(agreed) >= decisions.people_needed(card)
    if enough:
        journey.move(session, card, Stage.APPROVED, actor=person.name)
        rechecks.settle(session, card, decision, rejected=False)
        flags.dismiss_open(card, decision)
        placing.place(session, card)
    else:
        ledger.note(session, person.name, "card.agreed", card.code)
    claims.let_go(card)
    return enough


def reject(session: Session, person: Person, card: Card, reason: RejectReason, note: str = "") -> None:
    """Decide that the card does not travel; always with a reason."""
    claims.require(session, person, card)
    if reason is RejectReason.OTHER and not note.strip():
        raise Refusal("Say in a few words why this card should not travel.")
    journey.move(session, card, Stage.REJECTED, actor=person.name, why=reason.name.lower())
    decision = decisions.record(session, person, card, Verdict.REJECT, f"{reason}. {note.strip()}".strip())
    rechecks.settle(session, card, decision, rejected=True)
    flags.uphold_open(card, decision)
    claims.let_go(card)


def hold(session: Session, person: Person, card: Card, question: str) -> None:
    """Put the card aside with a question for somebody who knows."""
    claims.require(session, person, card)
    if not question.strip():
        raise Refusal("Write the question that has to be answered first.")
    card.question = question.strip()[:2000]
    journey.move(session, card, Stage.HELD, actor=person.name)
    decisions.record(session, person, card, Verdict.HOLD, card.question)
    claims.let_go(card)


def release(session: Session, person: Person, card: Card) -> None:
    """Take a held card back to the desk, its question answered."""
    journey.move(session, card, Stage.WAITING, actor=person.name)
    if card.lane is not Lane.SECOND_LOOK:
        card.lane = Lane.DESK
    decisions.record(session, person, card, Verdict.RELEASE)


def recall(session: Session, person: Person, card: Card) -> None:
    """Bring a decided card that has not been dispatched back to the desk to be looked at again."""
    if card.stage is Stage.REJECTED:
        journey.move(session, card, Stage.WAITING, actor=person.name, why="recall")
    else:
        parcels.pull_back(session, card, actor=person.name, why="recall")
    if card.lane is not Lane.SECOND_LOOK:
        card.lane = Lane.DESK
    decisions.take_back_agreements(session, card)
    flags.open_again(card)


def change_case(session: Session, person: Person, card: Card, to: Case) -> None:
    """Say whom the card is for; it is screened again by the rules of that case."""
    claims.require(session, person, card)
    card.case, card.case_id = to, to.id
    decisions.take_back_agreements(session, card)
    ledger.note(session, person.name, "card.case", card.code, case=to.slug)
    errands.ask(session, ErrandKind.SCREEN, card)


def held_cards(session: Session, limit: int | None = None) -> list[Card]:
    """Cards that wait for the answer to a question, the longest first, with their sides and flags."""
    held = select(Card).where(Card.stage == Stage.HELD).order_by(Card.id).limit(limit)
    parts = (selectinload(Card.sides), selectinload(Card.flags), joinedload(Card.case))
    return list(session.scalars(held.options(*parts)))


def held_count(session: Session) -> int:
    """How many cards wait for the answer to a question."""
    return session.scalar(select(func.count()).where(Card.stage == Stage.HELD)) or 0


def _first(
    session: Session, person: Person, passed: Collection[int], only: Collection[str], *, lock: bool
) -> int | None:
    waiting = (
        select(Card.id)
        .where(Card.stage == Stage.WAITING, Card.id.not_in(passed))
        .where(~decisions.has_agreed(person), ~rechecks.kept_from(session, person))
        .order_by(Card.id)
        .limit(1)
    )
    if only:
        waiting = waiting.where(writings.in_any(only))
    for lane in DESK_LANES:
        # Each of the two is found by an index; ordering by both at once would sort the whole queue.
        for whose in (Card.claimed_by == person.id, claims.free_for(person)):
            query = waiting.where(Card.lane == lane, whose)
            found = session.scalar(query.with_for_update(skip_locked=True, of=Card) if lock else query)
            if found is not None:
                return found
    return None
