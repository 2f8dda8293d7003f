"""The whole way in a real browser: a tray is filled, reviewed by keyboard, packed and dispatched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from mailroom import people, trays
from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests.house import PASSWORD, lay, make_reading, make_screening
from tests.pages import sample_room
from tests.pages.conftest import Site

pytestmark = pytest.mark.browser

LOOK_MS = 400


def test_from_tray_to_dispatch(
    site: Site, room: Database, settings: Settings, vault: Vault, tmp_path: Path
) -> None:
    scans = _scans(tmp_path, 4)
    tomas = site.sign_in("tomas")
    code = _open_tray(tomas)
    tomas.set_input_files("#file", scans)
    expect(tomas.locator("#upload-state")).to_have_text("All 4 sent.")
    folder = settings.inbox_folder / code
    assert sorted(path.name for path in folder.iterdir()) == [scan.name for scan in scans]

    with room.transaction() as session:
        tray = trays.tray_by_code(session, code)
        for scan in sorted(folder.iterdir()):
            sample_room.take(session, vault, tray, scan, reading=make_reading(), screening=make_screening())
    expect(tomas.locator(".card")).to_have_count(4)
    expect(tomas.locator(".plan p")).to_contain_text("All 4 cards are read.")

    mira = site.sign_in("mira")
    mira.goto("/desk/")
    for position, key in ((1, "a"), (2, "a"), (3, "r")):
        expect(mira.locator("#desk")).to_have_attribute("data-card", f"{code}/{position:03d}")
        # Nobody decides of a card at once; a key pressed twice is taken for one.
        mira.wait_for_timeout(LOOK_MS)
        mira.keyboard.press(key)
    mira.keyboard.press("2")
    mira.keyboard.press("Enter")
    expect(mira.locator("#desk")).to_have_attribute("data-card", f"{code}/004")
    mira.keyboard.press("a")
    expect(mira.locator("h1")).to_have_text("The desk is clear")

    lena = site.sign_in("lena")
    lena.goto("/parcels/")
    lena.click("tbody a")
    for left in (2, 1, 0):
        lena.locator(".pull button.main").first.click()
        expect(lena.locator(".pull button.main")).to_have_count(left)
    lena.fill("#grams", "600")
    lena.click("text=Seal the parcel")
    expect(lena.locator("[role=alert]")).to_contain_text("weighs 600 g")
    lena.fill("#grams", "90")
    lena.click("text=Seal the parcel")
    lena.fill("#handed", "Post office")
    lena.click("button:text-is('Dispatched')")
    expect(lena.locator(".track .now")).to_have_text("on its way")
    lena.click("text=It arrived")
    expect(lena.locator(".track .now")).to_have_text("arrived")

    tomas.reload()
    expect(tomas.locator(".numbers")).to_contain_text("3 dispatched")
    expect(tomas.locator(".numbers")).to_contain_text("1 does not travel")


def test_dropping_files_on_the_page(site: Site, settings: Settings) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    # A person drops nothing before the page stands; a script on a busy machine may.
    page.wait_for_load_state("load")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            for (const name of ["b 10.jpg", "b 2.jpg"]) data.items.add(new File(["x"], name));
            document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
        }"""
    )
    expect(page.locator("#upload-state")).to_have_text("All 2 sent.")
    assert page.locator(".sending .name").all_inner_texts() == ["b 2.jpg", "b 10.jpg"]
    assert len(list((settings.inbox_folder / code).iterdir())) == 2


def test_chosen_files_are_sent_in_the_order_of_their_names(site: Site) -> None:
    page = site.open("tomas")
    _open_tray(page)
    chosen = [{"name": name, "mimeType": "image/jpeg", "buffer": b"x"} for name in ("b 10.jpg", "b 2.jpg")]
    page.set_input_files("#file", chosen)  # type: ignore[arg-type]
    expect(page.locator("#upload-state")).to_have_text("All 2 sent.")
    assert page.locator(".sending .name").all_inner_texts() == ["b 2.jpg", "b 10.jpg"]


def test_files_chosen_before_the_script_is_here_are_sent(site: Site, tmp_path: Path) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    page.route("**/upload.js*", hold)
    page.goto(f"/trays/{code}", wait_until="commit")
    page.set_input_files("#file", _scans(tmp_path, 2))
    expect(page.locator("#upload-state")).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#upload-state")).to_have_text("All 2 sent.")


def test_a_refused_upload_says_why(site: Site, room: Database, settings: Settings) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    settings.inbox_folder.mkdir(parents=True)
    (settings.inbox_folder / code).write_text("in the way")
    page.set_input_files("#file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x"})
    expect(page.locator(".sending .state")).to_contain_text("could not be stored")
    expect(page.locator("#upload-stuck")).to_contain_text("a.jpg was not sent.")
    page.click("text=Leave it out")
    expect(page.locator("#upload-state")).to_have_text("0 sent, 1 left out.")
    expect(page.locator("#upload-stuck")).to_be_hidden()


def test_a_broken_connection_holds_up_what_is_behind_it(
    site: Site, room: Database, settings: Settings, tmp_path: Path
) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    scans = _scans(tmp_path, 3)
    page.set_input_files("#file", scans[:1])
    expect(page.locator("#upload-state")).to_have_text("Sent.")
    page.route("**/files", lambda route: route.abort())
    page.set_input_files("#file", scans[1:])
    expect(page.locator("#upload-stuck")).to_contain_text("scan_02.jpg was not sent. The connection broke.")
    expect(page.locator(".sending .state").last).to_have_text("waits")
    expect(page.locator("#upload-state")).to_have_text("0 of 2 sent")
    page.unroute("**/files")
    page.click("text=Try it again")
    expect(page.locator("#upload-state")).to_have_text("All 2 sent.")
    names = sorted(path.name for path in (settings.inbox_folder / code).iterdir())
    assert names == [scan.name for scan in scans]
    site.expected.append("ERR_FAILED")


def test_a_tray_fills_while_you_watch(site: Site, room: Database, vault: Vault, tmp_path: Path) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    first, second = _scans(tmp_path, 2)
    for number, scan in enumerate((first, second), start=1):
        with room.transaction() as session:
            tray = trays.tray_by_code(session, code)
            sample_room.take(session, vault, tray, scan, reading=make_reading(), screening=make_screening())
        expect(page.locator(".card")).to_have_count(number)
    picture = page.locator(".card img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_files_with_trouble_are_settled_by_keyboard_while_the_tray_fills(
    site: Site, room: Database, vault: Vault, tmp_path: Path
) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    with room.transaction() as session:
        tray = trays.tray_by_code(session, code)
        lay(session, tray, content="same")
        lay(session, tray, content="same")
    aside = page.get_by_role("button", name="Put aside")
    aside.focus()
    with room.transaction() as session:
        lay(session, trays.tray_by_code(session, code))
    expect(page.locator(".card")).to_have_count(2)
    expect(aside).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".troubles")).to_have_count(0)


def test_a_tray_says_that_its_visitor_was_signed_out(site: Site, room: Database, tmp_path: Path) -> None:
    page = site.open("tomas")
    code = _open_tray(page)
    with room.transaction() as session:
        for active in (False, True):
            people.set_active(session, people.person_named(session, "tomas"), active, actor="cora")
    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#live .empty")).to_have_text("This page fills by itself while scans come in.")
    expect(page.locator("#live form")).to_have_count(0)
    page.set_input_files("#file", _scans(tmp_path, 1))
    told = page.locator(".sending .state")
    expect(told).to_have_text("You have been signed out. What you sent was not kept.")
    assert told.evaluate("part => part.scrollWidth <= part.clientWidth")
    with page.expect_popup() as opened:
        page.click("text=Sign in in another tab")
    other = opened.value
    other.fill("#name", "tomas")
    other.fill("#password", PASSWORD)
    other.click("main button")
    other.wait_for_url("**/")
    page.click("text=Try it again")
    expect(page.locator("#upload-state")).to_have_text("Sent.")
    expect(page.locator("h1")).to_have_text(code)
    expect(page.locator("#signed-out")).to_be_hidden()
    site.expected.append("401")


def _open_tray(page: Page) -> str:
    page.goto("/trays/new")
    page.select_option("#case", label="Nadia K.")
    page.click("main button:text-is('Open the tray')")
    heading = page.locator("h1").inner_text()
    assert re.fullmatch(r"T-\w{6}", heading)
    return heading


def _scans(folder: Path, count: int) -> list[Path]:
    scans = []
    for number in range(1, count + 1):
        path = folder / f"scan_{number:02d}.jpg"
        Image.new("RGB", (800, 600), (40 * number, 220, 240)).save(path)
        scans.append(path)
    return scans
