"""The entrance: what waits for whom, and the way to what a code on paper names."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailroom import campaign_store
from mailroom.database import Database
from mailroom.finding import Lane
from tests.house import make_cards
from tests.pages.conftest import Visit
from tests.pages.parcels import make_parcel


def test_the_entrance_shows_what_waits(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        make_cards(session, 3, Lane.DESK)
        make_cards(session, 2, Lane.GLANCE)
    page = visit("mira").get("/").get_data(as_text=True)
    assert '<p class="count">3</p>' in page
    assert '<p class="count">2</p>' in page
    assert "Pack and dispatch" not in page


def test_one_card_is_told_as_one(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        for lane in (Lane.SECOND_LOOK, Lane.GLANCE):
            make_cards(session, 1, lane)
    visitor = visit("mira")
    page = visitor.get("/").get_data(as_text=True)
    assert "1 needs two people" in page
    assert "card in which nothing was found" in page
    assert "1 card on this sheet" in visitor.get("/glance/").get_data(as_text=True)


def test_the_frame_says_in_which_room_one_is(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        campaign = campaign_store.all_campaigns(session)[0].id
    visitor = visit("cora")
    rooms = {
        f"/cards/{card.tray.code}/1": "Trays",
        "/held/": "Desk",
        f"/campaigns/{campaign}/marks/": "Cases",
        "/people/": "People",
        "/people/me": "cora",
    }
    for address, name in rooms.items():
        page = visitor.get(address).get_data(as_text=True)
        here = re.findall(r'aria-current="page">(.*?)</a>', page)
        assert [re.sub(r"<.*?>|You: ", "", each) for each in here] == [name], address


def test_finding_by_what_stands_on_paper(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 2)
        parcel = make_parcel(session, cards[:1])
        tray = cards[0].tray.code
    visitor = visit("cora")
    assert visitor.get(f"/find?code={tray.lower()}").location == f"/trays/{tray}"
    assert visitor.get(f"/find?code={tray[2:]}").status_code == 404
    assert visitor.get(f"/find?code= {tray}/002 ").location == f"/cards/{tray}/2"
    assert visitor.get(f"/find?code={parcel}").location == f"/parcels/{parcel}"
    assert visitor.get(f"/find?code={tray}/9").status_code == 404
