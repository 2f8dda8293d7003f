"""The desk: one card after the other, decided by one person, or by two who know of each other."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from mailroom import desk
from mailroom.database import Database
from mailroom.finding import Label, Lane
from mailroom.records import Card, FlagState, Stage
from tests.house import cards_of, finding, lay, make_cards, make_screening, make_tray, read
from tests.pages.conftest import Visit


def test_decisions_at_the_desk(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 4)
        codes = [card.code for card in cards]
    visitor = visit("mira")
    assert codes[0] in visitor.get("/desk/").get_data(as_text=True)
    visitor.post(f"/desk/{cards[0].id}/approve")
    visitor.get("/desk/")
    visitor.post(f"/desk/{cards[1].id}/reject", {"reason": desk.RejectReason.UNFIT.value})
    visitor.get("/desk/")
    visitor.post(f"/desk/{cards[2].id}/hold", {"question": "Who is Ana?"})
    assert codes[3] in visitor.get("/desk/").get_data(as_text=True)
    with room.reading() as session:
        stages = [session.get_one(Card, card.id).stage for card in cards]
    assert stages == [Stage.APPROVED, Stage.REJECTED, Stage.HELD, Stage.WAITING]
    assert "Who is Ana?" in visitor.get("/held/").get_data(as_text=True)
    visitor.post("/desk/undo")
    with room.reading() as session:
        assert session.get_one(Card, cards[2].id).stage is Stage.WAITING


def test_a_held_card_that_is_hard_to_bear_is_veiled_in_the_list(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        for label in (Label.VIOLENCE, Label.FESTIVAL):
            lay(session, tray)
            read(session, cards_of(session, tray)[-1], make_screening(Lane.DESK, finding(label)))
    visitor = visit("mira")
    for _ in range(2):
        visitor.get("/desk/")
        with room.reading() as session:
            (claimed,) = session.scalars(select(Card.id).where(Card.claimed_by.is_not(None)))
        visitor.post(f"/desk/{claimed}/hold", {"question": "Who is Ana?"})
    page = visitor.get("/held/").get_data(as_text=True)
    assert page.count('class="thumb veiled"') == 1
    assert page.count('class="thumb"') == 1


def test_flags_are_dismissed_taken_back_and_added(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray)
        card = cards_of(session, tray)[0]
        read(session, card, make_screening(Lane.DESK, finding()))
        flag = card.flags[0].id
    visitor = visit("mira")
    visitor.get("/desk/")
    states = []
    for wish in ("dismiss", "reopen"):
        visitor.post(f"/desk/{card.id}/flags/{flag}/{wish}")
        with room.reading() as session:
            states.append(session.get_one(Card, card.id).flags[0].state)
    assert states == [FlagState.DISMISSED, FlagState.OPEN]
    visitor.post(f"/desk/{card.id}/flags", {"label": "money", "reason": "A banknote.", "evidence": "ten"})
    page = visitor.get("/desk/").get_data(as_text=True)
    assert "A banknote." in page


def test_a_card_passed_over_comes_back_only_after_the_others(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 3)
        codes = [card.code for card in cards]
    visitor = visit("mira")
    seen = []
    for card in [*cards, cards[0]]:
        page = visitor.get("/desk/").get_data(as_text=True)
        seen.append(next(code for code in codes if f'data-card="{code}"' in page))
        visitor.post(f"/desk/{card.id}/let-go/next")
    assert seen == [*codes, codes[0]]


def test_two_people_are_told_of_each_other(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1, Lane.SECOND_LOOK)[0]
    mira, noor = visit("mira"), visit("noor")
    assert "You are the first" in mira.get("/desk/").get_data(as_text=True)
    mira.post(f"/desk/{card.id}/approve")
    assert "mira has agreed" in noor.get("/desk/").get_data(as_text=True)
    noor.post(f"/desk/{card.id}/approve")
    with room.reading() as session:
        assert session.get_one(Card, card.id).stage is Stage.APPROVED


def test_a_card_that_somebody_has_is_refused_with_name_and_time(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        place = f"/desk/{card.tray.code}/{card.position}"
    visit("mira").get(place)
    noor = visit("noor")
    answer = noor.get(place)
    assert answer.status_code == 409
    assert f"mira has {card.code} for" in answer.get_data(as_text=True)
    assert noor.post(f"/desk/{card.id}/approve").status_code == 409
