"""Parcels keep to their destination's limits, and nothing leaves that may no longer travel."""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import campaign_store, claims, decisions, desk, dispatch, parcels, placing
from mailroom.campaigns import Format, parse_campaign
from mailroom.clock import today
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.pull_list import pull_list
from mailroom.records import Card, Case, Parcel, ParcelState, Person, Role, Stage
from tests import house


@pytest.fixture
def approved(database: Database) -> list[int]:
    """Five approved cards for a destination that takes three."""
    with database.transaction() as session:
        house.make_campaign(session)
        ann = house.make_person(session, "ann", Role.REVIEWER)
        house.make_person(session, "dan", Role.DISPATCHER)
        cards = house.make_cards(session, 5)
        _approve(session, ann, cards)
    return [card.id for card in cards]


def _approve(session: Session, person: Person, cards: list[Card]) -> None:
    for card in cards:
        claims.claim(session, person, card.id, 60)
        desk.approve(session, person, card)


def _dan(session: Session) -> Person:
    return session.scalars(select(Person).where(Person.name == "dan")).one()


def _parcels(session: Session) -> list[Parcel]:
    return list(session.scalars(select(Parcel).order_by(Parcel.id)))


def _pack_all(session: Session, parcel: Parcel) -> None:
    for card in list(parcel.cards):
        parcels.pack(session, _dan(session), card)


def test_approved_cards_fill_parcels_up_to_the_limit(database: Database, approved: list[int]) -> None:
    with database.reading() as session:
        assert [len(parcel.cards) for parcel in _parcels(session)] == [3, 2]
        assert [parcel.full for parcel in _parcels(session)] == [True, False]


def test_pull_list_names_what_to_take_and_what_stays(database: Database, approved: list[int]) -> None:
    with database.transaction() as session:
        desk.recall(session, _dan(session), session.get_one(Card, approved[1]))
        session.flush()
        first = _parcels(session)[0]
        session.refresh(first, ["cards"])
        (pull,) = pull_list(session, first)
    assert [card.position for card in pull.take] == [1, 3]
    assert pull.leave == (2,)


def test_sealed_parcel_holds_what_was_ticked_off_and_the_rest_moves_on(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        first = _parcels(session)[0]
        for card in first.cards[:2]:
            parcels.pack(session, _dan(session), card)
        dispatch.seal(session, _dan(session), first, grams=120)
    with database.reading() as session:
        first, second = _parcels(session)
        assert first.state is ParcelState.SEALED
        assert len(first.cards) == 2
        assert len(second.cards) == 3


def test_journey_of_a_parcel(database: Database, approved: list[int]) -> None:
    with database.transaction() as session:
        first = _parcels(session)[0]
        _pack_all(session, first)
        dispatch.seal(session, _dan(session), first, grams=500)
        dispatch.dispatch(session, _dan(session), first, "the driver")
        dispatch.acknowledge(session, _dan(session), first, "with thanks")
    with database.reading() as session:
        first = _parcels(session)[0]
        assert first.state is ParcelState.ACKNOWLEDGED
        assert {card.stage for card in first.cards} == {Stage.DISPATCHED}


@pytest.mark.parametrize(("grams", "words"), [(None, "Weigh the parcel"), (501, "weighs 501 g")])
def test_seal_keeps_the_weight(
    database: Database, approved: list[int], grams: int | None, words: str
) -> None:
    with database.transaction() as session:
        _pack_all(session, _parcels(session)[0])
    with pytest.raises(dispatch.SealRefusedError, match=words), database.transaction() as session:
        dispatch.seal(session, _dan(session), _parcels(session)[0], grams=grams)


def test_empty_parcel_is_not_sealed(database: Database, approved: list[int]) -> None:
    with (
        pytest.raises(dispatch.SealRefusedError, match="Nothing is packed"),
        database.transaction() as session,
    ):
        dispatch.seal(session, _dan(session), _parcels(session)[0], grams=1)


@pytest.mark.parametrize("how", ["by hand", "by date"])
def test_nothing_leaves_for_a_closed_case(database: Database, approved: list[int], how: str) -> None:
    with database.transaction() as session:
        first = _parcels(session)[0]
        _pack_all(session, first)
        dispatch.seal(session, _dan(session), first, grams=100)
        case = session.scalars(select(Case).where(Case.slug == "nadia-k")).one()
        if how == "by hand":
            campaign_store.close_case(session, case, actor="test")
        else:
            case.open_until = today() - dt.timedelta(days=1)
    with pytest.raises(Refusal, match="closed"), database.transaction() as session:
        dispatch.dispatch(session, _dan(session), _parcels(session)[0], "the driver")


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Move the machine to a time zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def test_case_is_open_until_its_last_day_has_ended_where_the_mail_room_is(
    sqlite: Database, in_zone: Callable[[str], None]
) -> None:
    """Between these two islands the day is never the same."""
    west, east = "Etc/GMT+12", "Etc/GMT-14"
    in_zone(west)
    with sqlite.transaction() as session:
        house.make_campaign(session)
        house.make_person(session, "dan", Role.DISPATCHER)
        _approve(session, house.make_person(session, "ann", Role.REVIEWER), house.make_cards(session, 1))
        (parcel,) = _parcels(session)
        parcel.destination.case.open_until = today()
        _pack_all(session, parcel)
    in_zone(east)
    with pytest.raises(Refusal, match="closed"), sqlite.transaction() as session:
        dispatch.seal(session, _dan(session), _parcels(session)[0], grams=100)
    in_zone(west)
    with sqlite.transaction() as session:
        dispatch.seal(session, _dan(session), _parcels(session)[0], grams=100)


def test_withdrawn_card_breaks_the_seal_until_its_paper_is_out(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        first = _parcels(session)[0]
        _pack_all(session, first)
        dispatch.seal(session, _dan(session), first, grams=100)
    with database.transaction() as session:
        desk.recall(session, _dan(session), session.get_one(Card, approved[0]))
    with database.transaction() as session:
        first = _parcels(session)[0]
        assert first.state is ParcelState.OPEN
        assert [card.id for card in parcels.withdrawn(first)] == [approved[0]]
    with pytest.raises(dispatch.SealRefusedError, match="withdrawn"), database.transaction() as session:
        dispatch.seal(session, _dan(session), _parcels(session)[0], grams=100)
    with database.transaction() as session:
        parcels.confirm_out(session, _dan(session), session.get_one(Card, approved[0]))
        dispatch.seal(session, _dan(session), _parcels(session)[0], grams=100)


@pytest.mark.parametrize("slug", ["nadia-k", "the-oaks"])
def test_paper_in_the_parcel_stays_on_its_list_through_approval_and_undo(
    database: Database, approved: list[int], slug: str
) -> None:
    with database.transaction() as session:
        first, dan = _parcels(session)[0], _dan(session)
        _pack_all(session, first)
        card = session.get_one(Card, approved[0])
        desk.recall(session, dan, card)
        card.case = campaign_store.case_of_slug(session, slug)
        session.flush()
        _approve(session, dan, [card])
        if slug == "nadia-k":
            assert card.stage is Stage.PACKED
            assert parcels.withdrawn(first) == []
            with pytest.raises(Refusal, match="approved again"):
                parcels.confirm_out(session, dan, card)
            desk.recall(session, dan, card)
        else:
            decisions.undo(session, dan)
        assert card.stage is Stage.WAITING
        assert parcels.withdrawn(first) == [card]
        with pytest.raises(dispatch.SealRefusedError, match="withdrawn"):
            dispatch.seal(session, dan, first, grams=100)


def test_card_is_not_confirmed_out_while_it_is_approved_again(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        _pack_all(session, _parcels(session)[0])
        desk.recall(session, _dan(session), session.get_one(Card, approved[0]))

    def confirm_meanwhile() -> None:
        with database.transaction() as session:
            parcels.confirm_out(session, _dan(session), session.get_one(Card, approved[0]))

    with ThreadPoolExecutor(1) as beside:
        with database.transaction() as session:
            _approve(session, _dan(session), [session.get_one(Card, approved[0])])
            session.flush()
            confirming = beside.submit(confirm_meanwhile)
            time.sleep(0.5)
        with pytest.raises(Refusal, match="approved again"):
            confirming.result()
    with database.reading() as session:
        assert session.get_one(Card, approved[0]) in _parcels(session)[0].cards


def test_undo_of_an_approval_of_what_is_still_packed_comes_too_late(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        _pack_all(session, _parcels(session)[0])
        desk.recall(session, _dan(session), session.get_one(Card, approved[0]))
        _approve(session, _dan(session), [session.get_one(Card, approved[0])])
    with pytest.raises(Refusal, match="is packed"), database.transaction() as session:
        decisions.undo(session, _dan(session))
    with database.reading() as session:
        assert session.get_one(Card, approved[0]) in _parcels(session)[0].cards


def test_withdrawn_card_cannot_be_unpacked_back_into_approval(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        _pack_all(session, _parcels(session)[0])
        desk.recall(session, _dan(session), session.get_one(Card, approved[0]))
    with pytest.raises(Refusal, match="not packed"), database.transaction() as session:
        parcels.unpack(session, _dan(session), session.get_one(Card, approved[0]))


def test_cards_go_to_a_destination_that_takes_their_format(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        ann = house.make_person(session, "ann")
        letter = house.make_cards(session, 1, slug="the-oaks")
        postcard = house.make_cards(session, 1, slug="the-oaks")
        postcard[0].tray.format = Format.POSTCARD
        _approve(session, ann, letter + postcard)
    with database.reading() as session:
        places = {p.destination.name: [card.id for card in p.cards] for p in _parcels(session)}
        assert places == {"Town": [letter[0].id], "Village": [postcard[0].id]}


def test_card_without_a_place_is_listed_and_placed_later(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        ann = house.make_person(session, "ann")
        cards = house.make_cards(session, 1)
        case = cards[0].case
        assert case is not None
        case.destinations[0].formats = ["postcard"]
        _approve(session, ann, cards)
        assert [card.id for card in placing.homeless(session)] == [cards[0].id]
        case.destinations[0].formats = []
        session.flush()
        assert placing.place_homeless(session) == 1
        session.flush()
        assert placing.homeless(session) == []


def test_withdrawn_card_that_was_for_somebody_else_leaves_its_parcel(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        _pack_all(session, _parcels(session)[0])
        card, dan = session.get_one(Card, approved[0]), _dan(session)
        desk.recall(session, dan, card)
        claims.claim(session, dan, card.id, 60)
        desk.change_case(session, dan, card, campaign_store.case_of_slug(session, "the-oaks"))
        house.screen(session, card, house.make_screening(Lane.DESK))
        assert desk.approve(session, dan, card)
    with database.transaction() as session:
        first, card = _parcels(session)[0], session.get_one(Card, approved[0])
        assert parcels.withdrawn(first) == [card]
        assert pull_list(session, first) == []
        with pytest.raises(Refusal, match="may not travel"):
            parcels.pack(session, _dan(session), card)
        with pytest.raises(dispatch.SealRefusedError, match="withdrawn"):
            dispatch.seal(session, _dan(session), first, grams=100)
        parcels.confirm_out(session, _dan(session), card)
        session.refresh(first, ["cards"])
        dispatch.seal(session, _dan(session), first, grams=100)
    with database.reading() as session:
        assert {p.destination.name: len(p.cards) for p in _parcels(session)}["Town"] == 1


def test_card_that_left_with_its_parcel_stays_on_its_list(database: Database, approved: list[int]) -> None:
    with database.transaction() as session:
        first = _parcels(session)[0]
        _pack_all(session, first)
        dispatch.seal(session, _dan(session), first, grams=100)
        dispatch.dispatch(session, _dan(session), first, "the driver")
    with pytest.raises(Refusal, match="not withdrawn"), database.transaction() as session:
        parcels.confirm_out(session, _dan(session), session.get_one(Card, approved[0]))


def test_parcel_that_is_elsewhere_says_where_and_what_to_do(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        first, dan = _parcels(session)[0], _dan(session)
        with pytest.raises(Refusal, match="is open"):
            dispatch.dispatch(session, dan, first, "the driver")
        _pack_all(session, first)
        dispatch.seal(session, dan, first, grams=100)
        with pytest.raises(Refusal, match="Break its seal to change it"):
            parcels.unpack(session, dan, first.cards[0])
        dispatch.dispatch(session, dan, first, "the driver")
    with pytest.raises(Refusal, match="has left already"), database.transaction() as session:
        dispatch.reopen(session, _dan(session), _parcels(session)[0])


def _retire(session: Session, name: str, *others: str) -> None:
    """Load the campaign anew with these destinations in place of the one of this name."""
    entries = ", ".join(f"{{name: {other}}}" for other in others)
    file = re.sub(rf"- {{name: {name},.*", f"[{entries}]", house.CAMPAIGN)
    campaign_store.load(
        session, parse_campaign(file.replace("destinations:\n      [", "destinations: [")), actor="test"
    )


def test_nothing_leaves_for_a_destination_that_left_the_file(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        sealed, filling = _parcels(session)
        _pack_all(session, sealed)
        dispatch.seal(session, _dan(session), sealed, grams=100)
        parcels.pack(session, _dan(session), filling.cards[0])
    with database.transaction() as session:
        _retire(session, "Prison post office", "The family")
    with database.transaction() as session:
        sealed, filling, fresh = _parcels(session)
        assert ([card.id for card in filling.cards], [card.id for card in fresh.cards]) == (
            [approved[3]],
            [approved[4]],
        )
        assert fresh.destination.name == "The family"
        with pytest.raises(Refusal, match=r"no longer a destination of Nadia K\.: .* Break the seal"):
            dispatch.dispatch(session, _dan(session), sealed, "the driver")
        with pytest.raises(dispatch.SealRefusedError, match=r"no longer a destination.* “Not in it”"):
            dispatch.seal(session, _dan(session), filling, grams=100)


def test_what_is_taken_out_of_a_retired_destinations_parcel_finds_another(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        _pack_all(session, _parcels(session)[0])
        _retire(session, "Prison post office", "The family")
    with database.transaction() as session:
        card = session.get_one(Card, approved[0])
        parcels.unpack(session, _dan(session), card)
        assert card.stage is Stage.APPROVED
        assert session.get_one(Parcel, card.parcel_id).destination.name == "The family"
    with database.transaction() as session:
        _retire(session, "Prison post office", "Prison post office", "The family")
        first = _parcels(session)[0]
        dispatch.seal(session, _dan(session), first, grams=100)
        assert [card.id for card in first.cards] == approved[1:3]


def test_cards_for_a_retired_destination_wait_where_there_is_no_other(
    database: Database, approved: list[int]
) -> None:
    with database.transaction() as session:
        _retire(session, "Prison post office")
        session.flush()
        assert [card.id for card in placing.homeless(session)] == approved
