"""The pull list of a parcel: which cards to take from their trays for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import parcels
from mailroom.records import Card, Parcel, Stage, Tray


@dataclass(frozen=True, slots=True)
class PullTray:
    """What to pull from one tray: positions to take, and those between them that stay."""

    tray: Tray
    take: tuple[Card, ...]
    leave: tuple[int, ...]


def pull_list(session: Session, parcel: Parcel) -> list[PullTray]:
    """What is still to be pulled for a parcel, tray by tray in the order of the positions."""
    by_tray: dict[int, list[Card]] = defaultdict(list)
    for card in parcel.cards:
        if card.stage is Stage.APPROVED and parcels.may_travel(card, parcel):
            by_tray[card.tray_id].append(card)
    return [_pull_tray(session, cards) for cards in by_tray.values()]


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
