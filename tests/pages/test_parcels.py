"""A parcel: packed, weighed, sealed, dispatched and answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from mailroom import claims, desk, dispatch, parcels, people
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


def test_what_has_left_does_not_bury_what_is_to_be_done(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        lena = people.person_named(session, "lena")
        cards = make_cards(session, 2)
        left = make_parcel(session, cards[:1])
        parcel = parcels.parcel_by_code(session, left)
        parcels.pack(session, lena, cards[0])
        dispatch.seal(session, lena, parcel, grams=100)
        session.flush()
        dispatch.dispatch(session, lena, parcel, "the driver")
        open_ = make_parcel(session, cards[1:])
    visitor = visit("lena")
    page = visitor.get("/parcels/").get_data(as_text=True)
    assert open_ in page
    assert left not in page
    assert "Have left: 1" in page
    page = visitor.get("/parcels/?left=yes").get_data(as_text=True)
    assert left in page
    assert open_ not in page


def test_long_lists_say_that_they_are_cut(
    visit: Callable[..., Visit], room: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_ui.rooms.parcels.SHOWN", 1)
    monkeypatch.setattr("review_ui.rooms.held.SHOWN", 1)
    with room.transaction() as session:
        mira = people.person_named(session, "mira")
        for slug in ("nadia-k", "the-oaks"):
            make_parcel(session, make_cards(session, 1, slug=slug))
        for card in make_cards(session, 2):
            claims.claim(session, mira, card.id, 60)
            desk.hold(session, mira, card, "Who is Ana?")
    assert "These are the 1 opened first, of 2" in visit("lena").get("/parcels/").get_data(as_text=True)
    assert "The 1 that wait longest, of 2" in visit("mira").get("/held/").get_data(as_text=True)
