"""The pages of trays: opened, filled, watched while they fill, and their troubles settled."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from werkzeug.datastructures import FileStorage

from mailroom import arrivals, desk, flags, people, trays
from mailroom.database import Database
from mailroom.finding import Label
from mailroom.reading import Reading
from mailroom.records import Arrival, Card, Case, Outcome
from mailroom.settings import Settings
from tests.house import cards_of, lay, make_cards, make_tray
from tests.pages.conftest import Visit


def test_opening_a_tray(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("tomas")
    assert "Nadia K." in visitor.get("/trays/new").get_data(as_text=True)
    with room.reading() as session:
        case = session.scalars(select(Case).where(Case.slug == "nadia-k")).one()
    answer = visitor.post(
        "/trays/new",
        {"case": case.id, "sides": "duplex", "format": "postcard", "expected": "40", "note": "Leeds"},
    )
    assert answer.status_code == 303
    with room.reading() as session:
        tray = trays.tray_by_code(session, answer.location.rsplit("/", 1)[1])
        assert (tray.duplex, tray.expected, tray.note, tray.case_id) == (True, 40, "Leeds", case.id)


@pytest.mark.parametrize("expected", ["-1", "many", "1e9", "0", "٣٠٠٠٠٠"])
def test_a_number_that_makes_no_sense_is_refused(visit: Callable[..., Visit], expected: str) -> None:
    answer = visit("tomas").post("/trays/new", {"format": "letter", "expected": expected})
    assert answer.status_code == 409
    assert "whole number" in answer.get_data(as_text=True)


def test_uploads_lie_in_the_inbox_for_the_scanner(
    visit: Callable[..., Visit], room: Database, settings: Settings
) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
    files = [FileStorage(io.BytesIO(bytes([n]) * 1000), f"card {n}.jpg") for n in range(3)]
    answer = visit("tomas").post(f"/trays/{tray.code}/files", {"file": files})
    assert answer.status_code == 303
    folder = settings.inbox_folder / tray.folder
    assert sorted(path.name for path in folder.iterdir()) == ["card 0.jpg", "card 1.jpg", "card 2.jpg"]
    assert (folder / "card 2.jpg").read_bytes() == b"\2" * 1000
    (folder / ".upload-unfinished.jpg").touch()
    (folder / "desktop.ini").touch()
    assert "3 files wait to be taken in" in visit("mira").get(f"/trays/{tray.code}").get_data(as_text=True)
    (folder / "card 0.jpg").unlink()
    (folder / "card 1.jpg").unlink()
    assert "1 file waits" in visit("mira").get(f"/trays/{tray.code}/live").get_data(as_text=True)


def test_a_tray_tells_of_files_with_trouble_and_settles_them(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray, content="same")
        twin = lay(session, tray, content="same")
        bad = arrivals.refuse(
            session,
            tray,
            name="broken.jpg",
            source="s" * 64,
            digest="",
            size=3,
            reason="Cut off.",
            actor="scanner",
        )
    visitor = visit("tomas")
    page = visitor.get(f"/trays/{tray.code}").get_data(as_text=True)
    assert "Not taken: Cut off." in page
    assert "The very same file came before" in page
    visitor.post(f"/trays/arrivals/{twin.id}/take")
    visitor.post(f"/trays/arrivals/{bad.id}/discard")
    with room.reading() as session:
        assert len(cards_of(session, tray)) == 2
        assert session.get_one(Arrival, bad.id).outcome is Outcome.DISCARDED


def test_the_live_part_is_sent_only_when_it_changed(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray, content="same")
        lay(session, tray, content="same")
    visitor = visit("tomas")
    first = visitor.get(f"/trays/{tray.code}/live")
    assert "The very same file came before" in first.get_data(as_text=True)
    # A token would differ with each second, and keep the page asking and changing for ever.
    assert "csrf_token" not in first.get_data(as_text=True)
    again = visitor.get(f"/trays/{tray.code}/live", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with room.transaction() as session:
        lay(session, trays.tray_by_code(session, tray.code))
    changed = visitor.get(f"/trays/{tray.code}/live", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "data-card" in changed.get_data(as_text=True)


def test_a_tile_names_the_likely_script_of_what_could_not_be_read(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        person = people.person_named(session, "mira")
        desk.open_card(session, person, card.id, 60)
        flags.add(session, person, card, label=Label.UNREADABLE, reason="Cyrillic, I think.")
        card.unread_script = "Cyrl"
        address = f"/trays/{card.tray.code}"
    assert "Unreadable: perhaps Cyrillic" in visit("mira").get(address).get_data(as_text=True)


def test_a_long_tray_is_loaded_a_page_at_a_time_and_without_what_its_cards_say(
    visit: Callable[..., Visit], room: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_ui.rooms.trays.PAGE_CARDS", 2)
    with room.transaction() as session:
        tray = make_cards(session, 5)[0].tray
    visitor = visit("mira")
    loaded: list[int] = []
    event.listen(Card, "load", lambda card, _: loaded.append(card.position))
    monkeypatch.setattr(Reading, "from_data", None)
    for number, positions in ((1, [1, 2]), (2, [3, 4]), (3, [5])):
        loaded.clear()
        answer = visitor.get(f"/trays/{tray.code}/live?page={number}")
        assert answer.status_code == 200
        assert loaded == positions
