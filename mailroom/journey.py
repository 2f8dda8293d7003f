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


class MoveRefusedError(Refusal):
    """A card cannot make this move; the message says where it is and what it cannot do."""


class StageConflictError(MoveRefusedError):
    """Somebody else moved the card in the meantime."""


def move(session: Session, card: Card, to: Stage, *, actor: str, why: str = "") -> None:
    """Move ``card`` on by compare-and-swap, with its ledger entry in the same transaction.

    Raises MoveRefusedError where the journey has no such move, and StageConflictError where the card
    is no longer in the stage that the caller saw.
    """
    origin = card.stage
    if to not in MOVES[origin]:
        raise MoveRefusedError(f"{card.code} is {origin}; from there it cannot become {to}.")
    session.flush()
    changed = session.execute(
        update(Card)
        .where(Card.id == card.id, Card.stage == origin)
        .values(stage=to)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        session.refresh(card, ["stage"])
        raise StageConflictError(f"{card.code} is {card.stage} by now: somebody else was quicker.")
    session.refresh(card, ["stage"])
    ledger.note(session, actor, f"card.{to}", card.code, origin=origin.value, why=why)
