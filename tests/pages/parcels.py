"""A parcel for tests of the pages that show one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from mailroom import desk, parcels, people
from mailroom.records import Card


def make_parcel(session: Session, cards: list[Card]) -> str:
    """Approve the cards and return the code of the parcel that they are for."""
    person = people.person_named(session, "mira")
    for card in cards:
        desk.open_card(session, person, card.id, 60)
        desk.approve(session, person, card)
    return parcels.all_parcels(session)[0].parcel.code
