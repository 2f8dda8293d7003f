"""A card that is shown anew, and a wish that is refused, leave a person where they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from mailroom import parcels, people
from mailroom.database import Database
from mailroom.finding import Label
from mailroom.records import Card, Stage
from mailroom.vault import Vault
from tests.house import make_cards
from tests.pages.conftest import Site
from tests.pages.desk_cards import SNOW, as_it_is, card_at_desk, is_shown, unread_card
from tests.pages.parcels import make_parcel

pytestmark = pytest.mark.browser

# A condition given as text would be compiled in the page, which its own rules forbid.
SCROLLED = """(least) => new Promise((done) => {
    const look = () => (scrollY > least ? done() : requestAnimationFrame(look));
    look();
})"""
TELEPHONE = {"width": 390, "height": 844}


def test_an_added_flag_leaves_the_scan_as_it_was_looked_at(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    unread_card(room, vault, pictures, replace(SNOW, label=Label.VIOLENCE))
    page = site.at_desk("mira")
    for key in ("v", "s", "+", "+", "]", "b"):
        page.keyboard.press(key)
    paper = page.locator(".paper:not([hidden])")
    before = paper.bounding_box()
    page.keyboard.press("f")
    page.fill("#flag-reason", "A drawing of a cell")
    page.keyboard.press("Enter")
    expect(page.locator(".flag-list > li")).to_have_count(2)
    expect(page.locator("[data-show][aria-pressed=true]")).to_contain_text("Back")
    expect(page.locator("[data-tool=places]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".turned img").last).to_have_css("filter", "none")
    assert paper.bounding_box() == before


def test_a_dismissed_flag_keeps_the_focus_and_the_place_in_the_text(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card_at_desk(room, vault, pictures, text="\n".join(["the snow fell"] * 40))
    page = site.at_desk("mira")
    page.locator(".flag-list button").focus()
    page.locator(".matter").evaluate("part => part.scrollTo(0, 90)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take back flag 1")).to_be_focused()
    assert page.locator(".matter").evaluate("part => part.scrollTop") == 90


def test_the_next_card_begins_with_its_picture_on_a_telephone(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card_at_desk(room, vault, pictures)
    second = card_at_desk(room, vault, pictures)
    page = site.open("mira", viewport=TELEPHONE)
    page.goto("/desk/")
    page.mouse.wheel(0, 300)
    page.evaluate(SCROLLED, 250)
    before = page.evaluate("scrollY")
    page.keyboard.press("1")
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    assert page.evaluate("scrollY") == before
    page.keyboard.press("a")
    is_shown(page, second)
    assert page.evaluate("scrollY") == 0


def test_what_is_said_moves_nothing_on_a_telephone_when_it_goes(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card_at_desk(room, vault, pictures)
    second = card_at_desk(room, vault, pictures)
    page = site.open("mira", viewport=TELEPHONE)
    page.clock.install()
    page.goto("/desk/")
    page.keyboard.press("a")
    is_shown(page, second)
    expect(page.locator(".notices")).to_be_in_viewport()
    before = page.locator(".flag-list button").bounding_box()
    page.clock.run_for(7000)
    expect(page.locator(".notices")).to_have_count(0)
    assert page.locator(".flag-list button").bounding_box() == before


def test_what_is_refused_is_told_beside_the_card(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = card_at_desk(room, vault, pictures)
    other = card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    page.keyboard.press("u")
    expect(page.locator(".actions [role=alert]")).to_contain_text("You have not decided anything")
    page.keyboard.press("r")
    page.keyboard.press("6")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-up [role=alert]")).to_contain_text("Say in a few words why")
    page.fill("#reject-note", "A drawing of a cell")
    page.keyboard.press("Enter")
    is_shown(page, other)
    assert as_it_is(room, card).stage is Stage.REJECTED
    with room.transaction() as session:
        session.get_one(Card, other.id).claimed_by = people.person_named(session, "noor").id
    page.keyboard.press("a")
    expect(page.locator(".actions [role=alert]")).to_contain_text(f"noor has {other.code} for")
    is_shown(page, other)
    page.reload()
    expect(page.locator("h1")).to_have_text("The desk is clear")


def test_a_double_click_ticks_off_one_card_alone(site: Site, room: Database) -> None:
    with room.transaction() as session:
        code = make_parcel(session, make_cards(session, 3))
    page = site.open("lena")
    # These cards have no pictures.
    page.route("**/scans/**", lambda route: route.fulfill(status=204))
    page.goto(f"/parcels/{code}")
    box = page.locator(".pull button.main").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        expect(page.locator(".pull button.main")).to_have_count(2)
    page.get_by_role("button", name="Not in it").click()
    expect(page.locator(".pull button.main")).to_have_count(3)


def test_what_is_refused_of_a_parcel_is_in_sight_on_a_telephone(site: Site, room: Database) -> None:
    with room.transaction() as session:
        code = make_parcel(session, make_cards(session, 3))
    page = site.open("lena", viewport=TELEPHONE)
    # These cards have no pictures.
    page.route("**/scans/**", lambda route: route.fulfill(status=204))
    page.goto(f"/parcels/{code}")
    page.fill("#grams", "90")
    page.click("text=Seal the parcel")
    expect(page.locator("[role=alert]")).to_contain_text("Nothing is packed yet")
    expect(page.locator("[role=alert]")).to_be_in_viewport()
    page.reload()
    expect(page.locator("h1")).to_have_text(code)
    with room.transaction() as session:
        card = session.scalars(select(Card).order_by(Card.id)).first()
        assert card
        parcels.pack(session, people.person_named(session, "cora"), card)
    page.locator(".pull button.main").first.click()
    expect(page.locator("[role=alert]")).to_contain_text("is packed")
    expect(page.locator("[role=alert]")).to_be_in_viewport()
    # The page shows what a colleague has done since.
    expect(page.locator(".pull button.main")).to_have_count(2)
