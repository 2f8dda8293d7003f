"""A parcel by keyboard: what a hand does without meaning it ticks nothing off and ends nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mailroom import dispatch, parcels, people
from mailroom.database import Database
from tests.house import make_cards
from tests.pages.conftest import Site
from tests.pages.parcels import make_parcel

pytestmark = pytest.mark.browser


@pytest.fixture
def lena(site: Site) -> Page:
    """A dispatcher's page; the cards of this room have no picture in the vault."""
    page = site.open("lena")
    page.route("**/scans/**", lambda route: route.fulfill(status=204))
    return page


def test_a_key_held_down_ticks_off_one_card_alone(lena: Page, room: Database) -> None:
    with room.transaction() as session:
        code = make_parcel(session, make_cards(session, 3))
    ticks: list[str] = []
    lena.on("request", lambda request: ticks.append(request.url) if request.method == "POST" else None)
    lena.goto(f"/parcels/{code}")
    lena.get_by_role("button", name="In the parcel").first.focus()
    lena.keyboard.down("Enter")
    expect(lena.locator("#packed-head")).to_have_text("Packed: 1 of at most 3")
    expect(lena.get_by_role("button", name="In the parcel").first).to_be_focused()
    for _ in range(3):
        lena.keyboard.down("Enter")
    lena.keyboard.up("Enter")
    lena.evaluate("fetch('/parcels/')")
    assert len(ticks) == 1
    # A press of its own counts.
    lena.keyboard.press("Enter")
    expect(lena.locator("#packed-head")).to_have_text("Packed: 2 of at most 3")


def test_enter_in_the_note_does_not_say_that_the_parcel_arrived(lena: Page, room: Database) -> None:
    with room.transaction() as session:
        (card,) = make_cards(session, 1)
        code = make_parcel(session, [card])
        who = people.person_named(session, "lena")
        parcels.pack(session, who, card)
        parcel = parcels.parcel_by_code(session, code)
        dispatch.seal(session, who, parcel, grams=100)
        session.flush()
        dispatch.dispatch(session, who, parcel, "the driver")
    lena.goto(f"/parcels/{code}")
    lena.fill("#note", "Opened, and refused.")
    lena.keyboard.press("Enter")
    lena.click("text=It came back")
    expect(lena.locator(".notices")).to_have_text(f"{code} came back.")
    expect(lena.locator("dl.facts")).to_contain_text("Opened, and refused.")
