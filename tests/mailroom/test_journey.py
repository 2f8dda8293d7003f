"""A card makes only the moves of its journey, and whatever people do no card is lost."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailroom import (
    campaign_store,
    claims,
    decisions,
    desk,
    dial,
    dispatch,
    errands,
    glance,
    glance_undo,
    journey,
    ledger,
    parcels,
    readings,
)
from mailroom.campaigns import parse_campaign
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.migrations import migrate
from mailroom.records import Campaign, Card, ErrandKind, Event, Parcel, ParcelState, Person, Stage
from tests import house

CARDS = 6


@pytest.mark.parametrize("origin", Stage)
@pytest.mark.parametrize("to", Stage)
def test_moves(sqlite: Database, origin: Stage, to: Stage) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        house.lay(session, house.make_tray(session))
        card = session.scalars(select(Card)).one()
        card.stage = origin
        session.flush()
        if to in journey.MOVES[origin]:
            journey.move(session, card, to, actor="test")
            assert card.stage is to
        else:
            with pytest.raises(journey.MoveRefusedError, match=card.code) as refused:
                journey.move(session, card, to, actor="test")
            assert not re.search("become|stage|scanned|Stage", str(refused.value))


@pytest.mark.parametrize(
    ("origin", "to", "words"),
    [
        (Stage.PACKED, Stage.PACKED, "is packed already"),
        (Stage.PACKED, Stage.WAITING, "Take it out of its parcel first"),
        (Stage.SCANNED, Stage.REJECTED, "has not been read yet"),
        (Stage.DISPATCHED, Stage.DISPATCHED, "has left with its parcel"),
    ],
)
def test_refused_move_says_what_is_the_matter(
    sqlite: Database, origin: Stage, to: Stage, words: str
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        house.lay(session, house.make_tray(session))
        card = session.scalars(select(Card)).one()
        card.stage = origin
        with pytest.raises(journey.MoveRefusedError, match=words):
            journey.move(session, card, to, actor="test")


def test_second_mover_is_told_that_another_was_quicker(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        card = house.make_cards(session, 1)[0]
    with database.transaction() as session:
        journey.move(session, session.get_one(Card, card.id), Stage.HELD, actor="first")
    with pytest.raises(journey.StageConflictError), database.transaction() as session:
        session.add(card)
        journey.move(session, card, Stage.APPROVED, actor="second")


@dataclass(frozen=True)
class Furnished:
    """A room as everything begins: the bytes of its database, and the ids of its people and cards."""

    content: bytes
    people: list[int]
    cards: list[int]


def connection_of(database: Database) -> sqlite3.Connection:
    """The one connection of a database in memory."""
    with closing(database.engine.raw_connection()) as lent:
        connection = lent.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


@cache
def furnished() -> Furnished:
    database = Database("sqlite://")
    migrate(database)
    with database.transaction() as session:
        house.make_campaign(session)
        people = [house.make_person(session, name).id for name in ("ann", "bea")]
        cards = house.make_cards(session, CARDS - 4) + house.make_cards(session, 2, Lane.SECOND_LOOK)
        session.scalars(select(Campaign)).one().clear_allowed = True
        tray = house.make_tray(session)
        for _ in range(2):
            house.lay(session, tray)
        for clear in house.cards_of(session, tray):
            house.read(session, clear, house.make_screening(Lane.CLEAR))
            cards.append(clear)
        ids = [card.id for card in cards]
    content = connection_of(database).serialize()
    database.dispose()
    return Furnished(content, people, ids)


class MailRoom(RuleBasedStateMachine):
    """People do whatever comes to their minds, in any order."""

    @initialize()
    def open(self) -> None:
        room = furnished()
        self.database = Database("sqlite://")
        connection_of(self.database).deserialize(room.content)
        self.people, self.cards = room.people, room.cards

    card = st.integers(0, CARDS - 1)
    person = st.integers(0, 1)

    def _act(
        self, deed: Callable[[Session, Person, Card], object], person: int, card: int, *, take: bool = True
    ) -> None:
        try:
            with self.database.transaction() as session:
                who = session.get_one(Person, self.people[person])
                if take:
                    claims.claim(session, who, self.cards[card], 60)
                deed(session, who, session.get_one(Card, self.cards[card]))
        except Refusal:
            pass

    @rule(person=person, card=card)
    def approve(self, person: int, card: int) -> None:
        self._act(desk.approve, person, card)

    @rule(person=person, card=card)
    def reject(self, person: int, card: int) -> None:
        self._act(lambda s, p, c: desk.reject(s, p, c, desk.RejectReason.RULES), person, card)

    @rule(person=person, card=card)
    def hold(self, person: int, card: int) -> None:
        self._act(lambda s, p, c: desk.hold(s, p, c, "Whose is it?"), person, card)

    @rule(person=person, card=card)
    def release(self, person: int, card: int) -> None:
        self._act(desk.release, person, card, take=False)

    @rule(person=person, card=card)
    def recall(self, person: int, card: int) -> None:
        self._act(desk.recall, person, card, take=False)

    @rule(person=person, card=card)
    def undo(self, person: int, card: int) -> None:
        self._act(lambda s, p, _: decisions.undo(s, p), person, card, take=False)

    @rule(person=person, card=card)
    def glance_at_a_sheet(self, person: int, card: int) -> None:
        def deed(session: Session, who: Person, _: Card) -> None:
            sheet = [shown.id for shown in glance.next_sheet(session, who, 60)]
            glance.settle_sheet(session, who, sheet[:-1], sheet[-1:])

        self._act(deed, person, card, take=False)

    @rule(person=person, card=card)
    def undo_the_sheet(self, person: int, card: int) -> None:
        self._act(lambda s, p, _: glance_undo.undo_sheet(s, p, 60), person, card, take=False)

    @rule(person=person, card=card)
    def pack(self, person: int, card: int) -> None:
        self._act(parcels.pack, person, card, take=False)

    @rule(person=person, card=card)
    def unpack(self, person: int, card: int) -> None:
        self._act(parcels.unpack, person, card, take=False)

    @rule(person=person, card=card)
    def take_out(self, person: int, card: int) -> None:
        self._act(parcels.take_out, person, card, take=False)

    @rule(person=person, card=card)
    def seal_and_dispatch(self, person: int, card: int) -> None:
        def deed(session: Session, who: Person, card: Card) -> None:
            parcel = session.get(Parcel, card.parcel_id) if card.parcel_id else None
            if parcel is not None:
                dispatch.seal(session, who, parcel, grams=100)
                dispatch.dispatch(session, who, parcel, "the driver")

        self._act(deed, person, card, take=False)

    @rule(card=card, lane=st.sampled_from(Lane))
    def rescreen(self, card: int, lane: Lane) -> None:
        with self.database.transaction() as session:
            errands.ask(session, ErrandKind.SCREEN, session.get_one(Card, self.cards[card]))
            for claim in errands.claim_more(session, ErrandKind.SCREEN, 1, 20):
                readings.record_screening(session, claim, house.make_screening(lane))

    @rule()
    def turn_the_dial_back(self) -> None:
        with self.database.transaction() as session:
            dial.turn_back(session, session.scalars(select(Campaign)).one(), actor="test")
        with self.database.transaction() as session:
            dial.keep(session)

    @invariant()
    def no_card_is_lost(self) -> None:
        with self.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Card)) == CARDS

    @invariant()
    def travelling_cards_are_in_a_parcel(self) -> None:
        with self.database.reading() as session:
            for card in session.scalars(
                select(Card).where(Card.stage.in_((Stage.PACKED, Stage.DISPATCHED)))
            ):
                assert card.parcel_id is not None

    @invariant()
    def nothing_is_dispatched_that_was_not_agreed_to(self) -> None:
        with self.database.reading() as session:
            for card in session.scalars(
                select(Card).where(Card.stage.in_((Stage.APPROVED, Stage.DISPATCHED)))
            ):
                assert len(decisions.agreed_by(session, card)) >= decisions.people_needed(card)

    @invariant()
    def parcels_keep_their_limits(self) -> None:
        with self.database.reading() as session:
            for parcel in session.scalars(select(Parcel)):
                limit = parcel.destination.items_max
                if limit is not None and parcel.state is not ParcelState.OPEN:
                    assert len(parcel.cards) <= limit

    @invariant()
    def every_move_stands_in_the_ledger(self) -> None:
        with self.database.reading() as session:
            ledger.verify(session)
            for card in session.scalars(select(Card)):
                moves = [e for e in ledger.of_subject(session, card.code) if "origin" in e.detail]
                assert moves[-1].action == f"card.{card.stage}"

    def teardown(self) -> None:
        self.database.dispose()


TestMailRoom = MailRoom.TestCase
TestMailRoom.settings = hypothesis_settings(max_examples=25, stateful_step_count=30, deadline=None)


def test_ledger_tells_a_changed_entry(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        house.make_cards(session, 2)
    with database.transaction() as session:
        session.get_one(Event, 3).actor = "somebody else"
    with database.reading() as session, pytest.raises(ledger.LedgerBrokenError, match="Entry 3"):
        ledger.verify(session)


def test_ledger_tells_missing_last_entries(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        house.make_cards(session, 1)
    with database.transaction() as session:
        session.delete(session.scalars(select(Event).order_by(Event.number.desc())).first())
    with database.reading() as session, pytest.raises(ledger.LedgerBrokenError, match="missing"):
        ledger.verify(session)


def test_ledger_takes_the_beginning_of_a_long_subject(database: Database) -> None:
    long = "Winter " * 30
    with database.transaction() as session:
        file = house.CAMPAIGN.replace("campaign: Winter 2026", f"campaign: {long}")
        campaign = campaign_store.load(session, parse_campaign(file), actor="test")
        dial.measure_anew(session, campaign, actor="test")
    with database.reading() as session:
        assert ledger.verify(session) == 2
        assert {event.subject for event in ledger.newest(session, 2)} == {long[:80]}


def test_ledger_tells_which_cases_a_loaded_file_closes_and_opens_again(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
    without = house.CAMPAIGN[: house.CAMPAIGN.index("  - slug: the-oaks")]
    for text in (without, house.CAMPAIGN):
        with database.transaction() as session:
            campaign_store.load(session, parse_campaign(text), actor="coco")
    with database.reading() as session:
        told = [event for event in ledger.newest(session, 9) if event.action.startswith("case.")]
        assert [(event.action, event.subject, event.actor) for event in told] == [
            ("case.reopened", "the-oaks", "coco"),
            ("case.closed", "the-oaks", "coco"),
        ]
