"""What a person reads on a card is screened like what an engine read, and the engine's words are kept."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import claims, decisions, desk, errands, readings, rechecks, screenings, transcripts
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import DIAL_OFF, Addressee, Lane, Screening
from mailroom.reading import Content, Line
from mailroom.rechecks import DICE
from mailroom.records import Campaign, Card, Errand, ErrandKind, Person, Recheck, Role, Stage
from tests import house

TEXT = "Дорогая Надя!\n\nМы думаем о тебе. \n"


@pytest.fixture
def person(database: Database) -> int:
    with database.transaction() as session:
        house.make_campaign(session)
        return house.make_person(session, "ann", Role.REVIEWER).id


def _claimed(session: Session, person: int) -> tuple[Person, Card]:
    ann = session.get_one(Person, person)
    card = house.make_cards(session, 1)[0]
    claims.claim(session, ann, card.id, 60)
    return ann, card


def _due(session: Session, card: Card) -> list[ErrandKind]:
    session.flush()
    query = select(Errand.kind).where(Errand.card_id == card.id, Errand.due_at.is_not(None))
    return list(session.scalars(query))


def _given_up(session: Session, person: int) -> tuple[Person, Card]:
    ann = session.get_one(Person, person)
    tray = house.make_tray(session)
    house.lay(session, tray)
    card = house.cards_of(session, tray)[0]
    claim = errands.claim(session, errands.due(session)[0], 20)
    assert claim is not None
    readings.give_up(session, claim, "It could not be read.")
    claims.claim(session, ann, card.id, 60)
    return ann, card


def test_what_is_written_down_is_screened_and_the_engines_words_are_kept(
    database: Database, person: int
) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        boxes = [(0, 0, 500, 40), (0, 60, 700, 100)]
        card.sides[0].reading = replace(
            house.make_reading(""),
            raw_text="Dopozaa Hag",
            language=None,
            confidence=0.0,
            content=Content.UNREADABLE,
            script="Cyrl",
            lines=tuple(Line("", 0.0, box) for box in boxes),
        )
        readings.tell_writing(card)
        assert (card.language, card.unread_script) == (None, "Cyrl")
        transcripts.write_down(session, ann, card, TEXT, number=0, language="rus")
        assert card.unread_script is None
        reading = card.sides[0].reading
        assert reading is not None
        assert reading.text == "Дорогая Надя!\nМы думаем о тебе."
        assert (reading.language, card.language) == ("rus", "rus")
        assert (reading.raw_text, reading.content) == ("Dopozaa Hag", Content.TEXT)
        assert [line.box for line in reading.lines] == boxes
        assert _due(session, card) == [ErrandKind.SCREEN]


def test_what_was_written_down_stays_at_the_desk(database: Database, person: int) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        transcripts.write_down(session, ann, card, TEXT, number=0, language="rus")
        screenings.apply(session, card, Screening((), None, Lane.GLANCE, (DIAL_OFF,)), DICE)
        assert card.lane is Lane.DESK


def test_agreements_to_what_was_read_before_no_longer_count(database: Database, person: int) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        card.lane = Lane.SECOND_LOOK
        bea = house.make_person(session, "bea", Role.REVIEWER)
        assert desk.approve(session, ann, card) is False
        claims.claim(session, bea, card.id, 60)
        transcripts.write_down(session, bea, card, TEXT, number=0, language=None)
        session.flush()
        assert decisions.agreed_by(session, card) == set()


@pytest.mark.parametrize(("number", "text", "why"), [(0, " \n", "Write down"), (1, "Dear", "no such side")])
def test_what_makes_no_sense_is_refused(
    database: Database, person: int, number: int, text: str, why: str
) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        with pytest.raises(Refusal, match=why):
            transcripts.write_down(session, ann, card, text, number=number, language=None)


def test_a_card_that_reading_gave_up_on_is_read_again(database: Database, person: int) -> None:
    with database.transaction() as session:
        ann, card = _given_up(session, person)
        transcripts.read_again(session, ann, card)
        assert _due(session, card) == [ErrandKind.READ]
        with pytest.raises(Refusal, match="in this moment"):
            transcripts.write_down(session, ann, card, TEXT, number=0, language=None)
        house.read(session, card)
        assert card.stage is Stage.WAITING
        assert card.sides[0].view
        with pytest.raises(Refusal, match="gave up"):
            transcripts.read_again(session, ann, card)


def test_a_card_that_reading_gave_up_on_is_screened_by_what_a_person_reads(
    database: Database, person: int
) -> None:
    with database.transaction() as session:
        ann, card = _given_up(session, person)
        transcripts.write_down(session, ann, card, TEXT, number=0, language="rus")
        assert card.read_at is not None
        assert _due(session, card) == [ErrandKind.SCREEN]


def test_what_one_person_writes_down_makes_no_card_for_two_people_one_for_one(
    database: Database, person: int
) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        card.lane, card.lane_reasons = Lane.SECOND_LOOK, ["Two people should look: violence."]
        transcripts.write_down(session, ann, card, "Dear Nadia!", number=0, language="eng")
        screenings.apply(session, card, house.make_screening(Lane.GLANCE), DICE)
        assert card.lane is Lane.SECOND_LOOK
        assert card.lane_reasons[0] == "Two people should look: violence."
        assert desk.approve(session, ann, card) is False


def test_a_recheck_of_what_was_misread_still_measures(database: Database, person: int) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        campaign = session.scalars(select(Campaign)).one()
        campaign.recheck_share = 1.0
        assert rechecks.draw(session, card, Lane.GLANCE, DICE)
        transcripts.write_down(session, ann, card, TEXT, number=0, language="rus")
        screenings.apply(session, card, house.make_screening(Lane.DESK, house.finding()), DICE)
        desk.reject(session, ann, card, desk.RejectReason.UNSAFE)
        session.flush()
        assert session.scalars(select(Recheck)).one().missed is True


def test_what_was_written_down_is_never_fit_to_go_unseen(database: Database, person: int) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        transcripts.write_down(session, ann, card, TEXT, number=0, language="rus")
        screenings.apply(session, card, Screening((), None, Lane.GLANCE, (DIAL_OFF,)), DICE)
        assert card.meets_clear is False


@pytest.mark.parametrize("do", ["write", "read"])
def test_only_a_card_that_is_with_people_is_written_down_or_read_again(
    database: Database, person: int, do: str
) -> None:
    with database.transaction() as session:
        ann, card = _given_up(session, person)
        desk.approve(session, ann, card)
        claims.claim(session, ann, card.id, 60)
        with pytest.raises(Refusal, match="is approved"):
            if do == "write":
                transcripts.write_down(session, ann, card, TEXT, number=0, language=None)
            else:
                transcripts.read_again(session, ann, card)


def test_the_words_of_a_person_are_never_taken_for_the_engines(database: Database, person: int) -> None:
    with database.transaction() as session:
        ann, card = _given_up(session, person)
        for text in (TEXT, "Dear Nadia!"):
            transcripts.write_down(session, ann, card, text, number=0, language="rus")
        assert card.sides[0].reading is not None
        assert card.sides[0].reading.raw_text == ""


def test_marks_that_are_looked_for_just_then_are_looked_for_once_more(
    database: Database, person: int
) -> None:
    """Else the outcome, which screens the text of before, would take the place of the new flags."""
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        errands.ask(session, ErrandKind.LOOK, card)
        errand = session.scalars(select(Errand).where(Errand.kind == ErrandKind.LOOK)).one()
        claim = errands.claim(session, errand.id, 20)
        assert claim is not None
        transcripts.write_down(session, ann, card, TEXT, number=0, language="rus")
        readings.record_screening(session, claim, house.make_screening(Lane.DESK))
        assert ErrandKind.LOOK in _due(session, card)


def test_a_case_that_is_known_by_what_was_written_down_has_its_rules_applied(
    database: Database, person: int
) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        card.case_id = None
        transcripts.write_down(session, ann, card, "Dear Nadia Karimi!", number=0, language="eng")
        errand = session.scalars(select(Errand).where(Errand.kind == ErrandKind.SCREEN)).one()
        claim = errands.claim(session, errand.id, 20)
        assert claim is not None
        screening = house.make_screening(Lane.DESK, addressee=Addressee("nadia-k", 1.0))
        readings.record_screening(session, claim, screening)
        assert session.get_one(Card, card.id).case_id is not None
        assert _due(session, card) == [ErrandKind.SCREEN]


def test_a_card_for_two_people_stays_so_where_screening_fails(database: Database, person: int) -> None:
    with database.transaction() as session:
        _, card = _claimed(session, person)
        card.lane = Lane.SECOND_LOOK
        errands.ask(session, ErrandKind.SCREEN, card)
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.give_up(session, claim, "It could not be screened.")
        assert card.lane is Lane.SECOND_LOOK


def test_a_card_that_screening_gave_up_on_is_looked_at_again_and_keeps_its_text(
    database: Database, person: int
) -> None:
    with database.transaction() as session:
        ann, card = _claimed(session, person)
        with pytest.raises(Refusal, match="gave up"):
            transcripts.read_again(session, ann, card)
        errands.ask(session, ErrandKind.SCREEN, card)
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.give_up(session, claim, "It could not be screened.")
        session.flush()
        transcripts.read_again(session, ann, card)
        assert _due(session, card) == [ErrandKind.LOOK]
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.record_screening(session, claim, house.make_screening(Lane.DESK))
        assert not transcripts.was_given_up(card)
