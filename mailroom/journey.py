"""The journey of a card: its stages, and the moves between them. Every move goes through here."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from mailroom import ledger
from mailroom.errors import Refusal
from mailroom.records import Card, Stage

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.SCANNED: frozenset({Stage.WAITING, Stage.APPROVED}),
    Stage.WAITING: frozenset({Stage.APPROVED, Stage.HELD, Stage.REJECTED}),
    Stage.HELD: frozenset({Stage.WAITING, Stage.REJECTED}),
    Stage.APPROVED: frozenset({Stage.WAITING, Stage.PACKED}),
    Stage.REJECTED: frozenset({Stage.WAITING}),
    Stage.PACKED: frozenset({Stage.APPROVED, Stage.DISPATCHED}),
    Stage.DISPATCHED: frozenset(),
}
# What is the matter with a card that cannot make a move, and what to do about it.
_WHERE_IT_IS: dict[Stage, str] = {
    Stage.SCANNED: "has not been read yet. It comes to a person by itself: try again then.",
    Stage.WAITING: "waits for a person to look at it. Decide about it at the desk first.",
    Stage.HELD: "is held with a question. Answer it, and take it back to the desk from the page Held.",
    Stage.APPROVED: "is approved. To decide otherwise, open it and bring it back to the desk first.",
    Stage.REJECTED: "was rejected. If it should travel after all, open it and bring it back to the desk.",
    Stage.PACKED: "is packed. Take it out of its parcel first, or ask dispatch to do so.",
    Stage.DISPATCHED: "has left with its parcel. Nothing about it can be changed any more.",
}


class MoveRefusedError(Refusal):
    """A card cannot make this move; the message says where it is and what to do."""


class StageConflictError(MoveRefusedError):
    """Somebody else moved the card in the meantime."""


def move(session: Session, card: Card, to: Stage, *, actor: str, why: str = "") -> None:
    """Move ``card`` on by compare-and-swap, with its ledger entry in the same transaction.

    Raises MoveRefusedError where the journey has no such move, and StageConflictError where the card
    is no longer in the stage that the caller saw.
    """
    origin = card.stage
    if to not in MOVES[origin]:
        raise MoveRefusedError(_why_not(card, to))
    session.flush()
    changed = session.execute(
        update(Card)
        .where(Card.id == card.id, Card.stage == origin)
        .values(stage=to)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        session.refresh(card, ["stage"])
        raise StageConflictError(f"Somebody else was quicker. {where_it_is(card)}")
    session.refresh(card, ["stage"])
    ledger.note(session, actor, f"card.{to}", card.code, origin=origin.value, why=why)


def where_it_is(card: Card) -> str:
    """Tell a person where a card is by now, and what to do first to do something else with it."""
    return f"{card.code} {_WHERE_IT_IS[card.stage]}"


def _why_not(card: Card, to: Stage) -> str:
    if card.stage is to and to in {Stage.APPROVED, Stage.HELD, Stage.REJECTED, Stage.PACKED}:
        return f"{card.code} is {to} already, by somebody else or by a second click. Nothing is left to do."
    return where_it_is(card)
