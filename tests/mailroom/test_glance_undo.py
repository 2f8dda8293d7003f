"""A sheet of the glance is undone as a whole, as far as nobody has dealt with its cards since."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from mailroom import (
    claims,
    decisions,
    desk,
    dispatch,
    errands,
    flags,
    glance,
    glance_undo,
    parcels,
    readings,
)
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import Label, Lane, Screening, Severity
from mailroom.records import Card, ErrandKind, Parcel, Person, Role, Stage
from tests import house

WHY = "Because the test says so."


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    with database.transaction() as session:
        house.make_campaign(session)
        return house.make_person(session, "ann", Role.REVIEWER).id, house.make_person(session, "bea").id


def settle(session: Session, people: tuple[int, int], count: int = 4, marked: int = 1) -> list[Card]:
    """Have ann settle a sheet of new cards of which she marks the last ones."""
    ann = session.get_one(Person, people[0])
    house.make_cards(session, count, Lane.GLANCE)
    sheet = glance.next_sheet(session, ann, 60)
    ids = [card.id for card in sheet]
    glance.settle_sheet(session, ann, ids[: count - marked], ids[count - marked :])
    session.flush()
    return sheet


def undo(session: Session, people: tuple[int, int]) -> glance_undo.UndoneSheet:
    undone = glance_undo.undo_sheet(session, session.get_one(Person, people[0]), 60)
    session.flush()
    return undone


def test_the_sheet_is_as_it_was_and_the_next_one_shown(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        cards = settle(session, people)
        assert {card.stage for card in cards} == {Stage.APPROVED, Stage.WAITING}
        house.make_cards(session, 12, Lane.GLANCE)
        ann = session.get_one(Person, people[0])
        glance.next_sheet(session, ann, 60)
        undone = undo(session, people)
        assert (undone.back, undone.marked, undone.kept) == (cards, cards[3:], {})
        assert {(card.stage, card.lane) for card in cards} == {(Stage.WAITING, Lane.GLANCE)}
        assert {tuple(card.lane_reasons) for card in cards} == {(WHY,)}
        assert {card.parcel_id for card in cards} == {None}
        again = glance.next_sheet(session, ann, 60)
        assert again[:4] == cards
        assert len(again) == 12


def test_sheets_are_undone_one_after_the_other(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        first, second = settle(session, people), settle(session, people)
        assert undo(session, people).back == second
        assert undo(session, people).back == first
        with pytest.raises(Refusal, match="no sheet"):
            undo(session, people)


def test_the_desk_and_the_glance_undo_their_own(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        ann = session.get_one(Person, people[0])
        (decided,) = house.make_cards(session, 1)
        claims.claim(session, ann, decided.id, 60)
        desk.approve(session, ann, decided)
        cards = settle(session, people)
        assert decisions.undo(session, ann) is decided
        assert undo(session, people).back == cards


def test_what_is_packed_sealed_or_gone_stays(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        cards = settle(session, people, marked=0)
        bea = session.get_one(Person, people[1])
        parcels.pack(session, bea, cards[0])
        parcel = session.get_one(Parcel, cards[0].parcel_id)
        dispatch.seal(session, bea, parcel, grams=100)
        open_ = cards[3]
        parcels.pack(session, bea, open_)
        kept = undo(session, people).kept
        assert kept == {
            cards[0].code: f"sealed in parcel {parcel.code}",
            open_.code: f"packed in parcel {session.get_one(Parcel, open_.parcel_id).code}",
        }
        assert [card.stage for card in cards] == [Stage.PACKED, Stage.WAITING, Stage.WAITING, Stage.PACKED]
        dispatch.dispatch(session, bea, parcel, "the driver")
        with pytest.raises(Refusal, match=f"{cards[0].code}: sent off with parcel {parcel.code}"):
            undo(session, people)


def test_who_packs_a_card_and_who_undoes_its_sheet_do_not_wait_for_each_other(
    database: Database, people: tuple[int, int]
) -> None:
    with database.transaction() as session:
        packed, _ = settle(session, people, count=2, marked=0)

    def undo_meanwhile() -> glance_undo.UndoneSheet:
        with database.transaction() as session:
            return undo(session, people)

    with ThreadPoolExecutor(1) as beside:
        with database.transaction() as session:
            card = session.get_one(Card, packed.id)
            session.get_one(Parcel, card.parcel_id, with_for_update=True)
            undoing = beside.submit(undo_meanwhile)
            time.sleep(0.5)
            parcels.pack(session, session.get_one(Person, people[1]), card)
        assert list(undoing.result().kept) == [packed.code]


def test_what_others_have_or_have_dealt_with_stays(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        cards = settle(session, people, count=6, marked=5)
        bea = session.get_one(Person, people[1])
        for card in cards[1:4]:
            claims.claim(session, bea, card.id, 60)
        desk.reject(session, bea, cards[2], desk.RejectReason.UNSAFE)
        flags.add(session, bea, cards[3], label=Label.MARK, reason="A flag.")
        claims.let_go(cards[3])
    with database.transaction() as session:
        assert undo(session, people).kept == {
            cards[1].code: "bea is looking at it at the desk",
            cards[2].code: "somebody has decided about it since",
            cards[3].code: "somebody has dealt with it since",
        }
    with database.reading() as session:
        lanes = [session.get_one(Card, card.id).lane for card in cards]
        assert lanes == [Lane.GLANCE, *[Lane.DESK] * 3, *[Lane.GLANCE] * 2]


def test_what_changed_rules_found_since_stays_at_the_desk(
    database: Database, people: tuple[int, int]
) -> None:
    found = Screening((house.finding(),), None, Lane.DESK, ("A changed rule found something.",))
    with database.transaction() as session:
        plain, marked = settle(session, people, count=2)
        errands.ask(session, ErrandKind.SCREEN, marked)
        (claim,) = errands.claim_more(session, ErrandKind.SCREEN, 1, 20)
        readings.record_screening(session, claim, found)
        session.flush()
        undone = undo(session, people)
        assert (undone.back, undone.kept) == ([plain], {marked.code: "checked anew since"})
        assert (marked.lane, marked.lane_reasons) == (Lane.DESK, list(found.reasons))


def test_a_drawn_card_stands_on_the_sheet_again_like_the_others(
    database: Database, people: tuple[int, int]
) -> None:
    class Always(random.Random):
        def random(self) -> float:
            return 0.0

    with database.transaction() as session:
        house.make_cards(session, 2, Lane.GLANCE)[0].case.campaign.recheck_share = 1.0  # type: ignore[union-attr]
        ann = session.get_one(Person, people[0])
        cards = glance.next_sheet(session, ann, 60)
        glance.settle_sheet(session, ann, [card.id for card in cards], [], dice=Always())
        session.flush()
        assert {card.lane for card in cards} == {Lane.DESK}
        assert undo(session, people).back == cards
        assert {(card.lane, *card.lane_reasons) for card in cards} == {(Lane.GLANCE, WHY)}


def test_hints_on_a_sheet_are_open_again(database: Database, people: tuple[int, int]) -> None:
    with database.transaction() as session:
        tray = house.make_tray(session)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        house.read(session, card, house.make_screening(Lane.GLANCE, house.finding()))
        ann = session.get_one(Person, people[0])
        glance.next_sheet(session, ann, 60)
        glance.settle_sheet(session, ann, [card.id], [])
        undo(session, people)
        assert [(flag.state, flag.severity) for flag in card.flags] == [("open", Severity.LOOK)]
