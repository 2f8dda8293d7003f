"""The glance: a sheet of cards settled in one go."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from mailroom import parcels, people
from mailroom.database import Database
from mailroom.finding import DIAL_OFF, Lane
from mailroom.records import Card, Stage
from tests.house import make_cards
from tests.pages.conftest import Site, Visit


def test_a_sheet_is_settled_in_one_go(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 5, Lane.GLANCE)
    visitor = visit("mira")
    assert visitor.get("/glance/").get_data(as_text=True).count('name="shown"') == 5
    visitor.post("/glance/", {"shown": [c.id for c in cards], "to_desk": [cards[1].id]})
    with room.reading() as session:
        stages = [session.get_one(Card, card.id).stage for card in cards]
    assert stages == [Stage.APPROVED, Stage.WAITING, *[Stage.APPROVED] * 3]


def test_a_sheet_says_why_a_card_wants_more_than_a_glance(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        plain, doubtful = make_cards(session, 2, Lane.GLANCE)
        plain.lane_reasons = [DIAL_OFF]
        doubtful.lane_reasons = ["Some words are close to words of interest: money.", DIAL_OFF]
    page = visit("mira").get("/glance/").get_data(as_text=True)
    assert page.count('class="doubts"') == 1
    assert "Some words are close to words of interest: money." in page
    assert DIAL_OFF not in page


def test_a_sheet_is_undone_and_says_what_cannot_be(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 5, Lane.GLANCE)
    mira = visit("mira")
    assert "Undo" not in mira.get("/glance/").get_data(as_text=True)
    mira.post("/glance/", {"shown": [c.id for c in cards], "to_desk": [cards[1].id]})
    with room.transaction() as session:
        packed = session.get_one(Card, cards[0].id)
        parcels.pack(session, people.person_named(session, "lena"), packed)
    assert "Undo my last sheet" in mira.get("/glance/").get_data(as_text=True)
    answer = mira.post("/glance/undo")
    assert answer.status_code == 303
    page = mira.get(answer.headers["Location"]).get_data(as_text=True)
    assert "4 cards of your last sheet stand here again." in page
    assert f"1 card can no longer be undone. {cards[0].code}: packed in parcel P-" in page
    assert page.count('name="shown"') == 4
    assert page.count(" checked") == 1
    assert f'value="{cards[1].id}" checked' in page


def test_where_nothing_can_be_undone_the_sheet_stays_and_says_so(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        make_cards(session, 3, Lane.GLANCE)
    mira = visit("mira")
    mira.get("/glance/")
    answer = mira.post("/glance/undo")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "You have settled no sheet" in page
    assert page.count('name="shown"') == 3


def test_a_refused_sheet_keeps_its_marks(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 3, Lane.GLANCE)
    mira, noor = visit("mira"), visit("noor")
    mira.get("/glance/")
    with room.transaction() as session:
        lost = session.get_one(Card, cards[0].id)
        lost.claimed_by = people.person_named(session, "noor").id
    sent: dict[str, object] = {"shown": [c.id for c in cards], "to_desk": [cards[2].id]}
    answer = mira.post("/glance/", sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"noor has {cards[0].code}" in page
    assert f'value="{cards[2].id}" checked' in page
    assert noor.get("/glance/").get_data(as_text=True).count('name="shown"') == 1


def _press(page: Page, key: str, moment: float) -> None:
    """Press a key at a moment by the clock of all pages, however busy the machine is."""
    page.evaluate(
        """([key, moment]) => {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            Object.defineProperty(event, "timeStamp", { value: moment - performance.timeOrigin });
            document.body.dispatchEvent(event);
        }""",
        [key, moment],
    )


def _in_stage(room: Database, stage: Stage) -> int:
    with room.reading() as session:
        return session.scalar(select(func.count()).where(Card.stage == stage)) or 0


def test_a_key_pressed_twice_at_once_settles_one_sheet_and_u_brings_it_back(
    site: Site, room: Database
) -> None:
    with room.transaction() as session:
        make_cards(session, 20, Lane.GLANCE)
    page = site.open("mira")
    page.goto("/glance/")
    page.keyboard.press("2")
    moment = page.evaluate("Date.now()") + 60_000
    _press(page, "a", moment)
    expect(page.locator(".notices")).to_have_text("11 approved, 1 sent to the desk.")
    expect(page.locator(".glance-card")).to_have_count(8)
    # Until its scripts are there the next sheet hears no key.
    page.wait_for_load_state("load")
    _press(page, "a", moment + 100)
    # Unlike a key it is counted however late the scripts come.
    page.locator("[name=to_desk]").nth(2).check()
    expect(page.locator("#glance-count")).to_have_text("7 will be approved, 1 goes to the desk")
    assert _in_stage(room, Stage.APPROVED) == 11
    page.once("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("u")
    expect(page.locator(".notices")).to_have_text("12 cards of your last sheet stand here again.")
    expect(page.locator(".glance-card")).to_have_count(12)
    expect(page.locator("#glance-count")).to_have_text("11 will be approved, 1 goes to the desk")
    assert _in_stage(room, Stage.APPROVED) == 0
    # These cards have no picture in the vault.
    site.expected.append("404")
