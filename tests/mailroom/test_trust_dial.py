"""The trust dial: no card travels unseen without evidence for it, and what is drawn comes to a person."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import (
    claims,
    decisions,
    desk,
    dial,
    dispatch,
    errands,
    flags,
    glance,
    glance_undo,
    housekeeping,
    ledger,
    parcels,
    readings,
    trust,
)
from mailroom.clock import now
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import DIAL_OFF, Finding, Label, Lane, Screening, Severity
from mailroom.records import (
    Campaign,
    Card,
    Errand,
    ErrandKind,
    Event,
    Parcel,
    Person,
    Recheck,
    Role,
    Stage,
)
from tests import house

FIT = Screening((), None, Lane.GLANCE, (DIAL_OFF,))
CLEAR = Screening((), None, Lane.CLEAR, ("Nothing was found, and everything was read surely.",))
FOUND = Finding(Label.POLITICS, "politics.new", Severity.LOOK, "freedom", "A reason.")


class Always(random.Random):
    """Dice that always draw."""

    def random(self) -> float:
        return 0.0


class Never(random.Random):
    """Dice that never draw."""

    def random(self) -> float:
        return 1.0


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    with database.transaction() as session:
        house.make_campaign(session)
        campaign(session).recheck_share = 0.5
        return house.make_person(session, "ann", Role.REVIEWER).id, house.make_person(
            session, "bea", Role.REVIEWER
        ).id


def campaign(session: Session) -> Campaign:
    return session.scalars(select(Campaign)).one()


def read(session: Session, screening: Screening, dice: random.Random, slug: str | None = "nadia-k") -> Card:
    """One new card, read and screened."""
    tray = house.make_tray(session, slug)
    house.lay(session, tray)
    (card,) = house.cards_of(session, tray)
    query = select(Errand.id).where(Errand.card_id == card.id, Errand.kind == ErrandKind.READ)
    claim = errands.claim(session, session.scalars(query).one(), 20)
    assert claim is not None
    side = readings.ReadSide(house.make_reading(), "0" * 64, "1" * 64)
    readings.record(session, claim, [side], screening, dice)
    session.flush()
    return card


def decide(session: Session, person: int, card: Card, *, reject: bool = False) -> None:
    who = session.get_one(Person, person)
    claims.claim(session, who, card.id, 60)
    if reject:
        desk.reject(session, who, card, desk.RejectReason.UNSAFE)
    else:
        desk.approve(session, who, card)
    session.flush()


def measure(session: Session, person: int, clean: int, missed: int = 0) -> None:
    for number in range(clean + missed):
        decide(session, person, read(session, FIT, Always()), reject=number < missed)


def turn_on(session: Session, person: int) -> None:
    campaign(session).miss_limit = 0.2
    measure(session, person, 14)
    dial.turn_on(session, campaign(session), actor="cora")
    session.flush()


def test_new_campaign_lets_nothing_pass_unseen(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        assert campaign(session).clear_allowed is False
        for screening in (CLEAR, FIT):
            card = read(session, screening, Never())
            assert (card.stage, card.lane, card.lane_reasons) == (Stage.WAITING, Lane.GLANCE, [DIAL_OFF])
            assert card.meets_clear is True


@pytest.mark.parametrize("limit", [0.02, 0.2])
def test_dial_stays_off_without_evidence(database: Database, people: tuple[int, int], limit: float) -> None:
    with database.transaction() as session:
        campaign(session).miss_limit = limit
        measure(session, people[0], 3)
        with pytest.raises(dial.DialRefusedError, match="0 of 3"):
            dial.turn_on(session, campaign(session), actor="cora")
        assert campaign(session).clear_allowed is False


def test_clear_card_travels_by_the_dial_alone(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        clear = read(session, CLEAR, Never())
        assert (clear.stage, clear.lane) == (Stage.APPROVED, Lane.CLEAR)
        assert clear.parcel_id is not None
        assert ledger.SYSTEM in {event.actor for event in _noted(session, "card.approved")}
        for other in (
            house.make_screening(Lane.GLANCE),
            house.make_screening(Lane.DESK, FOUND),
            house.make_screening(Lane.SECOND_LOOK),
        ):
            card = read(session, other, Never())
            assert (card.stage, card.lane) == (Stage.WAITING, other.lane)
            assert card.meets_clear is False


def test_card_of_no_known_case_is_never_clear(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        card = read(session, CLEAR, Always(), slug=None)
        assert (card.stage, card.lane, card.meets_clear) == (Stage.WAITING, Lane.DESK, False)


def test_waiting_card_never_becomes_clear(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        card = read(session, house.make_screening(Lane.DESK, FOUND), Never())
        errands.ask(session, ErrandKind.SCREEN, card)
        (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 1, 20)
        readings.record_screening(session, claim, CLEAR, Never())
        session.flush()
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.GLANCE)


def test_drawn_card_comes_to_the_desk_unmarked(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        card = read(session, CLEAR, Always())
        assert (card.stage, card.lane, card.lane_reasons, card.flags) == (
            Stage.WAITING,
            Lane.DESK,
            [],
            [],
        )
        recheck = session.scalars(select(Recheck).where(Recheck.card_id == card.id)).one()
        assert (recheck.lane, recheck.language, recheck.settled_at) == (Lane.CLEAR, "eng", None)
    with database.reading() as session:
        events = ledger.of_subject(session, card.code)
        assert events
        assert not any("recheck" in event.action or "clear" in str(event.detail) for event in events)


def test_recheck_that_finds_nothing(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        measure(session, people[0], 2)
        rate = trust.lane_rate(session, campaign(session), Lane.CLEAR)
        assert (rate.checked, rate.missed) == (2, 0)
        assert [part.language for part in trust.rates(session, campaign(session), Lane.CLEAR)] == ["eng"]


@pytest.mark.parametrize("how", ["rejected", "flag added", "flag added and dismissed"])
def test_what_counts_as_a_miss(database: Database, people: tuple[int, int], how: str) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        card = read(session, FIT, Always())
        claims.claim(session, ann, card.id, 60)
        if how != "rejected":
            flag = flags.add(session, ann, card, label=Label.POLITICS, reason="It says so.")
            if how == "flag added and dismissed":
                flags.dismiss(session, ann, card, flag)
        decide(session, people[0], card, reject=how == "rejected")
        recheck = session.scalars(select(Recheck)).one()
        assert recheck.missed is (how != "flag added and dismissed")


def test_undone_decision_no_longer_counts(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        measure(session, people[0], 0, missed=1)
        decisions.undo(session, session.get_one(Person, people[0]))
        session.flush()
        assert trust.lane_rate(session, campaign(session), Lane.CLEAR).checked == 0
        assert trust.open_rechecks(session, campaign(session), Lane.CLEAR) == 1


def test_glanced_card_is_rechecked_by_somebody_else(database: Database, people: tuple[int, int]) -> None:
    ann, bea = people
    with database.transaction() as session:
        who = session.get_one(Person, ann)
        card = read(session, house.make_screening(Lane.GLANCE), Never())
        glance.next_sheet(session, who, 60)
        glance.settle_sheet(session, who, [card.id], [], dice=Always())
        session.flush()
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.DESK)
        assert desk.next_card(session, who, 60) is None
        assert desk.next_card(session, session.get_one(Person, bea), 60) is card
        decide(session, bea, card, reject=True)
        rate = trust.lane_rate(session, campaign(session), Lane.GLANCE)
        assert (rate.checked, rate.missed) == (1, 1)


def test_nothing_is_drawn_that_nobody_else_could_recheck(
    database: Database, people: tuple[int, int]
) -> None:
    with database.transaction() as session:
        session.get_one(Person, people[1]).active = False
        who = session.get_one(Person, people[0])
        card = read(session, house.make_screening(Lane.GLANCE), Never())
        glance.next_sheet(session, who, 60)
        glance.settle_sheet(session, who, [card.id], [], dice=Always())
        session.flush()
        assert card.stage is Stage.APPROVED


def test_drawn_card_comes_back_to_who_glanced_when_nobody_else_is_left_and_measures_nothing(
    database: Database, people: tuple[int, int]
) -> None:
    ann, bea = people
    with database.transaction() as session:
        who = session.get_one(Person, ann)
        card = read(session, house.make_screening(Lane.GLANCE), Never())
        glance.next_sheet(session, who, 60)
        glance.settle_sheet(session, who, [card.id], [], dice=Always())
        session.get_one(Person, bea).active = False
        session.flush()
        assert desk.next_card(session, who, 60) is card
        decide(session, ann, card, reject=False)
        assert card.stage is Stage.APPROVED
        assert trust.lane_rate(session, campaign(session), Lane.GLANCE).checked == 0
        assert trust.open_rechecks(session, campaign(session), Lane.GLANCE) == 0


def test_undone_glance_takes_the_draw_back(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        who = session.get_one(Person, people[0])
        card = read(session, house.make_screening(Lane.GLANCE), Never())
        glance.next_sheet(session, who, 60)
        glance.settle_sheet(session, who, [card.id], [], dice=Always())
        session.flush()
        glance_undo.undo_sheet(session, who, 60)
        session.flush()
        assert session.scalars(select(Recheck)).all() == []
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.GLANCE)
        assert card.lane_reasons == ["Because the test says so."]


def test_rule_that_finds_something_ends_the_recheck(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        card = read(session, FIT, Always())
        for screening, left in ((FIT, 1), (house.make_screening(Lane.DESK, FOUND), 0)):
            errands.ask(session, ErrandKind.SCREEN, card)
            (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 1, 20)
            readings.record_screening(session, claim, screening, Never())
            session.flush()
            assert card.lane is Lane.DESK
            assert trust.open_rechecks(session, campaign(session), Lane.CLEAR) == left


def test_dial_turns_itself_back_and_calls_back_what_is_here(
    database: Database, people: tuple[int, int]
) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        cards = [read(session, CLEAR, Never()) for _ in range(2)]
        ann = session.get_one(Person, people[0])
        parcels.pack(session, ann, cards[0])
        session.flush()
        parcel = session.get_one(Parcel, cards[0].parcel_id)
        dispatch.seal(session, ann, parcel, grams=100)
        measure(session, people[0], 0, missed=1)
        assert campaign(session).clear_allowed is False
        with pytest.raises(Refusal, match="being checked again"):
            dispatch.dispatch(session, ann, parcel, "the driver")
    assert housekeeping.keep_dials(database) == 2
    with database.reading() as session:
        for card in cards:
            found = session.get_one(Card, card.id)
            assert (found.stage, found.lane) == (Stage.WAITING, Lane.GLANCE)
        turned = _noted(session, "dial.off")
        assert [(event.actor, event.detail["why"]) for event in turned] == [(ledger.SYSTEM, "limit passed")]
    assert housekeeping.keep_dials(database) == 0


def test_one_bad_language_turns_the_dial_back(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        campaign(session).miss_limit = 0.2
        for number in range(60):
            drawn = Recheck(card_id=1, campaign_id=1, lane=Lane.CLEAR, language="eng", missed=False)
            if number < 5:
                drawn.language, drawn.missed = "tur", True
            drawn.settled_at = drawn.drawn_at = now()
            session.add(drawn)
        session.flush()
        assert trust.lane_rate(session, campaign(session), Lane.CLEAR).bound < 0.2
        assert dial.review(session, campaign(session)) is True


def test_another_confidence_is_measured_anew(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        turn_on(session, people[0])
        dial.set_terms(session, campaign(session), confidence=0.95, share=0.5, limit=0.2, actor="cora")
        session.flush()
        assert campaign(session).clear_allowed is False
        assert trust.lane_rate(session, campaign(session), Lane.CLEAR).checked == 0


def test_forecast(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        measure(session, people[0], 9, missed=1)
        read(session, FIT, Never())
        read(session, house.make_screening(Lane.DESK, FOUND), Never())
        whole = trust.total(trust.forecasts(session, campaign(session)))
        assert (whole.read, whole.fit, whole.waiting, whole.spared) == (12, 11, 1, 5.5)
        bound = trust.lane_rate(session, campaign(session), Lane.CLEAR).bound
        assert whole.unsafe == pytest.approx(5.5 * bound)


def test_share_drawn_is_the_share_set(database: Database, people: tuple[int, int]) -> None:
    dice = random.Random(7)
    with database.transaction() as session:
        campaign(session).recheck_share = 0.3
        drawn = sum(read(session, FIT, dice).lane is Lane.DESK for _ in range(60))
    expected = random.Random(7)
    assert drawn == sum(expected.random() < 0.3 for _ in range(60))


def _noted(session: Session, action: str) -> list[Event]:
    ledger.chain(session)
    return list(session.scalars(select(Event).where(Event.action == action)))
