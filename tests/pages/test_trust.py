"""The coordinator's pages about trust, and what a campaign file would have screened anew."""

from __future__ import annotations

import io
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from mailroom import claims, desk, housekeeping, people, rechecks, rescreening
from mailroom.database import Database
from mailroom.finding import DIAL_OFF, Lane, Screening
from mailroom.records import Campaign, Card, Stage
from tests.house import CAMPAIGN, cards_of, finding, lay, make_cards, make_screening, make_tray, read
from tests.pages.conftest import Site, Visit

FIT = Screening((), None, Lane.GLANCE, (DIAL_OFF,))


def recheck(session: Session, count: int, rejected: int = 0) -> None:
    """Have that many cards drawn from the clear lane and settled at the desk."""
    campaign = session.scalars(select(Campaign)).one()
    campaign.recheck_share = 1.0
    session.flush()
    mira = people.person_named(session, "mira")
    tray = make_tray(session)
    for _ in range(count):
        lay(session, tray)
    for number, card in enumerate(cards_of(session, tray)):
        read(session, card, FIT)
        claims.claim(session, mira, card.id, 60)
        if number < rejected:
            desk.reject(session, mira, card, desk.RejectReason.UNSAFE)
        else:
            desk.approve(session, mira, card)
    campaign.recheck_share = 0.1


def _yaml(text: str) -> FileStorage:
    return FileStorage(io.BytesIO(text.encode()), "campaign.yaml")


def test_without_rechecks_the_page_says_so_and_the_dial_stays_off(
    visit: Callable[..., Visit], room: Database
) -> None:
    page = visit("cora").get("/trust/").get_data(as_text=True)
    assert "Not enough rechecks yet" in page
    assert "149 rechecks without a miss" in page
    assert visit("cora").post("/trust/1/on").status_code == 409
    with room.reading() as session:
        assert session.get_one(Campaign, 1).clear_allowed is False


def test_only_coordinators_come_in(visit: Callable[..., Visit]) -> None:
    for name in ("mira", "tomas", "lena"):
        assert visit(name).get("/trust/").status_code == 403
        assert visit(name).post("/trust/1/on").status_code == 403


def test_measured_dial_is_turned_on_and_turns_itself_back(
    visit: Callable[..., Visit], room: Database
) -> None:
    cora = visit("cora")
    terms: dict[str, object] = {"confidence": "90", "share": "25", "limit": "20"}
    assert cora.post("/trust/1/terms", terms).status_code == 303
    with room.transaction() as session:
        recheck(session, 14)
    assert "allow the dial to be turned on" in cora.get("/trust/").get_data(as_text=True)
    assert cora.post("/trust/1/on").status_code == 303
    page = cora.get("/trust/").get_data(as_text=True)
    assert "the dial is on" in page
    assert "English" in page
    with room.transaction() as session:
        recheck(session, 1, rejected=1)
    page = cora.get("/trust/").get_data(as_text=True)
    assert "the dial is off" in page
    assert "1 of 15 rechecked cards" in page


def test_terms_that_make_no_sense_are_refused(visit: Callable[..., Visit], room: Database) -> None:
    cora = visit("cora")
    for confidence, share, limit in (
        ("10", "10", "2"),
        ("90", "0", "2"),
        ("90", "10", "90"),
        ("nan", "10", "2"),
        ("90", "1e400", "2"),
        ("90", "10", ""),
    ):
        terms: dict[str, object] = {"confidence": confidence, "share": share, "limit": limit}
        assert cora.post("/trust/1/terms", terms).status_code == 409
    with room.reading() as session:
        campaign = session.get_one(Campaign, 1)
        assert (campaign.clear_confidence, campaign.miss_limit) == (0.9, 0.02)


def test_desk_does_not_tell_a_recheck_from_another_card(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        session.get_one(Campaign, 1).recheck_share = 1.0
        session.flush()
        tray = make_tray(session)
        for _ in range(2):
            lay(session, tray)
        drawn, doubtful = cards_of(session, tray)
        read(session, drawn, FIT)
        read(session, doubtful, make_screening(Lane.DESK))
        session.flush()
        assert rechecks.open_of(session, drawn) is not None
        codes = [drawn.code, doubtful.code]
    mira = visit("mira")
    pages = [mira.get(f"/desk/{code}").get_data(as_text=True) for code in codes]
    assert all("recheck" not in page.lower() and "clear" not in page.lower() for page in pages)
    assert all("Nothing was" not in page and "Here because" not in page for page in pages)
    cards = [mira.get(f"/cards/{code}").get_data(as_text=True).lower() for code in codes]
    assert all("recheck" not in page for page in cards)


def test_page_of_a_card_does_not_tell_who_passed_it_until_it_is_rechecked(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        (card,) = make_cards(session, 1, Lane.GLANCE)
        session.get_one(Campaign, 1).recheck_share = 1.0
    mira, noor = visit("mira"), visit("noor")
    mira.get("/glance/")
    mira.post("/glance/", {"shown": [card.id]})
    page = f"/cards/{card.code}"
    assert "mira" not in noor.get(page).get_data(as_text=True)
    noor.get(f"/desk/{card.code}")
    noor.post(f"/desk/{card.id}/approve")
    assert "mira: approved" in noor.get(page).get_data(as_text=True)


def test_file_that_touches_cards_asks_first(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        make_cards(session, 3)
        approved = make_cards(session, 1)[0]
        mira = people.person_named(session, "mira")
        claims.claim(session, mira, approved.id, 60)
        desk.approve(session, mira, approved)
    cora = visit("cora")
    text = CAMPAIGN.replace("words: [freedom]", "words: [freedom, fight]")
    answer = cora.post("/cases/campaign-file", {"file": _yaml(text)})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "words to look for" in page
    assert '<td class="number" data-name="With people">3</td>' in page
    with room.reading() as session:
        assert rescreening.outstanding(session) == 0
    assert cora.post("/cases/campaign-file", {"text": text, "agreed": "yes"}).status_code == 303
    with room.reading() as session:
        assert rescreening.outstanding(session) == 4
    assert "4 cards are being screened anew" in cora.get("/trust/").get_data(as_text=True)


def test_rules_page_names_the_noisy_ones(visit: Callable[..., Visit], room: Database) -> None:
    cora = visit("cora")
    assert "No rule has fired yet" in cora.get("/trust/rules").get_data(as_text=True)
    with room.transaction() as session:
        mira = people.person_named(session, "mira")
        tray = make_tray(session)
        for _ in range(15):
            lay(session, tray)
        for number, card in enumerate(cards_of(session, tray)):
            good = finding(rule="festival.good", evidence="yule")
            read(session, card, make_screening(Lane.DESK, *([good] if number == 0 else [finding()])))
            claims.claim(session, mira, card.id, 60)
            if number == 0:
                desk.reject(session, mira, card, desk.RejectReason.RULES)
            else:
                desk.approve(session, mira, card)
    page = cora.get("/trust/rules").get_data(as_text=True)
    noisy = page[page.index("Noisy rules") : page.index("Every rule")]
    assert "festival.test" in noisy
    assert "festival.good" not in noisy
    assert "festival.good" in page


def test_the_dial_in_a_browser(site: Site, room: Database) -> None:
    with room.transaction() as session:
        session.get_one(Campaign, 1).miss_limit = 0.2
        session.flush()
        recheck(session, 14)
    page = site.open("cora")
    page.goto("/")
    page.click("text=Trust")
    page.click("main >> text=Turn it on")
    page.wait_for_selector("text=the dial is on")
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray)
        (card,) = cards_of(session, tray)
        session.get_one(Campaign, 1).recheck_share = 0.0
        session.flush()
        read(session, card, Screening((), None, Lane.CLEAR, ("Nothing was found.",)))
        assert card.stage is Stage.APPROVED
    page.click("main >> text=Turn it back")
    page.wait_for_selector("text=the dial is off")
    housekeeping.keep_dials(room)
    with room.reading() as session:
        called_back = session.get_one(Card, card.id)
        assert (called_back.stage, called_back.lane) == (Stage.WAITING, Lane.GLANCE)
