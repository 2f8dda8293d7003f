"""Changed rules: which cards they touch is known beforehand, and what they find comes back to a person."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import (
    claims,
    desk,
    dispatch,
    errands,
    glance,
    housekeeping,
    parcels,
    readings,
    rescreening,
)
from mailroom.campaign_store import load
from mailroom.campaigns import CampaignFile, parse_campaign
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import Addressee, Finding, Label, Lane, Screening, Severity
from mailroom.records import Card, Errand, ErrandKind, FlagState, Parcel, ParcelState, Person, Role, Stage
from tests import house

FOUND = Finding(Label.POLITICS, "politics.new", Severity.LOOK, "freedom", "A reason.")
HINT = Finding(Label.FESTIVAL, "festival.new", Severity.HINT, "snow", "A reason.")


def changed(**fields: object) -> CampaignFile:
    file = parse_campaign(house.CAMPAIGN)
    first, *others = file.cases
    return file.model_copy(update={"cases": (first.model_copy(update=fields), *others)})


@pytest.fixture
def person(database: Database) -> int:
    with database.transaction() as session:
        house.make_campaign(session)
        return house.make_person(session, "ann", Role.REVIEWER).id


def approved(session: Session, person: int, lane: Lane = Lane.DESK, count: int = 1) -> list[Card]:
    cards = house.make_cards(session, count, lane)
    who = session.get_one(Person, person)
    for card in cards:
        claims.claim(session, who, card.id, 60)
        if lane is Lane.GLANCE:
            glance.settle_sheet(session, who, [card.id], [])
        else:
            desk.approve(session, who, card)
    session.flush()
    return cards


def rescreen(session: Session, card: Card, screening: Screening) -> None:
    errands.ask(session, ErrandKind.SCREEN, card)
    (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 1, 20)
    readings.record_screening(session, claim, screening, random.Random(1))
    session.flush()


def asked(session: Session) -> set[int]:
    query = select(Errand.card_id).where(Errand.kind == ErrandKind.SCREEN, Errand.due_at.is_not(None))
    return set(session.scalars(query))


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"words": ("freedom", "fight")}, ("words",)),
        ({"allow": (Label.RELIGION,)}, ("allow",)),
        ({"country": "BY"}, ("country",)),
        ({"also": ("Nadja",)}, ("cases",)),
        ({"guidance": "Something else."}, ()),
    ],
)
def test_what_a_changed_file_touches(
    database: Database, person: int, fields: dict[str, object], rules: tuple[str, ...]
) -> None:
    with database.transaction() as session:
        house.make_cards(session, 2)
        approved(session, person)
        house.make_cards(session, 1, slug="the-oaks")
        touched = rescreening.touched(session, changed(**fields))
    found = {part.slug: part for part in touched}
    if not rules:
        assert found == {}
        return
    assert found["nadia-k"].rules == rules
    assert found["nadia-k"].counts == {Stage.WAITING: 2, Stage.APPROVED: 1}
    assert ("the-oaks" in found) == (rules == ("cases",))


def test_loading_asks_for_the_touched_cards_alone(database: Database, person: int) -> None:
    with database.transaction() as session:
        cards = house.make_cards(session, 2) + approved(session, person)
        house.make_cards(session, 2, slug="the-oaks")
        rejected = house.make_cards(session, 1)[0]
        who = session.get_one(Person, person)
        claims.claim(session, who, rejected.id, 60)
        desk.reject(session, who, rejected, desk.RejectReason.RULES)
        load(session, changed(words=("freedom", "fight")), actor="test")
        assert asked(session) == {card.id for card in cards}


def test_the_same_file_asks_for_nothing(database: Database, person: int) -> None:
    with database.transaction() as session:
        house.make_cards(session, 2)
        load(session, parse_campaign(house.CAMPAIGN), actor="test")
        assert asked(session) == set()


def test_asking_again_while_it_is_done_does_it_again(database: Database, person: int) -> None:
    with database.transaction() as session:
        house.make_cards(session, 1)
        assert rescreening.ask(session, None, actor="test") == 1
    with database.transaction() as session:
        (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 5, 20)
    with database.transaction() as session:
        rescreening.ask(session, ["nadia-k"], actor="test")
    with database.transaction() as session:
        readings.record_screening(session, claim, house.make_screening())
        session.flush()
        assert rescreening.outstanding(session) == 1


def test_what_is_being_read_in_that_moment_is_read_again(database: Database, person: int) -> None:
    with database.transaction() as session:
        house.lay(session, house.make_tray(session))
        errand = session.scalars(select(Errand)).one().id
        claim = errands.claim(session, errand, 20)
        assert claim is not None
    with database.transaction() as session:
        rescreening.ask(session, None, actor="test")
    with database.transaction() as session:
        sides = [readings.ReadSide(house.make_reading(), "0" * 64, "1" * 64)]
        readings.record(session, claim, sides, house.make_screening())
        session.flush()
        assert errands.open_count(session, ErrandKind.READ) == 1


def test_approved_card_comes_back_with_what_was_found(database: Database, person: int) -> None:
    with database.transaction() as session:
        (card,) = approved(session, person)
        rescreen(session, card, house.make_screening(Lane.DESK, FOUND))
        assert (card.stage, card.lane, card.parcel_id) == (Stage.WAITING, Lane.DESK, None)
        assert [flag.rule for flag in card.flags] == ["politics.new"]
        assert "changed rule" in card.lane_reasons[0]


@pytest.mark.parametrize("lane", [Lane.DESK, Lane.GLANCE])
def test_approved_card_stays_where_nothing_new_is_found(
    database: Database, person: int, lane: Lane
) -> None:
    with database.transaction() as session:
        (card,) = approved(session, person, lane)
        rescreen(session, card, house.make_screening(Lane.GLANCE, HINT))
        assert card.stage is Stage.APPROVED


def test_what_a_person_dismissed_does_not_call_a_card_back(database: Database, person: int) -> None:
    with database.transaction() as session:
        who = session.get_one(Person, person)
        tray = house.make_tray(session)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        house.read(session, card, house.make_screening(Lane.DESK, FOUND))
        claims.claim(session, who, card.id, 60)
        desk.approve(session, who, card)
        session.flush()
        renamed = replace(FOUND, rule="politics.renamed")
        rescreen(session, card, house.make_screening(Lane.DESK, renamed))
        assert card.stage is Stage.APPROVED
        assert [flag.state for flag in card.flags] == [FlagState.DISMISSED]


def test_glance_is_not_enough_once_two_people_are_asked_for(database: Database, person: int) -> None:
    with database.transaction() as session:
        (card,) = approved(session, person, Lane.GLANCE)
        rescreen(session, card, house.make_screening(Lane.SECOND_LOOK))
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.SECOND_LOOK)


def test_packed_card_breaks_the_seal(database: Database, person: int) -> None:
    with database.transaction() as session:
        who = session.get_one(Person, person)
        (card,) = approved(session, person)
        parcels.pack(session, who, card)
        parcel = session.get_one(Parcel, card.parcel_id)
        dispatch.seal(session, who, parcel, grams=100)
        rescreen(session, card, house.make_screening(Lane.DESK, FOUND))
        assert (card.stage, parcel.state) == (Stage.WAITING, ParcelState.OPEN)
        session.refresh(parcel, ["cards"])
        assert parcels.withdrawn(parcel) == [card]


def test_nothing_leaves_while_it_is_checked_again(database: Database, person: int) -> None:
    with database.transaction() as session:
        who = session.get_one(Person, person)
        (card,) = approved(session, person)
        parcels.pack(session, who, card)
        parcel = session.get_one(Parcel, card.parcel_id)
        dispatch.seal(session, who, parcel, grams=100)
        rescreening.ask(session, None, actor="test")
        with pytest.raises(Refusal, match="being checked again"):
            dispatch.dispatch(session, who, parcel, "the driver")


def test_waiting_card_gets_its_new_flags_and_lane(database: Database, person: int) -> None:
    with database.transaction() as session:
        card = house.make_cards(session, 1, Lane.GLANCE)[0]
        rescreen(session, card, house.make_screening(Lane.DESK, FOUND))
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.DESK)
        rescreen(session, card, house.make_screening(Lane.GLANCE))
        assert (card.lane, card.flags) == (Lane.GLANCE, [])


def test_card_that_a_person_sent_to_the_desk_stays_there(database: Database, person: int) -> None:
    with database.transaction() as session:
        who = session.get_one(Person, person)
        card = house.make_cards(session, 1, Lane.GLANCE)[0]
        glance.next_sheet(session, who, 60)
        glance.settle_sheet(session, who, [], [card.id])
        session.flush()
        rescreen(session, card, house.make_screening(Lane.GLANCE))
        assert card.lane is Lane.DESK


def test_what_was_found_before_stands_when_screening_anew_fails(database: Database, person: int) -> None:
    with database.transaction() as session:
        tray = house.make_tray(session)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        addressee = Addressee("nadia-k", 0.95)
        house.read(session, card, house.make_screening(Lane.DESK, FOUND, addressee=addressee))
        for _ in range(2):
            errands.ask(session, ErrandKind.SCREEN, card)
            (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 1, 20)
            readings.give_up(session, claim, "It could not be screened.")
            session.flush()
        assert sorted(flag.rule for flag in card.flags) == sorted((FOUND.rule, readings.FAILED_RULE))
        assert card.addressee == {"slug": "nadia-k", "score": 0.95}


def test_dispatched_and_rejected_cards_stay_as_they_are(database: Database, person: int) -> None:
    with database.transaction() as session:
        for stage in (Stage.REJECTED, Stage.DISPATCHED):
            card = house.make_cards(session, 1)[0]
            card.stage = stage
            session.flush()
            rescreen(session, card, house.make_screening(Lane.DESK, FOUND))
            assert (card.stage, card.flags) == (stage, [])


def test_card_whose_case_is_found_out_is_screened_by_its_rules_first(
    database: Database, person: int
) -> None:
    with database.transaction() as session:
        tray = house.make_tray(session, None)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        house.read(session, card, house.make_screening(Lane.GLANCE, addressee=Addressee("nadia-k", 0.95)))
        session.flush()
        assert (card.stage, asked(session)) == (Stage.SCANNED, {card.id})
        (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 1, 20)
        readings.record_screening(session, claim, house.make_screening(Lane.DESK, FOUND))
        session.flush()
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.DESK)


class CountingBell:
    """A bell that keeps what was rung for in its queue."""

    def __init__(self) -> None:
        self.queue: set[int] = set()

    def ring(self, errands: list[int]) -> None:
        self.queue |= set(errands)

    def waiting(self) -> set[int]:
        return self.queue


def test_one_ring_calls_for_many_screenings(database: Database, person: int) -> None:
    with database.transaction() as session:
        house.make_cards(session, 3)
        rescreening.ask(session, None, actor="test")
    database.bell = CountingBell()  # type: ignore[assignment]
    assert housekeeping.sweep(database) == 1
    assert housekeeping.sweep(database) == 0
