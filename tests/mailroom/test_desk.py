"""At the desk a card is one person's at a time, and what is for two people needs two."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import campaign_store, claims, decisions, desk, errands, flags, glance, rechecks, writings
from mailroom.campaigns import parse_campaign
from mailroom.card_scope import scope_of_case
from mailroom.clock import today
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import DIAL_OFF, Addressee, Label, Lane, Screening, Severity
from mailroom.records import Campaign, Card, Errand, ErrandKind, FlagState, Person, Role, Stage
from tests import house


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    with database.transaction() as session:
        house.make_campaign(session)
        return house.make_person(session, "ann", Role.REVIEWER).id, house.make_person(
            session, "bea", Role.REVIEWER
        ).id


def test_two_people_never_get_the_same_card(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        house.make_cards(session, 2)
    ann, bea = people
    seen = []
    for person in (ann, bea, ann):
        with database.transaction() as session:
            card = desk.next_card(session, session.get_one(Person, person), 60)
            seen.append(card and card.id)
    assert seen[0] == seen[2] != seen[1]


def test_conflict_says_who_has_the_card(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        card = house.make_cards(session, 1)[0].id
        desk.open_card(session, session.get_one(Person, people[0]), card, 60)
    with pytest.raises(claims.ClaimConflictError, match="ann has"), database.transaction() as session:
        desk.open_card(session, session.get_one(Person, people[1]), card, 60)


def test_claim_that_ran_out_is_free_and_decides_nothing(
    database: Database, people: tuple[int, int]
) -> None:
    with database.transaction() as session:
        card = house.make_cards(session, 1)[0].id
        desk.open_card(session, session.get_one(Person, people[0]), card, -1)
        desk.open_card(session, session.get_one(Person, people[1]), card, 60)
    with pytest.raises(claims.ClaimConflictError), database.transaction() as session:
        desk.approve(session, session.get_one(Person, people[0]), session.get_one(Card, card))


def test_second_look_needs_two_people(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann, bea = (session.get_one(Person, person) for person in people)
        house.make_cards(session, 1, Lane.SECOND_LOOK)
        card = desk.next_card(session, ann, 60)
        assert card is not None
        assert desk.approve(session, ann, card) is False
        session.flush()
        assert desk.next_card(session, ann, 60) is None
        again = desk.next_card(session, bea, 60)
        assert again is card
        assert desk.approve(session, bea, card) is True
        assert card.stage is Stage.APPROVED
        assert decisions.agreed_by(session, card) == {"ann", "bea"}


def test_one_person_agreeing_twice_is_not_two(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        card = house.make_cards(session, 1, Lane.SECOND_LOOK)[0]
        for _ in range(2):
            claims.claim(session, ann, card.id, 60)
            assert desk.approve(session, ann, card) is False
            session.flush()
        assert card.stage is Stage.WAITING


@pytest.mark.parametrize(
    ("stage", "words"),
    [(Stage.PACKED, "ask dispatch"), (Stage.DISPATCHED, "has left with its parcel")],
)
def test_undo_that_comes_too_late_says_where_the_card_is(
    sqlite: Database, stage: Stage, words: str
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        ann = house.make_person(session, "ann")
        (card,) = house.make_cards(session, 1)
        claims.claim(session, ann, card.id, 60)
        desk.approve(session, ann, card)
        card.stage = stage
        with pytest.raises(Refusal, match=words):
            decisions.undo(session, ann)


def test_undo_takes_back_the_last_decision_only(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        first, second = house.make_cards(session, 2)
        for card in (first, second):
            claims.claim(session, ann, card.id, 60)
            desk.approve(session, ann, card)
        session.flush()
        assert decisions.undo(session, ann) is second
        assert (first.stage, second.stage) == (Stage.APPROVED, Stage.WAITING)
        assert second.parcel_id is None


def test_agreement_is_not_undone_while_a_second_person_agrees(
    database: Database, people: tuple[int, int]
) -> None:
    with database.transaction() as session:
        (card,) = house.make_cards(session, 1, Lane.SECOND_LOOK)
        ann = session.get_one(Person, people[0])
        claims.claim(session, ann, card.id, 60)
        assert not desk.approve(session, ann, card)

    def undo_meanwhile() -> None:
        with database.transaction() as session:
            decisions.undo(session, session.get_one(Person, people[0]))

    with ThreadPoolExecutor(1) as beside:
        with database.transaction() as session:
            bea = session.get_one(Person, people[1])
            assert desk.approve(session, bea, claims.claim(session, bea, card.id, 60))
            undoing = beside.submit(undo_meanwhile)
            time.sleep(0.5)
        with pytest.raises(Refusal, match="Somebody has decided"):
            undoing.result()
    with database.reading() as session:
        assert decisions.agreed_by(session, session.get_one(Card, card.id)) == {"ann", "bea"}


def test_changed_case_is_screened_by_its_rules(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        card = house.make_cards(session, 1)[0]
        claims.claim(session, ann, card.id, 60)
        desk.change_case(session, ann, card, campaign_store.case_of_slug(session, "the-oaks"))
        session.flush()
        kinds = session.scalars(
            select(Errand.kind).where(Errand.card_id == card.id, Errand.due_at.is_not(None))
        )
        assert list(kinds) == [ErrandKind.SCREEN]


def test_card_for_nobody_known_is_not_approved(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        card = house.make_cards(session, 1, slug=None)[0].id
    with pytest.raises(Refusal, match="Choose its case"), database.transaction() as session:
        ann = session.get_one(Person, people[0])
        desk.approve(session, ann, claims.claim(session, ann, card, 60))


@pytest.mark.parametrize("lane", [Lane.GLANCE, Lane.CLEAR])
def test_card_for_nobody_known_in_which_nothing_was_found_comes_to_the_desk(
    database: Database, people: tuple[int, int], lane: Lane
) -> None:
    with database.transaction() as session:
        (card,) = house.make_cards(session, 1, lane, slug=None)
        ann = session.get_one(Person, people[0])
        assert glance.next_sheet(session, ann, 60) == []
        assert desk.next_card(session, ann, 60) == card
        assert card.lane_reasons[0] == "Nobody knows yet whom this card is for."
        errands.ask(session, ErrandKind.SCREEN, card)
        house.screen(session, card, house.make_screening(lane))
        assert desk.next_card(session, ann, 60) == card


def test_sure_addressee_settles_the_case(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        tray = house.make_tray(session, None)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        house.read(session, card, house.make_screening(addressee=Addressee("the-oaks", 0.95)))
        session.flush()
        session.refresh(card)
        assert card.case is not None
        assert card.case.slug == "the-oaks"


def test_card_of_no_case_can_be_for_an_open_one_only(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        last_year = house.CAMPAIGN.replace("Winter 2026", "Winter 2025").replace("nadia-k", "nadia-2025")
        campaign_store.load(
            session, parse_campaign(last_year.replace("the-oaks", "oaks-2025")), actor="test"
        )
        for slug in ("nadia-2025", "oaks-2025"):
            campaign_store.close_case(session, campaign_store.case_of_slug(session, slug), actor="test")
        campaign_store.case_of_slug(session, "the-oaks").open_until = today() - dt.timedelta(days=1)
        session.flush()
        scope = scope_of_case(session, None)
        assert [case.slug for case in scope.cases] == ["nadia-k"]
        assert len(scope_of_case(session, campaign_store.case_of_slug(session, "nadia-k")).cases) == 2


def test_settled_flags_stay_settled_when_read_again(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        tray = house.make_tray(session)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        found = house.finding(Label.FESTIVAL)
        house.read(session, card, house.make_screening(Lane.DESK, found))
        claims.claim(session, ann, card.id, 60)
        flags.dismiss(session, ann, card, card.flags[0])
        session.flush()
        errand = session.scalars(select(Errand)).one()
        errand.due_at, errand.asked = card.scanned_at, 2
        house.read(session, card, house.make_screening(Lane.DESK, found, house.finding(Label.MONEY)))
        session.flush()
        assert [(flag.label, flag.state) for flag in card.flags] == [
            (Label.FESTIVAL, FlagState.DISMISSED),
            (Label.MONEY, FlagState.OPEN),
        ]


def test_sheet_is_settled_in_one_go(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        house.make_cards(session, 5, Lane.GLANCE)
        ann = session.get_one(Person, people[0])
        sheet = glance.next_sheet(session, ann, 60, count=4)
        others = glance.next_sheet(session, session.get_one(Person, people[1]), 60, count=4)
        assert (len(sheet), len(others)) == (4, 1)
        glance.settle_sheet(session, ann, [card.id for card in sheet[1:]], [sheet[0].id])
        assert [card.stage for card in sheet] == [Stage.WAITING, *[Stage.APPROVED] * 3]
        assert sheet[0].lane is Lane.DESK


def test_sheet_of_somebody_else_changes_nothing(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        cards = [card.id for card in house.make_cards(session, 2, Lane.GLANCE)]
        glance.next_sheet(session, session.get_one(Person, people[0]), 60)
    with pytest.raises(claims.ClaimConflictError), database.transaction() as session:
        glance.settle_sheet(session, session.get_one(Person, people[1]), cards, [])
    with database.reading() as session:
        assert {session.get_one(Card, card).stage for card in cards} == {Stage.WAITING}


def test_who_reads_a_script_is_brought_the_cards_in_it(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        english, russian, unread = house.make_cards(session, 3)
        russian.language = "rus"
        unread.language, unread.unread_script = None, "Cyrl"
        session.flush()
        assert writings.languages_at(session, desk.DESK_LANES) == {"eng": 1, "rus": 1}
        assert writings.unread_scripts_at(session, desk.DESK_LANES) == {"Cyrl": 1}
        only = ["Cyrl", "rus"]
        assert desk.peek_card(session, ann, (), only) is russian
        assert desk.next_card(session, ann, 60, (), only) is russian
        assert desk.next_card(session, ann, 60, [russian.id], only) is unread
        assert desk.next_card(session, ann, 60, [russian.id, unread.id], only) is None
        assert desk.next_card(session, ann, 60, [russian.id, unread.id]) is english
        english.language = None
        session.flush()
        assert desk.next_card(session, ann, 60, [russian.id, unread.id], only) is english


def _flagged_card(session: Session) -> Card:
    """A card with three flags, and one that a person dismissed by itself."""
    tray = house.make_tray(session)
    house.lay(session, tray)
    (card,) = house.cards_of(session, tray)
    found = (house.finding(evidence=word) for word in ("snow", "ice", "frost"))
    house.read(session, card, house.make_screening(Lane.DESK, *found))
    return card


@pytest.mark.parametrize("how", ["approve", "reject"])
@pytest.mark.parametrize("back", ["undo", "recall"])
def test_who_looks_again_finds_the_flags_open_that_the_decision_settled(
    database: Database, people: tuple[int, int], how: str, back: str
) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        card = _flagged_card(session)
        claims.claim(session, ann, card.id, 60)
        flags.dismiss(session, ann, card, card.flags[1])
        if how == "approve":
            desk.approve(session, ann, card)
        else:
            desk.reject(session, ann, card, desk.RejectReason.UNSAFE)
        session.flush()
        assert FlagState.OPEN not in {flag.state for flag in card.flags}
        if back == "undo":
            decisions.undo(session, ann)
        else:
            desk.recall(session, ann, card)
        states = [flag.state for flag in card.flags]
        assert states == [FlagState.OPEN, FlagState.DISMISSED, FlagState.OPEN]


def test_a_slip_that_is_undone_makes_no_miss_of_a_recheck(
    database: Database, people: tuple[int, int]
) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        session.scalars(select(Campaign)).one().recheck_share = 1.0
        tray = house.make_tray(session)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        hint = replace(house.finding(), severity=Severity.HINT)
        house.read(session, card, Screening((hint,), None, Lane.GLANCE, (DIAL_OFF,)))
        session.flush()
        recheck = rechecks.open_of(session, card)
        assert recheck
        claims.claim(session, ann, card.id, 60)
        desk.reject(session, ann, card, desk.RejectReason.UNSAFE)
        session.flush()
        decisions.undo(session, ann)
        claims.claim(session, ann, card.id, 60)
        desk.approve(session, ann, card)
        assert recheck.missed is False
