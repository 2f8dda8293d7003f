"""The glance: a sheet of cards settled in one go."""

from __future__ import annotations

from collections.abc import Callable

from mailroom.database import Database
from mailroom.finding import DIAL_OFF, Lane
from mailroom.records import Card, Stage
from tests.house import make_cards
from tests.pages.conftest import Visit


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
