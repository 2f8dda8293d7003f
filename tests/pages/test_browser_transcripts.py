"""What a person writes down at the desk, in a real browser: nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, expect

from mailroom import errands, people, readings
from mailroom.database import Database
from mailroom.finding import Label, Lane, Screening
from mailroom.reading import Content, Line
from mailroom.records import Card, ErrandKind, Stage
from mailroom.vault import Vault
from tests.house import PASSWORD, lay, make_tray
from tests.pages.conftest import Site
from tests.pages.desk_cards import SNOW, as_it_is, card_at_desk, unread_card

pytestmark = pytest.mark.browser


def test_unread_writing_is_written_down_by_keyboard_and_checked(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    places = (Line("", 0.0, (10, 100, 700, 140)),)
    card = card_at_desk(room, vault, pictures, text="", content=Content.UNREADABLE, unread=places)
    page = site.at_desk("mira")
    expect(page.get_by_text("Can you read it?")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("عزيزتي نادية")
    assert page.locator("#text-1").evaluate("field => getComputedStyle(field).direction") == "rtl"
    page.keyboard.press("Tab")
    page.select_option("#language-1", label="Arabic")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-again]")).to_be_visible()
    expect(page.locator(".message")).to_have_attribute("lang", "ar")
    expect(page.get_by_text("Arabic, written down by a person")).to_be_visible()
    with room.transaction() as session:
        found = replace(SNOW, evidence="نادية", reason="A name.", box=(0, 0, 800, 600))
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.record_screening(session, claim, Screening((found,), None, Lane.DESK, ()))
    expect(page.locator(".flag-list")).to_contain_text("A name.")
    expect(page.locator("[data-again]")).to_have_count(0)
    expect(page.locator(".places .look")).to_have_count(0)
    assert as_it_is(room, card).stage is Stage.WAITING


def test_a_card_that_reading_gave_up_on_says_where_its_paper_is_and_is_read_once_more(
    site: Site, room: Database
) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray)
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.give_up(session, claim, "It could not be read.")
    page = site.at_desk("mira")
    expect(page.locator(".no-picture")).to_contain_text(f"Its paper is in tray {tray.code} at position 1.")
    page.click("text=Read it once more")
    expect(page.locator("[data-again]")).to_have_text("Being read once more…")


def test_a_flag_without_a_place_shows_its_side_which_is_then_written_down(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    flag = replace(SNOW, label=Label.UNREADABLE, evidence="", box=None, side=1)
    unread_card(room, vault, pictures, flag)
    page = site.at_desk("mira")
    expect(page.locator("[data-show][aria-pressed=true]")).to_have_text("Front")
    page.locator(".flag-list .what").click()
    expect(page.locator("[data-show][aria-pressed=true]")).to_contain_text("Back")
    page.keyboard.press("t")
    expect(page.get_by_label("What does the back say?")).to_be_focused()


def test_what_is_typed_and_not_sent_outlives_what_else_is_sent(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = unread_card(room, vault, pictures)
    page = site.at_desk("mira")
    page.keyboard.press("t")
    page.fill("#text-2", "Мы с тобой")
    page.select_option("#language-2", "rus")
    page.fill("#text-1", "Дорогая Надя")
    page.locator("[data-writes='0'] button").click()
    expect(page.get_by_text("written down by a person")).to_be_visible()
    expect(page.locator("#text-2")).to_be_visible()
    expect(page.locator("#text-2")).to_have_value("Мы с тобой")
    expect(page.locator("#language-2")).to_have_value("rus")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    expect(page.locator("#text-2")).to_have_value("Мы с тобой")
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.keyboard.press("a")
    assert asked == ["What you typed was not sent. Go on without it?"]
    assert as_it_is(room, card).stage is Stage.WAITING
    page.keyboard.press("t")
    page.locator("[data-writes='1'] button").click()
    expect(page.get_by_text("written down by a person")).to_have_count(2)


def test_what_was_typed_stays_beside_the_reason_why_it_was_refused(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = unread_card(room, vault, pictures)
    page = site.at_desk("mira")
    page.keyboard.press("t")
    page.fill("#text-1", "Дорогая Надя")
    with room.transaction() as session:
        noor = people.person_named(session, "noor")
        session.get_one(Card, card.id).claimed_by = noor.id
    page.locator("[data-writes='0'] button").click()
    expect(page.locator("[data-writes='0'] [role=alert]")).to_contain_text(f"noor has {card.code} for")
    expect(page.locator("#text-1")).to_have_value("Дорогая Надя")
    with room.transaction() as session:
        session.get_one(Card, card.id).claimed_by = people.person_named(session, "mira").id
    page.context.clear_cookies()
    page.locator("[data-writes='0'] button").click()
    expect(page.locator("[data-writes='0'] [role=alert]")).to_contain_text("You have been signed out.")
    with page.context.expect_page() as opened:
        page.click("text=Sign in in another tab")
    other = opened.value
    other.fill("#name", "mira")
    other.fill("#password", PASSWORD)
    other.click("main button")
    other.wait_for_url("**/")
    page.locator("[data-writes='0'] button").click()
    expect(page.get_by_text("written down by a person")).to_be_visible()
    # Chromium notes every answer that refuses.
    site.expected.append("Failed to load resource")


def test_a_check_that_takes_long_says_so(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card = unread_card(room, vault, pictures)
    with room.transaction() as session:
        errands.ask(session, ErrandKind.SCREEN, session.get_one(Card, card.id))
    page = site.open("mira")
    page.clock.install()
    page.goto("/desk/")
    expect(page.locator("[data-again]")).to_have_attribute("aria-busy", "true")
    for _ in range(40):
        with page.expect_response(f"**/desk/{card.tray.code}/1") as answer:
            page.clock.run_for(1500)
        answer.value.finished()
        page.wait_for_function("() => true")
    page.clock.run_for(3000)
    expect(page.locator("[data-again]")).to_contain_text("This takes longer than usual")
    expect(page.locator("[data-again]")).not_to_have_attribute("aria-busy", "true")


def test_a_page_that_looks_again_by_itself_keeps_what_is_typed_after_the_sign_in_has_ended(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = unread_card(room, vault, pictures)
    with room.transaction() as session:
        errands.ask(session, ErrandKind.SCREEN, session.get_one(Card, card.id))
    page = site.open("mira")
    page.clock.install()
    page.goto("/desk/")
    page.keyboard.press("t")
    page.fill("#text-1", "Дорогая Надя")
    page.keyboard.press("Escape")
    page.context.clear_cookies()
    for _ in range(3):
        page.clock.run_for(1500)
        page.evaluate("fetch('/people/me').then((answer) => answer.text()).then(() => null)")
    expect(page.locator("#text-1")).to_have_value("Дорогая Надя")


def test_words_that_a_flag_takes_from_the_text_are_not_taken_for_typed(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    page.locator(".message p").first.dblclick(position={"x": 50, "y": 12})
    page.keyboard.press("f")
    expect(page.locator("#evidence")).not_to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("h1")).to_have_text("The desk is clear")
    assert as_it_is(room, card).stage is Stage.APPROVED
