"""A parcel: packed, weighed, sealed, dispatched and answered."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from mailroom.database import Database
from mailroom.records import Destination, Parcel
from tests.house import make_cards
from tests.pages.conftest import Visit
from tests.pages.parcels import make_parcel


def test_a_parcel_from_packing_to_its_answer(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 2)
        code = make_parcel(session, cards)
    visitor = visit("lena")
    assert code in visitor.get("/parcels/").get_data(as_text=True)
    for card in cards:
        visitor.post(f"/parcels/{code}/cards/{card.id}/pack")
    refused = visitor.post(f"/parcels/{code}/seal")
    assert refused.status_code == 409
    assert "Weigh the parcel" in refused.get_data(as_text=True)
    assert visitor.post(f"/parcels/{code}/seal", {"grams": "120"}).status_code == 303
    assert visitor.post(f"/parcels/{code}/dispatch", {"handed_to": "Post office"}).status_code == 303
    assert visitor.post(f"/parcels/{code}/acknowledge", {"note": "A reply came."}).status_code == 303
    page = visitor.get(f"/parcels/{code}").get_data(as_text=True)
    assert "A reply came." in page
    assert "120 g" in page


def test_a_parcel_of_a_retired_destination_says_so(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        code = make_parcel(session, make_cards(session, 1))
        session.scalars(select(Destination).join(Parcel).where(Parcel.code == code)).one().retired = True
    visitor = visit("lena")
    assert "must not leave" in visitor.get("/parcels/").get_data(as_text=True)
    assert "is no longer a destination of" in visitor.get(f"/parcels/{code}").get_data(as_text=True)
