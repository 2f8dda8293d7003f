"""Decisions: what people decided of a card, and taking the last one back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, joinedload

from mailroom import flags, journey, ledger, parcels, rechecks
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.records import Card, Decision, Person, Stage, Verdict


def record(session: Session, person: Person, card: Card, verdict: Verdict, reason: str = "") -> Decision:
    """Keep a person's verdict and return it."""
    decision = Decision(card_id=card.id, person_id=person.id, verdict=verdict, reason=reason)
    session.add(decision)
    # What it settles names it.
    session.flush()
    return decision


def of_card(session: Session, card: Card) -> Sequence[Decision]:
    """Every decision about a card with its person, oldest first, undone ones too."""
    query = select(Decision).where(Decision.card_id == card.id).options(joinedload(Decision.person))
    return session.scalars(query.order_by(Decision.id)).all()


def people_needed(card: Card) -> int:
    """How many people have to agree before the card may travel; none where it went by the clear lane."""
    return {Lane.SECOND_LOOK: 2, Lane.CLEAR: 0}.get(card.lane, 1) if card.lane else 1


def agreed_by(session: Session, card: Card) -> set[str]:
    """The names of those who have agreed so far."""
    query = select(Person.name).join(Decision).where(Decision.card_id == card.id, *_agreement())
    return set(session.scalars(query))


def has_agreed(person: Person) -> ColumnElement[bool]:
    """Cards for two people to which this person has agreed already."""
    decided = select(Decision.id).where(
        Decision.card_id == Card.id, Decision.person_id == person.id, *_agreement()
    )
    return decided.exists() & (Card.lane == Lane.SECOND_LOOK)


def take_back_agreements(session: Session, card: Card) -> None:
    """Let earlier agreements no longer count, because the card is not what was agreed to."""
    session.execute(
        update(Decision)
        .where(Decision.card_id == card.id, *_agreement())
        .values(undone=True)
        .execution_options(synchronize_session=False)
    )


def undo(session: Session, person: Person) -> Card:
    """Take back this person's last decision at the desk and return its card.

    Raises Refusal where it is too late. A sheet of the glance is undone as a whole, by ``glance_undo``.
    """
    last = session.scalar(
        select(Decision)
        .where(Decision.person_id == person.id, Decision.undone.is_(False), Decision.sheet.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if last is None:
        raise Refusal("You have not decided anything that could be undone.")
    card = session.get_one(Card, last.card_id)
    if card.stage is Stage.WAITING:
        # A second person who agrees at this moment counts on what would be taken back.
        session.refresh(card, ["stage"], with_for_update=True)
    if latest_of(session, card) is not last:
        raise Refusal(f"Somebody has decided about {card.code} since. Open it and decide anew.")
    take_back(session, person, card, last)
    return card


def latest_of(session: Session, card: Card) -> Decision | None:
    """The last decision about a card that counts."""
    return session.scalar(
        select(Decision)
        .where(Decision.card_id == card.id, Decision.undone.is_(False))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def take_back(session: Session, person: Person, card: Card, decision: Decision) -> None:
    """Undo the last decision about a card, and what followed from it; raises Refusal for a packed card."""
    decision.undone = True
    rechecks.undo(session, decision)
    flags.open_again(card, decision)
    if card.stage is Stage.WAITING:
        ledger.note(session, person.name, "card.undone", card.code)
        return
    if card.stage not in {Stage.APPROVED, Stage.REJECTED, Stage.HELD}:
        raise Refusal(journey.where_it_is(card))
    if card.stage is Stage.APPROVED:
        parcels.pull_back(session, card, actor=person.name, why="undo")
    else:
        journey.move(session, card, Stage.WAITING, actor=person.name, why="undo")


def _agreement() -> tuple[ColumnElement[bool], ...]:
    return Decision.verdict == Verdict.APPROVE, Decision.undone.is_(False)
