"""Parcels: approved cards are packed for a destination, and taken out where they may no longer travel.

What a person does to a card of a parcel raises Refusal where the two do not belong together so.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from mailroom import journey, ledger, placing
from mailroom.codes import PARCEL_PREFIX, parse_code
from mailroom.errors import Refusal
from mailroom.records import Card, Case, Destination, Parcel, ParcelState, Person, Stage

_WHERE_IT_IS: dict[ParcelState, str] = {
    ParcelState.OPEN: "is open. Seal it first.",
    ParcelState.SEALED: "is sealed and has not left. Break its seal to change it, or hand it over.",
    ParcelState.DISPATCHED: "has left already. What came of it can be noted, and nothing else.",
    ParcelState.ACKNOWLEDGED: "has arrived. Nothing about it can be changed any more.",
    ParcelState.RETURNED: "came back. Nothing about it can be changed any more.",
}


class UnknownParcelError(Refusal):
    """There is no parcel of this code."""


@dataclass(frozen=True, slots=True)
class ParcelCount:
    """A parcel with how many cards are meant for it, and how many of them are packed."""

    parcel: Parcel
    cards: int
    packed: int


def all_parcels(
    session: Session, *states: ParcelState, limit: int | None = None, oldest: bool = False
) -> list[ParcelCount]:
    """Parcels of these states by case and destination, the newest first, each with its counts.

    Where there are more than ``limit``, those opened last, or first.
    """
    wanted = select(Parcel.id).where(Parcel.state.in_(states or tuple(ParcelState)))
    wanted = wanted.order_by(Parcel.id if oldest else Parcel.id.desc()).limit(limit)
    counts = (
        select(
            Card.parcel_id,
            func.count().label("cards"),
            func.count().filter(Card.stage.in_((Stage.PACKED, Stage.DISPATCHED))).label("packed"),
        )
        .group_by(Card.parcel_id)
        .subquery()
    )
    rows = session.execute(
        select(Parcel, func.coalesce(counts.c.cards, 0), func.coalesce(counts.c.packed, 0))
        .outerjoin(counts, counts.c.parcel_id == Parcel.id)
        .join(Parcel.destination)
        .join(Destination.case)
        .where(Parcel.id.in_(wanted))
        .order_by(Case.name, Destination.name, Parcel.id.desc())
        .options(contains_eager(Parcel.destination).contains_eager(Destination.case))
    )
    return [ParcelCount(parcel, cards, packed) for parcel, cards, packed in rows]


def count_of(session: Session, *states: ParcelState) -> int:
    """How many parcels are in one of these states."""
    return session.scalar(select(func.count()).where(Parcel.state.in_(states))) or 0


def parcel_by_code(session: Session, code: str) -> Parcel:
    """The parcel of a code as a person types it, with its cards; raises UnknownParcelError or CodeError."""
    standard = parse_code(code, PARCEL_PREFIX)
    parcel = session.scalar(
        select(Parcel)
        .where(Parcel.code == standard)
        .options(joinedload(Parcel.destination).joinedload(Destination.case), selectinload(Parcel.cards))
    )
    if parcel is None:
        raise UnknownParcelError(f"There is no parcel {standard}.")
    return parcel


def pack(session: Session, person: Person, card: Card) -> None:
    """Tick off a card that a person has laid in its open parcel."""
    parcel = _require_open(session, card)
    if parcel.destination.retired:
        raise Refusal(why_retired(parcel))
    if not may_travel(card, parcel):
        raise Refusal(f"{card.code} may not travel in this parcel. Lay it back in its tray.")
    journey.move(session, card, Stage.PACKED, actor=person.name)


def unpack(session: Session, person: Person, card: Card) -> None:
    """Take the tick back: the card is not in the parcel after all.

    Of a retired destination's parcel it is no longer part at all, and is laid in one that may leave.
    """
    parcel = _require_open(session, card)
    if card.stage is not Stage.PACKED:
        # From other stages the same move would be an approval.
        raise Refusal(f"{card.code} is not packed.")
    journey.move(session, card, Stage.APPROVED, actor=person.name, why="unpacked")
    if parcel.destination.retired:
        _leave(card, parcel)
        placing.place(session, card)


def take_out(session: Session, person: Person, card: Card) -> None:
    """Take a card, paper and all, out of an open parcel for a person at the desk to look at again."""
    parcel = _require_open(session, card)
    pull_back(session, card, actor=person.name, why="taken out")
    _leave(card, parcel)


def pull_back(session: Session, card: Card, *, actor: str, why: str) -> None:
    """Move a card that has not been dispatched back to waiting, breaking the seal of its parcel.

    A packed card stays on its parcel's list as withdrawn, until ``confirm_out`` says that its paper is
    out: the parcel cannot be sealed before. So does one that was approved for another case meanwhile.
    """
    parcel = session.get(Parcel, card.parcel_id, with_for_update=True) if card.parcel_id else None
    if parcel is not None and parcel.state is ParcelState.SEALED:
        parcel.state, parcel.sealed_at = ParcelState.OPEN, None
        ledger.note(session, actor, "parcel.reopened", parcel.code, why="a card was withdrawn")
    if card.stage is Stage.PACKED:
        journey.move(session, card, Stage.APPROVED, actor=actor, why=why)
    elif parcel is not None and may_travel(card, parcel):
        _leave(card, parcel)
    journey.move(session, card, Stage.WAITING, actor=actor, why=why)


def confirm_out(session: Session, person: Person, card: Card) -> None:
    """Note that the paper of a withdrawn card lies in its tray again.

    One that was approved for another case meanwhile is laid in a parcel of that case.
    """
    session.refresh(card, ["stage", "case_id", "parcel_id"], with_for_update=True)
    parcel = session.get(Parcel, card.parcel_id) if card.parcel_id else None
    if parcel is not None and card.stage is Stage.PACKED and may_travel(card, parcel):
        raise Refusal(f"{card.code} was approved again: lay it in the parcel, or press “Not in it”.")
    if parcel is None or may_travel(card, parcel):
        raise Refusal(f"{card.code} was not withdrawn.")
    _leave(card, parcel)
    ledger.note(session, person.name, "card.out", card.code)
    if card.stage is Stage.APPROVED:
        placing.place(session, card)


def withdrawn(parcel: Parcel) -> list[Card]:
    """Cards on the list of a parcel that may no longer travel."""
    return [card for card in parcel.cards if not may_travel(card, parcel)]


def may_travel(card: Card, parcel: Parcel) -> bool:
    """Whether a card on the list of a parcel belongs there.

    A card that was withdrawn may have been found to be for somebody else, and approved for them.
    """
    decided = card.stage in {Stage.APPROVED, Stage.PACKED, Stage.DISPATCHED}
    return decided and card.case_id == parcel.destination.case_id


def why_retired(parcel: Parcel) -> str:
    """Why nothing may leave for the parcel's destination and what to do; empty where it may."""
    destination = parcel.destination
    if not destination.retired:
        return ""
    first = "Break the seal. Then lay" if parcel.state is ParcelState.SEALED else "Lay"
    return (
        f"{destination.name} is no longer a destination of {destination.case.name}: this parcel must not "
        f"leave. {first} each packed card back in its tray and press “Not in it”: it then stands on the "
        "list of a parcel for another destination. If there is none, or this is a mistake, ask your "
        "coordinator."
    )


def require_state(parcel: Parcel, wanted: ParcelState) -> None:
    """Raise Refusal, saying where the parcel is and what to do, unless it is in this state."""
    if parcel.state is not wanted:
        raise Refusal(f"Parcel {parcel.code} {_WHERE_IT_IS[parcel.state]}")


def _leave(card: Card, parcel: Parcel | None) -> None:
    card.parcel_id = None
    if parcel is not None and parcel.state is ParcelState.OPEN:
        parcel.full = False


def _require_open(session: Session, card: Card) -> Parcel:
    parcel = session.get(Parcel, card.parcel_id, with_for_update=True) if card.parcel_id else None
    if parcel is None:
        raise Refusal(f"{card.code} is in no parcel.")
    require_state(parcel, ParcelState.OPEN)
    return parcel
