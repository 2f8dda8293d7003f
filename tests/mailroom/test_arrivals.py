"""What comes in is laid in scan order, once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mailroom import arrivals, campaign_store, codes, errands, readings, trays
from mailroom.campaigns import parse_campaign
from mailroom.clock import now
from mailroom.database import Database
from mailroom.records import Arrival, Card, Errand, Outcome, Stage, Tray
from tests import house
from tests.install.room import until


def test_pages_take_their_positions_in_order(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session)
        for pages in (1, 3, 1):
            house.lay(session, tray, pages)
        assert [card.position for card in house.cards_of(session, tray)] == [1, 2, 3, 4, 5]


def test_duplex_pages_pair_within_and_across_files(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        for pages in (4, 1, 1, 1):
            house.lay(session, tray, pages)
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [2, 2, 2, 1]


@pytest.mark.parametrize(
    ("files", "paired"),
    [
        ("F B f b F B", ["FB", "FB"]),
        ("F b F B F B", ["F", "FB", "FB"]),
        ("f B F B F B", ["B", "FB", "FB"]),
        ("F B f B F B F b F B", ["FB", "B", "FB", "F", "FB"]),
        ("F b f B F B", ["F", "B", "FB"]),
        ("FB fb FB", ["FB", "FB"]),
        ("FBF B F B", ["FB", "FB", "FB"]),
    ],
)
@pytest.mark.parametrize("lost", [Outcome.REFUSED, Outcome.DUPLICATE])
def test_file_that_became_no_card_shifts_no_pair(
    sqlite: Database, files: str, paired: list[str], lost: Outcome
) -> None:
    """Small letters are files that are damaged, or that came before; each letter is a page."""
    with sqlite.transaction() as session:
        house.make_campaign(session)
        house.lay(session, house.make_tray(session), content="came before")
        tray = house.make_tray(session, duplex=True)
        pages: dict[int, str] = {}
        for file in files.split():
            if file.isupper():
                pages[house.lay(session, tray, len(file)).id] = file
            elif lost is Outcome.REFUSED:
                house.refuse(session, tray)
            else:
                house.lay(session, tray, len(file), content="came before")
        cards = house.cards_of(session, tray)
        assert [
            "".join(pages[side.arrival_id][side.page] for side in card.sides) for card in cards
        ] == paired


def test_folder_that_is_told_among_the_files_shifts_no_pair(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        for turn in range(4):
            if turn in {1, 2}:
                house.refuse(session, tray, name="nadia/closed/")
            house.lay(session, tray)
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [2, 2]


def test_pause_begins_a_new_pair_after_a_damaged_front(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        house.refuse(session, tray).came_at -= dt.timedelta(minutes=1)
        for _ in range(4):
            house.lay(session, tray)
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [2, 2]


MINUTE = dt.timedelta(minutes=1)


def test_scan_after_a_jam_is_a_front_however_far_behind_the_workers_are(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        house.lay(session, tray).came_at -= MINUTE
        for _ in range(4):
            house.lay(session, tray)
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [1, 2, 2]


def test_back_that_came_after_its_front_was_read_shifts_no_pair(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        house.lay(session, tray)
        house.read(session, house.cards_of(session, tray)[0])
        for _ in range(3):
            house.lay(session, tray)
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [1, 1, 2]


def test_standstill_between_front_and_back_is_no_pause_of_whoever_scans(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        for turn in range(4):
            arrival = house.lay(session, tray, made_at=now() + turn * dt.timedelta(seconds=2))
            if turn == 0:
                arrival.came_at -= MINUTE
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [2, 2]


def test_pause_after_an_odd_page_of_a_file_begins_a_new_pair(sqlite: Database) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        house.lay(session, tray, 3).came_at -= MINUTE
        house.lay(session, tray, 2)
        assert [len(card.sides) for card in house.cards_of(session, tray)] == [2, 1, 2]


def test_front_waits_for_its_back_before_it_is_read(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        house.lay(session, tray)
        errand = session.scalars(select(Errand)).one()
        assert errand.due_at is not None
        assert errand.due_at > now()
        house.lay(session, tray)
        assert errand.due_at <= now()


def test_back_that_comes_while_the_front_is_read_is_read_before_anybody_decides(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session, duplex=True)
        house.lay(session, tray)
        errand = session.scalars(select(Errand)).one()
        errand.due_at = now()
        session.flush()
        claim = errands.claim(session, errand.id, 20)
        assert claim is not None
        house.lay(session, tray)
        front = readings.ReadSide(house.make_reading(), "0" * 64, "1" * 64)
        readings.record(session, claim, [front], house.make_screening())
        (card,) = house.cards_of(session, tray)
        stages = [card.stage]
        house.read(session, card)
        assert [*stages, card.stage] == [Stage.SCANNED, Stage.WAITING]
        assert all(side.reading is not None for side in card.sides)


def test_same_bytes_are_noticed_and_taken_only_when_a_person_says_so(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session)
        first = house.lay(session, tray, content="same")
        second = house.lay(session, tray, content="same")
        assert (second.outcome, second.first) == (Outcome.DUPLICATE, first)
        assert len(house.cards_of(session, tray)) == 1
        arrivals.take_anyway(session, second, "ann")
        assert len(house.cards_of(session, tray)) == 2
        with pytest.raises(arrivals.Settled):
            arrivals.take_anyway(session, second, "ann")


@pytest.mark.parametrize(
    ("same_file", "outcomes"), [(False, [Outcome.TAKEN, Outcome.DUPLICATE]), (True, [Outcome.TAKEN])]
)
def test_two_who_take_the_same_bytes_at_once_make_one_card(
    database: Database, same_file: bool, outcomes: list[Outcome]
) -> None:
    sources = ["a" * 64, ("a" if same_file else "b") * 64]

    def take(session: Session, source: str) -> None:
        tray = session.scalars(select(Tray)).one()
        arrivals.take(
            session,
            tray,
            name="1.jpg",
            source=source,
            digest="c" * 64,
            size=1,
            pages=[(8, 6)],
            actor="test",
        )

    def take_too() -> None:
        with database.transaction() as session:
            take(session, sources[1])

    with database.transaction() as session:
        house.make_campaign(session)
        house.make_tray(session)
    with ThreadPoolExecutor(1) as other:
        with database.transaction() as session:
            take(session, sources[0])
            waiting = other.submit(take_too)
            until(lambda: waiting.done() or _somebody_waits(database), "the other one's turn")
        waiting.result()
    with database.reading() as session:
        assert list(session.scalars(select(Arrival.outcome).order_by(Arrival.id))) == outcomes
        assert len(session.scalars(select(Card)).all()) == 1


def _somebody_waits(database: Database) -> bool:
    if database.engine.dialect.name == "sqlite":
        # Whoever writes second waits for the first.
        return True
    with database.reading() as session:
        return session.execute(text("SELECT 1 FROM pg_locks WHERE NOT granted")).first() is not None


@pytest.mark.parametrize(
    ("folder", "slug", "duplex"),
    [
        ("nadia-k", "nadia-k", False),
        ("nadia-k school duplex", "nadia-k", True),
        ("Nadia-K_duplex", "nadia-k", True),
        ("nadia-k-duplex", "nadia-k", True),
        ("nadia-k, 2nd sack", "nadia-k", False),
        ("nadia-kx", None, False),
        ("box 3", None, False),
        ("the oaks 2", "the-oaks", False),
    ],
)
def test_folder_names_its_tray(database: Database, folder: str, slug: str | None, duplex: bool) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        tray = trays.tray_for_folder(session, folder)
        assert (tray.case and tray.case.slug, tray.duplex) == (slug, duplex)
        assert trays.tray_for_folder(session, folder) is tray
        assert trays.tray_for_folder(session, tray.code) is tray


@pytest.mark.parametrize(
    ("folder", "slug"),
    [
        ("maria", "maria"),
        ("maria school", "maria"),
        ("maria-anna", "maria-anna"),
        ("maria anna duplex", "maria-anna"),
        ("maria-lopes", None),
        ("maria-lopes duplex", None),
        ("maria\u2013lopes", None),
        ("mariann\u00e9", None),
        ("maria\u0301", None),
        ("maria-2", None),
    ],
)
def test_folder_of_one_name_is_no_tray_of_a_shorter_one(
    sqlite: Database, folder: str, slug: str | None
) -> None:
    cases = "{slug: maria, name: Maria}, {slug: maria-anna, name: Maria Anna}"
    file = f"{{campaign: Winter, starts: 2026-11-01, ends: 2027-01-31, cases: [{cases}]}}"
    with sqlite.transaction() as session:
        campaign_store.load(session, parse_campaign(file), actor="test")
        case = trays.tray_for_folder(session, folder).case
        assert (case and case.slug) == slug


def test_counts(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        house.make_cards(session, 2)
        tray = house.make_tray(session)
        house.lay(session, tray)
        newest, older = trays.all_trays(session)
        assert (newest.cards, newest.read, older.cards, older.read) == (1, 0, 2, 2)
        assert session.scalars(select(Card)).first() is not None


@given(st.sampled_from([codes.TRAY_PREFIX, codes.PARCEL_PREFIX]), st.integers(0, 5), st.integers(1, 27))
def test_miscopied_code_is_noticed(prefix: str, place: int, shift: int) -> None:
    code = codes.new_code(prefix)
    assert codes.parse_code(code.lower().replace("-", " "), prefix) == code
    place += len(prefix) + 1
    right = codes.ALPHABET.index(code[place])
    wrong = codes.ALPHABET[(right + shift) % len(codes.ALPHABET)]
    with pytest.raises(codes.CodeError, match="mistyped"):
        codes.parse_code(code[:place] + wrong + code[place + 1 :], prefix)
