"""The desk in a real browser, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mailroom.database import Database
from mailroom.finding import Label
from mailroom.reading import Content, Line, Word
from mailroom.records import FlagState, Stage
from mailroom.vault import Vault
from tests.pages.conftest import Site
from tests.pages.desk_cards import BOX, SNOW, as_it_is, card_at_desk, is_shown

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror=alert(1)> \u202e{{ 7*7 }}</script><script>document.title="owned"</script>'


def test_a_line_that_was_not_read_is_told_in_its_place(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card_at_desk(room, vault, pictures, unread=(Line("", 0.0, (10, 300, 700, 340)),))
    page = site.open("mira")
    page.goto(f"{site.address}/desk/")
    expect(page.locator(".message p")).to_have_text(
        ["the snow fell", "A line stands here that was not read: look at the picture."]
    )


def test_a_side_that_could_not_be_read_says_so_once(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    places = tuple(Line("", 0.0, (10, top, 700, top + 40)) for top in (100, 200, 300))
    card_at_desk(room, vault, pictures, text="", content=Content.UNREADABLE, unread=places)
    page = site.open("mira")
    page.goto(f"{site.address}/desk/")
    expect(page.get_by_text("writing that could not be read: look at the picture")).to_have_count(1)
    expect(page.locator(".message")).to_have_count(0)


def test_every_decision_has_its_key(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    first = card_at_desk(room, vault, pictures)
    second = card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    page.keyboard.press("1")
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    page.keyboard.press("1")
    expect(page.locator(".flag-list .dismissed")).to_have_count(0)

    page.locator(".message p").first.dblclick(position={"x": 50, "y": 12})
    chosen = page.evaluate("document.getSelection().toString().trim()")
    page.keyboard.press("f")
    expect(page.locator("#evidence")).to_have_value(chosen)
    page.select_option("#label", "money")
    page.fill("#flag-reason", "A banknote")
    page.keyboard.press("Enter")
    expect(page.locator(".flag-list > li")).to_have_count(2)

    page.keyboard.press("c")
    page.select_option("#new-case", label="The Oak family")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card-head")).to_contain_text("The Oak family")

    page.keyboard.press("h")
    page.fill("#question", "Who is Ana?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_shown(page, second)
    assert as_it_is(room, first).stage is Stage.HELD
    page.keyboard.press("u")
    is_shown(page, first)
    assert as_it_is(room, first).stage is Stage.WAITING
    page.keyboard.press("n")
    is_shown(page, second)
    page.keyboard.press("a")
    is_shown(page, first)
    assert as_it_is(room, second).stage is Stage.APPROVED
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_double_click_decides_of_one_card_alone(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    first, second = card_at_desk(room, vault, pictures), card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    box = page.get_by_role("button", name="Approve").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        is_shown(page, second)
    page.keyboard.press("1")
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    assert (as_it_is(room, first).stage, as_it_is(room, second).stage) == (Stage.APPROVED, Stage.WAITING)


def test_a_key_pressed_twice_at_once_decides_of_one_card_alone(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    first, second = card_at_desk(room, vault, pictures), card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    # In one breath, whatever the server takes.
    page.evaluate(
        """async (code) => {
            const press = () => {
                const event = new KeyboardEvent("keydown", { key: "a", bubbles: true, cancelable: true });
                Object.defineProperty(event, "timeStamp", { value: 10_000 });
                document.body.dispatchEvent(event);
            };
            press();
            const shown = () => document.getElementById("desk").dataset.card;
            while (shown() !== code) await new Promise(requestAnimationFrame);
            press();
        }""",
        second.code,
    )
    page.keyboard.press("1")
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    assert (as_it_is(room, first).stage, as_it_is(room, second).stage) == (Stage.APPROVED, Stage.WAITING)


def test_letters_in_a_field_decide_nothing(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    page.keyboard.press("h")
    page.keyboard.type("a rather unhappy question")
    expect(page.locator("#question")).to_have_value("a rather unhappy question")
    page.keyboard.press("Escape")
    expect(page.locator("#question")).to_be_hidden()
    page.locator("#find").focus()
    page.keyboard.type("ar")
    assert as_it_is(room, card).stage is Stage.WAITING


def test_keys_can_be_turned_off(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card = card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("1")
    page.locator("#desk .flag-list button").click()
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    assert as_it_is(room, card).stage is Stage.WAITING


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_lies_over_the_flagged_place(
    site: Site, room: Database, vault: Vault, pictures: Path, rotation: int
) -> None:
    card_at_desk(room, vault, pictures, rotation=rotation)
    page = site.at_desk("mira")
    picture, box = page.locator(".turned img").bounding_box(), page.locator(".places rect").bounding_box()
    assert picture
    assert box
    across, down = (800, 600) if rotation % 180 == 0 else (600, 800)
    corners = {0: (100, 50), 90: (450, 100), 180: (500, 450), 270: (50, 500)}[rotation]
    scale = picture["width"] / across
    assert picture["height"] / down == pytest.approx(scale, rel=0.02)
    assert box["x"] - picture["x"] == pytest.approx(corners[0] * scale, abs=3)
    assert box["y"] - picture["y"] == pytest.approx(corners[1] * scale, abs=3)


def test_the_scan_is_zoomed_and_turned(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card_at_desk(room, vault, pictures)
    page = site.at_desk("mira")
    paper = page.locator(".paper")
    before = paper.bounding_box()
    page.keyboard.press("+")
    larger = paper.bounding_box()
    page.keyboard.press("0")
    page.keyboard.press("]")
    turned = paper.bounding_box()
    assert before
    assert larger
    assert turned
    assert larger["width"] == pytest.approx(before["width"] * 1.3, rel=0.01)
    assert turned["height"] / turned["width"] == pytest.approx(before["width"] / before["height"], rel=0.01)
    page.keyboard.press("b")
    expect(page.locator(".places")).to_be_hidden()


def test_a_second_reviewer_gets_another_card_and_a_clear_answer(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    first = card_at_desk(room, vault, pictures)
    second = card_at_desk(room, vault, pictures)
    mira, noor = site.open("mira"), site.open("noor")
    mira.goto("/desk/")
    noor.goto("/desk/")
    is_shown(mira, first)
    is_shown(noor, second)
    noor.goto(f"/desk/{first.tray.code}/{first.position}")
    expect(noor.locator("[role=alert]")).to_contain_text(f"mira has {first.code} for")
    noor.keyboard.press("n")
    is_shown(noor, second)


def test_hostile_text_stays_text(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card = card_at_desk(
        room, vault, pictures, text=HOSTILE, finding=replace(SNOW, evidence=HOSTILE, reason=HOSTILE)
    )
    page = site.open("mira")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for address in ("/desk/", f"/cards/{card.tray.code}/{card.position}", f"/trays/{card.tray.code}"):
        page.goto(address)
        page.wait_for_load_state("networkidle" if "trays" not in address else "load")
        assert "owned" not in page.title()
        assert page.locator("main script, main [onerror], main img[src='x']").count() == 0
        assert "\u202e" not in page.content()
    page.goto("/desk/")
    expect(page.locator(".message")).to_contain_text('<script>document.title="owned"</script>')
    expect(page.locator(".message")).to_contain_text("{{ 7*7 }}")
    assert dialogs == []


def test_a_hard_card_is_shown_only_when_asked_for(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = card_at_desk(room, vault, pictures, finding=replace(SNOW, label=Label.VIOLENCE))
    page = site.at_desk("mira")
    blur = "element => getComputedStyle(element).filter"
    assert "blur" in page.locator(".turned img").evaluate(blur)
    assert "blur" in page.locator(".message").evaluate(blur)
    page.keyboard.press("v")
    assert page.locator(".turned img").evaluate(blur) == "none"
    page.click("text=Take a break")
    expect(page.locator("h1")).to_have_text("Enjoy your break")
    assert as_it_is(room, card).claimed_by is None
    assert as_it_is(room, card).flags[0].state is FlagState.OPEN


def test_the_desk_works_without_scripts(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    first, second = card_at_desk(room, vault, pictures), card_at_desk(room, vault, pictures)
    page = site.sign_in("mira", java_script_enabled=False)
    page.goto("/desk/")
    # What only scripts do is not offered.
    expect(page.get_by_role("button", name="Larger")).to_be_hidden()
    expect(page.locator(".actions")).not_to_contain_text("Keys", use_inner_text=True)
    page.click("summary:has-text('Reject')")
    page.check("text=Blank, damaged or not a card")
    page.click("text=Reject this card")
    is_shown(page, second)
    page.click("button:has-text('Approve')")
    expect(page.locator("h1")).to_have_text("The desk is clear")
    assert (as_it_is(room, first).stage, as_it_is(room, second).stage) == (Stage.REJECTED, Stage.APPROVED)


@pytest.mark.parametrize("rotation", [0, 90])
def test_words_in_doubt_show_their_place_and_other_readings_by_keyboard(
    site: Site, room: Database, vault: Vault, pictures: Path, rotation: int
) -> None:
    words = (
        Word("the", 0.95, (100, 50, 150, 150)),
        Word("snow", 0.4, BOX, ("snew", "snow ", "show")),
        Word("fell", 0.95, (300, 50, 400, 150)),
    )
    unread = (Line("", 0.0, (10, 300, 700, 340)),)
    card_at_desk(room, vault, pictures, rotation=rotation, words=words, unread=unread)
    page = site.at_desk("mira")
    expect(page.locator(".places .unread rect")).to_be_visible()
    expect(page.locator(".places .word rect")).to_be_hidden()
    page.locator(".doubts summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".doubts li")).to_have_text(["snow or snew, show"])
    page.keyboard.press("Tab")
    word = page.locator(".places .word rect")
    expect(word).to_be_visible()
    expect(page.locator(".message .doubt")).to_have_class("doubt lit")
    flagged = page.locator(".places .look rect")
    # Their outlines differ in width.
    assert word.bounding_box() == pytest.approx(flagged.bounding_box(), abs=3)
