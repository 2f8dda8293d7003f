"""A parcel: packed, weighed, sealed, dispatched and answered."""

from __future__ import annotations

from collections.abc import Callable

from mailroom.database import Database
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
