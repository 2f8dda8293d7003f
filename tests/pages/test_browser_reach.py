"""Every page can be reached and read: at 200% zoom, on a narrow screen, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from mailroom import campaign_store, trays
from mailroom.campaigns import parse_campaign
from mailroom.database import Database
from mailroom.finding import Label, Lane
from mailroom.records import Stage
from mailroom.vault import Vault
from tests.house import CAMPAIGN, cards_of, finding, lay, make_cards, make_screening, make_tray, read
from tests.pages import sample_room
from tests.pages.conftest import Site
from tests.pages.parcels import make_parcel

pytestmark = pytest.mark.browser

WIDE: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 360, "height": 740}
# What a screen of 1,440 by 900 has at 200%.
ZOOMED: ViewportSize = {"width": 720, "height": 450}

# Text stands out from its ground by 4.5 at the least (WCAG 2, level AA).
CONTRAST = """() => {
    const number = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b]
        .map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = number(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] > 0.99) return colour;
        }
        return [255, 255, 255];
    };
    const faint = [];
    for (const element of document.querySelectorAll("main *, header *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        const style = getComputedStyle(element);
        if (!own || !element.checkVisibility() || element.disabled) continue;
        const [a, b] = [light(number(style.color)), light(ground(element))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${element.outerHTML.slice(0, 120)}`);
    }
    return faint;
}"""

NAMELESS = """() => {
    const controls = "button, a, input:not([type=hidden]), select, textarea, img, [role=region]";
    const named = (e) => (e.matches("img")
        ? e.hasAttribute("alt")
        : e.ariaLabel || e.textContent.trim() || e.labels?.length || e.getAttribute("aria-labelledby"));
    return [...document.querySelectorAll(controls)]
        .filter((e) => e.checkVisibility() && !named(e)).map((e) => e.outerHTML.slice(0, 120));
}"""

# Hints that are read out with no field, and tool bars, in which a person would expect arrow keys to work.
UNTIED = """() => [...document.querySelectorAll(".hint, [role=toolbar]")]
    .filter((e) => !e.id || !document.querySelector(`[aria-describedby="${e.id}"]`))
    .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def pages(room: Database, vault: Vault) -> list[str]:
    """The addresses of every kind of page, over a room with the sample tray in it."""
    with room.transaction() as session:
        sample_room.fill(session, vault, ("nadia-01",), 8)
        cards = make_cards(session, 3)
        parcel = make_parcel(session, cards[:2])
        make_cards(session, 1, Lane.SECOND_LOOK)
        place = f"{cards[2].tray.code}/{cards[2].position}"
        assert cards[0].stage is Stage.APPROVED
    return [
        "/",
        "/trays/",
        "/trays/new",
        f"/trays/{cards[0].tray.code}",
        "/desk/",
        f"/desk/{place}",
        f"/cards/{place}",
        "/desk/languages",
        "/desk/break",
        "/glance/",
        "/held/",
        "/parcels/",
        f"/parcels/{parcel}",
        "/cases/",
        "/cases/nadia-k",
        "/people/",
        "/people/me",
        "/trust/",
        "/trust/rules",
        "/ledger/",
        "/find?code=nothing",
    ]


def test_a_long_link_on_a_card_does_not_widen_the_desk(site: Site, room: Database) -> None:
    with room.transaction() as session:
        tray = make_tray(session, "nadia-k")
        lay(session, tray)
        (card,) = cards_of(session, tray)
        link = finding(evidence="https://example.org/a-name-that-nobody-would-want-to-type-by-hand")
        read(session, card, make_screening(Lane.DESK, link))
    page = site.open("cora", viewport=NARROW)
    _go(site, page, "/desk/")
    expect(page.get_by_text(link.evidence)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_a_long_name_does_not_widen_a_page(site: Site, room: Database, size: ViewportSize) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
    names = {
        "Winter 2026": long,
        "Nadia K.": f"{long}-{long}",
        "nadia-k": "long",
        "freedom": long,
        "the-oaks": "o",
    }
    text = CAMPAIGN
    for name, other in names.items():
        text = text.replace(name, other)
    with room.transaction() as session:
        campaign_store.load(session, parse_campaign(text), actor="test")
        case = campaign_store.case_of_slug(session, "long")
        tray = trays.open_tray(session, actor="test", case=case, note=long * 3)
        lay(session, tray)
        read(session, cards_of(session, tray)[0], make_screening(Lane.DESK, finding()))
    paper = f"{tray.code}/1"
    page = site.open("cora", viewport=size)
    for address in (
        "/",
        "/cases/",
        "/cases/long",
        f"/trays/{tray.code}",
        f"/cards/{paper}",
        f"/desk/{paper}",
    ):
        _go(site, page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


@pytest.mark.parametrize(("scheme", "size"), [("light", NARROW), ("dark", ZOOMED)], ids=["light", "dark"])
def test_words_stand_out_controls_have_names_and_no_page_scrolls_sideways(
    site: Site, pages: list[str], scheme: str, size: ViewportSize
) -> None:
    page = site.open("cora", color_scheme=scheme, viewport=size)
    for address in pages:
        _go(site, page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
        page.set_viewport_size(WIDE)
        assert page.evaluate(CONTRAST) == [], address
        assert page.evaluate(NAMELESS) == [], address
        assert page.evaluate(UNTIED) == [], address
        assert page.locator("h1").count() == 1, address
        page.set_viewport_size(size)


def test_ink_is_dark_on_paper_whatever_the_screen_is_like(site: Site, pages: list[str]) -> None:
    page = site.open("cora", color_scheme="dark")
    _go(site, page, "/cases/nadia-k")
    page.emulate_media(media="print")
    assert page.evaluate(CONTRAST) == []
    assert page.locator("h1").evaluate("part => getComputedStyle(part).color") == "rgb(42, 38, 32)"


CUT_OFF = """(parts) => [...document.querySelectorAll(parts)].filter((part) => {
    const within = part.closest(".card, .rooms, body").getBoundingClientRect();
    const { left, right } = part.getBoundingClientRect();
    return left < Math.max(within.left, 0) || right > Math.min(within.right, innerWidth);
}).map((part) => part.textContent)"""


def test_on_a_telephone_no_room_and_no_label_is_cut_off_and_the_scan_can_be_pinched(
    site: Site, pages: list[str], room: Database
) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        for _ in range(2):
            lay(session, tray)
        for card in cards_of(session, tray):
            card.unread_script = "Deva"
            read(session, card, make_screening(Lane.DESK, finding(Label.UNREADABLE)))
    page = site.open("cora", viewport=NARROW, is_mobile=True, has_touch=True)
    _go(site, page, f"/trays/{tray.code}")
    expect(page.locator(".rooms a")).to_have_count(8)
    assert page.evaluate(CUT_OFF, ".rooms a, .card .badge") == []
    _go(site, page, "/desk/")
    assert page.locator(".stage").evaluate("stage => getComputedStyle(stage).touchAction") == "manipulation"


def test_the_actions_of_the_desk_are_in_sight_at_twice_the_size(site: Site, pages: list[str]) -> None:
    page = site.open("cora", viewport=ZOOMED)
    _go(site, page, "/desk/")
    expect(page.locator(".actions")).to_be_in_viewport(ratio=1)
    page.keyboard.press("r")
    expect(page.locator("details[open] > .sheet-up")).to_be_in_viewport(ratio=1)


def test_the_skip_link_comes_first(site: Site, pages: list[str]) -> None:
    page = site.open("cora")
    page.goto("/cases/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_each_stop_of_the_tab_key_can_be_seen(site: Site, pages: list[str]) -> None:
    page = site.open("cora")
    _go(site, page, "/desk/")
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (at === document.body) return null;
                const style = getComputedStyle(at);
                const outlined = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
                return [at.checkVisibility(), outlined];
            }"""
        )
        if seen is None:
            break
        assert seen == [True, True]
        stops += 1
    assert stops > 15


def _go(site: Site, page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer
    assert answer.status == (404 if "nothing" in address else 200), address
    # Some cards of this room have no picture in the vault.
    site.expected.append("404")
