"""The desk in a real browser, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, expect
from sqlalchemy import select

from mailroom import errands, people, readings
from mailroom.database import Database
from mailroom.finding import Finding, Label, Lane, Screening, Severity
from mailroom.reading import Content, Line, Reading, Word
from mailroom.records import Card, ErrandKind, FlagState, Stage
from mailroom.vault import Vault
from tests.house import PASSWORD, lay, make_tray
from tests.pages import sample_room
from tests.pages.conftest import Site

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror=alert(1)> \u202e{{ 7*7 }}</script><script>document.title="owned"</script>'


BOX = (100, 50, 300, 150)
SNOW = Finding(Label.FESTIVAL, "test", Severity.LOOK, "snow", "A reason.", BOX)


def _card(
    room: Database,
    vault: Vault,
    folder: Path,
    *,
    text: str = "the snow fell",
    finding: Finding = SNOW,
    rotation: int = 0,
    content: Content = Content.TEXT,
    unread: tuple[Line, ...] = (),
    words: tuple[Word, ...] = (),
) -> Card:
    """A card of 800 by 600 in a tray of its own that says ``text``, with one flag."""
    lines = (Line(text, 0.95, BOX, words), *unread) if text else unread
    reading = Reading(text, 0.95, "eng", "Latn", rotation, True, content, "test", lines)
    number = len(list(folder.iterdir()))
    path = folder / f"{number}.png"
    Image.new("RGB", (800, 600), (240, 40 * number, 200)).save(path)
    with room.transaction() as session:
        screening = Screening((finding,), None, Lane.DESK, ())
        sample_room.take(session, vault, make_tray(session), path, reading=reading, screening=screening)
        card = session.scalars(select(Card).order_by(Card.id.desc())).first()
    assert card
    return card


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


def _now(room: Database, card: Card) -> Card:
    with room.reading() as session:
        fresh = session.get_one(Card, card.id)
        _ = fresh.flags, fresh.case
        return fresh


def _at(page: Page, card: Card) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-card", card.code)


def test_a_line_that_was_not_read_is_told_in_its_place(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    _card(room, vault, pictures, unread=(Line("", 0.0, (10, 300, 700, 340)),))
    page = site.open("mira")
    page.goto(f"{site.address}/desk/")
    expect(page.locator(".message p")).to_have_text(
        ["the snow fell", "A line stands here that was not read: look at the picture."]
    )


def test_a_side_that_could_not_be_read_says_so_once(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    places = tuple(Line("", 0.0, (10, top, 700, top + 40)) for top in (100, 200, 300))
    _card(room, vault, pictures, text="", content=Content.UNREADABLE, unread=places)
    page = site.open("mira")
    page.goto(f"{site.address}/desk/")
    expect(page.get_by_text("writing that could not be read: look at the picture")).to_have_count(1)
    expect(page.locator(".message")).to_have_count(0)


def test_every_decision_has_its_key(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    first = _card(room, vault, pictures)
    second = _card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
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
    _at(page, second)
    assert _now(room, first).stage is Stage.HELD
    page.keyboard.press("u")
    _at(page, first)
    assert _now(room, first).stage is Stage.WAITING
    page.keyboard.press("n")
    _at(page, second)
    page.keyboard.press("a")
    _at(page, first)
    assert _now(room, second).stage is Stage.APPROVED
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_letters_in_a_field_decide_nothing(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = _card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
    page.keyboard.press("h")
    page.keyboard.type("a rather unhappy question")
    expect(page.locator("#question")).to_have_value("a rather unhappy question")
    page.keyboard.press("Escape")
    expect(page.locator("#question")).to_be_hidden()
    page.locator("#find").focus()
    page.keyboard.type("ar")
    assert _now(room, card).stage is Stage.WAITING


def test_keys_can_be_turned_off(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card = _card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("1")
    page.locator("#desk .flag-list button").click()
    expect(page.locator(".flag-list .dismissed")).to_have_count(1)
    assert _now(room, card).stage is Stage.WAITING


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_lies_over_the_flagged_place(
    site: Site, room: Database, vault: Vault, pictures: Path, rotation: int
) -> None:
    _card(room, vault, pictures, rotation=rotation)
    page = site.open("mira")
    page.goto("/desk/")
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
    _card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
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
    first = _card(room, vault, pictures)
    second = _card(room, vault, pictures)
    mira, noor = site.open("mira"), site.open("noor")
    mira.goto("/desk/")
    noor.goto("/desk/")
    _at(mira, first)
    _at(noor, second)
    noor.goto(f"/desk/{first.tray.code}/{first.position}")
    expect(noor.locator("[role=alert]")).to_contain_text(f"mira has {first.code} until")
    noor.keyboard.press("n")
    _at(noor, second)


def test_hostile_text_stays_text(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card = _card(
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
    card = _card(room, vault, pictures, finding=replace(SNOW, label=Label.VIOLENCE))
    page = site.open("mira")
    page.goto("/desk/")
    blur = "element => getComputedStyle(element).filter"
    assert "blur" in page.locator(".turned img").evaluate(blur)
    assert "blur" in page.locator(".message").evaluate(blur)
    page.keyboard.press("v")
    assert page.locator(".turned img").evaluate(blur) == "none"
    page.click("text=Take a break")
    expect(page.locator("h1")).to_have_text("Enjoy your break")
    assert _now(room, card).claimed_by is None
    assert _now(room, card).flags[0].state is FlagState.OPEN


def test_the_desk_works_without_scripts(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    first, second = _card(room, vault, pictures), _card(room, vault, pictures)
    page = site.open("mira", java_script_enabled=False)
    page.goto("/desk/")
    page.click("summary:has-text('Reject')")
    page.check("text=Blank, damaged or not a card")
    page.click("text=Reject this card")
    _at(page, second)
    page.click("button:has-text('Approve')")
    expect(page.locator("h1")).to_have_text("The desk is clear")
    assert (_now(room, first).stage, _now(room, second).stage) == (Stage.REJECTED, Stage.APPROVED)


def test_unread_writing_is_written_down_by_keyboard_and_checked(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    places = (Line("", 0.0, (10, 100, 700, 140)),)
    card = _card(room, vault, pictures, text="", content=Content.UNREADABLE, unread=places)
    page = site.open("mira")
    page.goto("/desk/")
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
    assert _now(room, card).stage is Stage.WAITING


def test_a_card_that_reading_gave_up_on_says_where_its_paper_is_and_is_read_once_more(
    site: Site, room: Database
) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray)
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.give_up(session, claim, "It could not be read.")
    page = site.open("mira")
    page.goto("/desk/")
    expect(page.locator(".no-picture")).to_contain_text(f"Its paper is in tray {tray.code} at position 1.")
    page.click("text=Read it once more")
    expect(page.locator("[data-again]")).to_have_text("Being read once more…")


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
    _card(room, vault, pictures, rotation=rotation, words=words, unread=unread)
    page = site.open("mira")
    page.goto("/desk/")
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


def test_a_flag_without_a_place_shows_its_side_which_is_then_written_down(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    reading = Reading("", 0.0, None, "Cyrl", 0, True, Content.UNREADABLE, "test")
    flag = replace(SNOW, label=Label.UNREADABLE, evidence="", box=None, side=1)
    with room.transaction() as session:
        tray = make_tray(session, duplex=True)
        for number in range(2):
            path = pictures / f"{number}.png"
            Image.new("RGB", (800, 600), (240, 40 * number, 200)).save(path)
            screening = Screening((flag,), None, Lane.DESK, ())
            sample_room.take(session, vault, tray, path, reading=reading, screening=screening)
    page = site.open("mira")
    page.goto("/desk/")
    expect(page.locator("[data-show][aria-pressed=true]")).to_have_text("Front")
    page.locator(".flag-list .what").click()
    expect(page.locator("[data-show][aria-pressed=true]")).to_contain_text("Back")
    page.keyboard.press("t")
    expect(page.get_by_label("What does the back say?")).to_be_focused()


def _unread_card(room: Database, vault: Vault, pictures: Path) -> Card:
    """A card of two sides that nobody has read."""
    reading = Reading("", 0.0, None, "Cyrl", 0, True, Content.UNREADABLE, "test")
    with room.transaction() as session:
        tray = make_tray(session, duplex=True)
        for number in range(2):
            path = pictures / f"{number}.png"
            Image.new("RGB", (800, 600), (240, 40 * number, 200)).save(path)
            screening = Screening((SNOW,), None, Lane.DESK, ())
            sample_room.take(session, vault, tray, path, reading=reading, screening=screening)
    with room.reading() as session:
        return session.scalars(select(Card)).one()


def test_what_is_typed_and_not_sent_outlives_what_else_is_sent(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = _unread_card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
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
    assert _now(room, card).stage is Stage.WAITING
    page.keyboard.press("t")
    page.locator("[data-writes='1'] button").click()
    expect(page.get_by_text("written down by a person")).to_have_count(2)


def test_what_was_typed_stays_beside_the_reason_why_it_was_refused(
    site: Site, room: Database, vault: Vault, pictures: Path
) -> None:
    card = _unread_card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
    page.keyboard.press("t")
    page.fill("#text-1", "Дорогая Надя")
    with room.transaction() as session:
        noor = people.person_named(session, "noor")
        session.get_one(Card, card.id).claimed_by = noor.id
    page.locator("[data-writes='0'] button").click()
    expect(page.locator("[data-writes='0'] [role=alert]")).to_contain_text(f"noor has {card.code} until")
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
    site.faults[:] = [fault for fault in site.faults if "Failed to load resource" not in fault]


def test_a_check_that_takes_long_says_so(site: Site, room: Database, vault: Vault, pictures: Path) -> None:
    card = _unread_card(room, vault, pictures)
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
    card = _unread_card(room, vault, pictures)
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
    card = _card(room, vault, pictures)
    page = site.open("mira")
    page.goto("/desk/")
    page.locator(".message p").first.dblclick(position={"x": 50, "y": 12})
    page.keyboard.press("f")
    expect(page.locator("#evidence")).not_to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("h1")).to_have_text("The desk is clear")
    assert _now(room, card).stage is Stage.APPROVED
