"""Parcels: approved cards are grouped for a destination, pulled from their trays and packed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from mailroom import journey, ledger
from mailroom.clock import now
from mailroom.codes import PARCEL_PREFIX, new_code, parse_code
from mailroom.errors import Refusal
from mailroom.records import Card, Case, Destination, Parcel, ParcelState, Person, Stage, Tray


class UnknownParcelError(Refusal):
    """There is no parcel of this code."""


@dataclass(frozen=True, slots=True)
class ParcelCount:
    """A parcel with how many cards are meant for it, and how many of them are packed."""

    parcel: Parcel
    cards: int
    packed: int


@dataclass(frozen=True, slots=True)
class PullTray:
    """What to pull from one tray: positions to take, and those between them that stay."""

    tray: Tray
    take: tuple[Card, ...]
    leave: tuple[int, ...]


def place(session: Session, card: Card) -> Parcel | None:
    """Lay an approved card in the open parcel of the first destination of its case that accepts it.

    None where no destination of the case does; such cards are listed by ``homeless``.
    """
    if card.case_id is None:
        return None
    if card.parcel_id is not None:
        # Withdrawn and approved again before its paper left the parcel.
        return session.get(Parcel, card.parcel_id)
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


def pull_back(session: Session, card: Card, *, actor: str, why: str) -> None:
    """Move a card that has not been dispatched back to waiting, breaking the seal of its parcel.

    A packed card stays on its parcel's list as withdrawn, until ``confirm_out`` says that its paper is
    out: the parcel cannot be sealed before.
    """
    parcel = session.get(Parcel, card.parcel_id, with_for_update=True) if card.parcel_id else None
    if parcel is not None and parcel.state is ParcelState.SEALED:
        parcel.state, parcel.sealed_at = ParcelState.OPEN, None
        ledger.note(session, actor, "parcel.reopened", parcel.code, why="a card was withdrawn")
    if card.stage is Stage.PACKED:
        journey.move(session, card, Stage.APPROVED, actor=actor, why=why)
    else:
        _leave(card, parcel)
    journey.move(session, card, Stage.WAITING, actor=actor, why=why)


def confirm_out(session: Session, person: Person, card: Card) -> None:
    """Note that the paper of a withdrawn card lies in its tray again."""
    if card.stage is Stage.PACKED:
        raise Refusal(f"{card.code} was not withdrawn.")
    _leave(card, session.get(Parcel, card.parcel_id) if card.parcel_id else None)
    ledger.note(session, person.name, "card.out", card.code)


def withdrawn(parcel: Parcel) -> list[Card]:
    """Cards on the list of a parcel that may no longer travel."""
    return [
        card for card in parcel.cards if card.stage not in {Stage.APPROVED, Stage.PACKED, Stage.DISPATCHED}
    ]


def homeless(session: Session) -> Sequence[Card]:
    """Approved cards that no destination of their case accepts."""
    query = select(Card).where(Card.stage == Stage.APPROVED, Card.parcel_id.is_(None))
    return session.scalars(
        query.options(joinedload(Card.case), selectinload(Card.sides)).order_by(Card.id)
    ).all()


def place_homeless(session: Session) -> int:
    """Try again to place every homeless card, after a case changed; return how many found a place."""
    return sum(place(session, card) is not None for card in homeless(session))


def all_parcels(session: Session, *states: ParcelState) -> list[ParcelCount]:
    """Parcels of these states by case and destination, the newest first, each with its counts."""
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
        .where(Parcel.state.in_(states or tuple(ParcelState)))
        .order_by(Case.name, Destination.name, Parcel.id.desc())
        .options(contains_eager(Parcel.destination).contains_eager(Destination.case))
    )
    return [ParcelCount(parcel, cards, packed) for parcel, cards, packed in rows]


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


def pull_list(session: Session, parcel: Parcel) -> list[PullTray]:
    """What is still to be pulled for a parcel, tray by tray in the order of the positions."""
    by_tray: dict[int, list[Card]] = defaultdict(list)
    for card in parcel.cards:
        if card.stage is Stage.APPROVED:
            by_tray[card.tray_id].append(card)
    return [_pull_tray(session, cards) for cards in by_tray.values()]


def pack(session: Session, person: Person, card: Card) -> None:
    """Tick off a card that a person has laid in its open parcel."""
    _require_open(session, card)
    journey.move(session, card, Stage.PACKED, actor=person.name)


def unpack(session: Session, person: Person, card: Card) -> None:
    """Take the tick back: the card is not in the parcel after all."""
    _require_open(session, card)
    if card.stage is not Stage.PACKED:
        # From other stages the same move would be an approval.
        raise Refusal(f"{card.code} is not packed.")
    journey.move(session, card, Stage.APPROVED, actor=person.name, why="unpacked")


def take_out(session: Session, person: Person, card: Card) -> None:
    """Take a card, paper and all, out of an open parcel for a person at the desk to look at again."""
    parcel = _require_open(session, card)
    pull_back(session, card, actor=person.name, why="taken out")
    _leave(card, parcel)


def _pull_tray(session: Session, cards: list[Card]) -> PullTray:
    tray, first, last = cards[0].tray, cards[0].position, cards[-1].position
    wanted = {card.position for card in cards}
    standing = session.scalars(
        select(Card.position)
        .where(Card.tray_id == tray.id, Card.position.between(first, last))
        .where(Card.stage.not_in((Stage.PACKED, Stage.DISPATCHED)))
        .order_by(Card.position)
    )
    leave = tuple(position for position in standing if position not in wanted)
    return PullTray(tray, tuple(cards), leave)


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


def _leave(card: Card, parcel: Parcel | None) -> None:
    card.parcel_id = None
    if parcel is not None and parcel.state is ParcelState.OPEN:
        parcel.full = False


def _require_open(session: Session, card: Card) -> Parcel:
    parcel = session.get(Parcel, card.parcel_id, with_for_update=True) if card.parcel_id else None
    if parcel is None:
        raise Refusal(f"{card.code} is in no parcel.")
    if parcel.state is not ParcelState.OPEN:
        raise Refusal(f"Parcel {parcel.code} is {parcel.state}. Open it again first.")
    return parcel
