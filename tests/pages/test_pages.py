"""Every page over a room that has something in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from mailroom import arrivals, desk, errands, flags, ledger, parcels, people, trays
from mailroom.database import Database
from mailroom.finding import DIAL_OFF, Label, Lane
from mailroom.records import Arrival, Card, Case, Decision, ErrandKind, FlagState, Outcome, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests.house import (
    CAMPAIGN,
    PASSWORD,
    cards_of,
    finding,
    lay,
    make_cards,
    make_screening,
    make_tray,
    read,
)
from tests.pages import sample_room
from tests.pages.conftest import Visit


def make_parcel(session: Session, cards: list[Card]) -> str:
    """Approve the cards and return the code of the parcel that they are for."""
    person = people.person_named(session, "mira")
    for card in cards:
        desk.open_card(session, person, card.id, 60)
        desk.approve(session, person, card)
    return parcels.all_parcels(session)[0].parcel.code


def test_the_entrance_shows_what_waits(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        make_cards(session, 3, Lane.DESK)
        make_cards(session, 2, Lane.GLANCE)
    page = visit("mira").get("/").get_data(as_text=True)
    assert '<p class="count">3</p>' in page
    assert '<p class="count">2</p>' in page
    assert "Pack and dispatch" not in page


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
    visitor = visit("tomas")
    first = visitor.get(f"/trays/{tray.code}/live")
    again = visitor.get(f"/trays/{tray.code}/live", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with room.transaction() as session:
        lay(session, trays.tray_by_code(session, tray.code))
    changed = visitor.get(f"/trays/{tray.code}/live", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "data-card" in changed.get_data(as_text=True)


def test_a_reader_of_russian_finds_the_russian_cards(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 3)
        session.get_one(Card, cards[2].id).unread_script = "Cyrl"
        codes = [card.code for card in cards]
    visitor = visit("mira")
    choice = visitor.get("/desk/languages").get_data(as_text=True)
    assert "perhaps Cyrillic script: Russian, Ukrainian" in choice
    assert visitor.post("/desk/languages", {"writing": ["Cyrl", "rus", "<b>"]}).status_code == 303
    page = visitor.get("/desk/").get_data(as_text=True)
    assert f"{codes[2]} at the desk" in page
    assert "only unread Cyrillic script, Russian" in page
    visitor.post(f"/desk/{cards[2].id}/approve")
    empty = visitor.get("/desk/").get_data(as_text=True)
    assert "No card waits in unread Cyrillic script, Russian. 2 are at the desk in other languages" in empty
    visitor.post("/desk/languages")
    assert codes[0] in visitor.get("/desk/").get_data(as_text=True)


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


def test_what_was_written_down_is_cleaned_and_given_back_where_it_was_refused(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
    visitor = visit("mira")
    address = f"/desk/{card.id}/text"
    refused = visitor.post(address, {"side": "0", "text": "Дорогая </textarea><b>Надя"})
    assert refused.status_code == 409
    assert "Дорогая &lt;/textarea&gt;&lt;b&gt;Надя</textarea>" in refused.get_data(as_text=True)
    visitor.get("/desk/")
    assert visitor.post(address, {"side": "0", "text": "\u202e\u200b\0"}).status_code == 409
    long = "Dear\u202e\0 N\u200badia 💌\r\n" + "a\r\n" * 9980 + "b"
    assert visitor.post(address, {"side": "0", "text": long, "language": "eng"}).status_code == 303
    with room.reading() as session:
        reading = session.get_one(Card, card.id).sides[0].reading
        assert reading is not None
        assert reading.text.startswith("Dear Nadia 💌\na\na\n")
        assert len(reading.lines) == 9982


def test_what_was_written_down_is_read_by_the_second_reader_too(
    visit: Callable[..., Visit], room: Database, app: Flask
) -> None:
    house = app.extensions["mailroom"]
    told = house.settings.model_copy(update={"second_reader_url": "http://127.0.0.1:9/v1"})
    app.extensions["mailroom"] = replace(house, settings=told)
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
    visitor = visit("mira")
    visitor.get("/desk/")
    visitor.post(f"/desk/{card.id}/text", {"side": "0", "text": "Dear Nadia", "language": "eng"})
    with room.reading() as session:
        assert errands.waiting_for(session, ErrandKind.SECOND_READ, [card.id])


def test_who_may_write_down_and_where(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
    for what in ("text", "read"):
        address = f"/desk/{card.id}/{what}"
        assert visit("tomas").post(address, {"text": "Dear Nadia"}).status_code == 403
        assert visit("lena").post(address, {"text": "Dear Nadia"}).status_code == 403
        assert visit("mira").client.post(address, data={"text": "Dear Nadia"}).status_code == 400
        assert visit("mira").get(address).status_code == 405
        assert visit("mira").post(f"/desk/999/{what}", {"text": "Dear Nadia"}).status_code == 404
    assert visit("tomas").get("/desk/languages").status_code == 403


def test_decisions_at_the_desk(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 4)
        codes = [card.code for card in cards]
    visitor = visit("mira")
    assert codes[0] in visitor.get("/desk/").get_data(as_text=True)
    visitor.post(f"/desk/{cards[0].id}/approve")
    visitor.get("/desk/")
    visitor.post(f"/desk/{cards[1].id}/reject", {"reason": desk.RejectReason.UNFIT.value})
    visitor.get("/desk/")
    visitor.post(f"/desk/{cards[2].id}/hold", {"question": "Who is Ana?"})
    assert codes[3] in visitor.get("/desk/").get_data(as_text=True)
    with room.reading() as session:
        stages = [session.get_one(Card, card.id).stage for card in cards]
    assert stages == [Stage.APPROVED, Stage.REJECTED, Stage.HELD, Stage.WAITING]
    assert "Who is Ana?" in visitor.get("/held/").get_data(as_text=True)
    visitor.post("/desk/undo")
    with room.reading() as session:
        assert session.get_one(Card, cards[2].id).stage is Stage.WAITING


def test_flags_are_dismissed_taken_back_and_added(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        tray = make_tray(session)
        lay(session, tray)
        card = cards_of(session, tray)[0]
        read(session, card, make_screening(Lane.DESK, finding()))
        flag = card.flags[0].id
    visitor = visit("mira")
    visitor.get("/desk/")
    states = []
    for wish in ("dismiss", "reopen"):
        visitor.post(f"/desk/{card.id}/flags/{flag}/{wish}")
        with room.reading() as session:
            states.append(session.get_one(Card, card.id).flags[0].state)
    assert states == [FlagState.DISMISSED, FlagState.OPEN]
    visitor.post(f"/desk/{card.id}/flags", {"label": "money", "reason": "A banknote.", "evidence": "ten"})
    page = visitor.get("/desk/").get_data(as_text=True)
    assert "A banknote." in page


def test_a_card_passed_over_comes_back_only_after_the_others(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 3)
        codes = [card.code for card in cards]
    visitor = visit("mira")
    seen = []
    for card in [*cards, cards[0]]:
        page = visitor.get("/desk/").get_data(as_text=True)
        seen.append(next(code for code in codes if f'data-card="{code}"' in page))
        visitor.post(f"/desk/{card.id}/let-go/next")
    assert seen == [*codes, codes[0]]


def test_two_people_are_told_of_each_other(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1, Lane.SECOND_LOOK)[0]
    mira, noor = visit("mira"), visit("noor")
    assert "You are the first" in mira.get("/desk/").get_data(as_text=True)
    mira.post(f"/desk/{card.id}/approve")
    assert "mira has agreed" in noor.get("/desk/").get_data(as_text=True)
    noor.post(f"/desk/{card.id}/approve")
    with room.reading() as session:
        assert session.get_one(Card, card.id).stage is Stage.APPROVED


def test_a_card_that_somebody_has_is_refused_with_name_and_time(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        place = f"/desk/{card.tray.code}/{card.position}"
    visit("mira").get(place)
    noor = visit("noor")
    answer = noor.get(place)
    assert answer.status_code == 409
    assert f"mira has {card.code} until" in answer.get_data(as_text=True)
    assert noor.post(f"/desk/{card.id}/approve").status_code == 409


def test_a_sheet_is_settled_in_one_go(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 5, Lane.GLANCE)
    visitor = visit("mira")
    assert visitor.get("/glance/").get_data(as_text=True).count('name="shown"') == 5
    visitor.post("/glance/", {"shown": [c.id for c in cards], "to_desk": [cards[1].id]})
    with room.reading() as session:
        stages = [session.get_one(Card, card.id).stage for card in cards]
    assert stages == [Stage.APPROVED, Stage.WAITING, *[Stage.APPROVED] * 3]


def test_a_sheet_says_why_a_card_wants_more_than_a_glance(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        plain, doubtful = make_cards(session, 2, Lane.GLANCE)
        plain.lane_reasons = [DIAL_OFF]
        doubtful.lane_reasons = ["Some words are close to words of interest: money.", DIAL_OFF]
    page = visit("mira").get("/glance/").get_data(as_text=True)
    assert page.count('class="doubts"') == 1
    assert "Some words are close to words of interest: money." in page
    assert DIAL_OFF not in page


def test_a_parcel_from_packing_to_its_answer(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 2)
        code = make_parcel(session, cards)
    visitor = visit("lena")
    assert code in visitor.get("/parcels/").get_data(as_text=True)
    for card in cards:
        visitor.post(f"/parcels/{code}/cards/{card.id}/pack")
    refused = visitor.post(f"/parcels/{code}/seal")
    assert refused.status_code == 409
    assert "Weigh the parcel" in refused.get_data(as_text=True)
    assert visitor.post(f"/parcels/{code}/seal", {"grams": "120"}).status_code == 303
    assert visitor.post(f"/parcels/{code}/dispatch", {"handed_to": "Post office"}).status_code == 303
    assert visitor.post(f"/parcels/{code}/acknowledge", {"note": "A reply came."}).status_code == 303
    page = visitor.get(f"/parcels/{code}").get_data(as_text=True)
    assert "A reply came." in page
    assert "120 g" in page


def test_the_campaign_file_goes_in_and_out(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("cora")
    file = CAMPAIGN.replace("Nadia K.", "Nadia Q.").replace("ends: 2027-01-31", "ends: 2027-02-01")
    assert visitor.post("/cases/campaign-file", {"file": _yaml(file)}).status_code == 303
    out = visitor.get("/cases/campaign-file/1.yaml").get_data(as_text=True)
    assert "Nadia Q." in out
    assert "2027-02-01" in out


def test_faults_of_a_campaign_file_are_listed_and_change_nothing(
    visit: Callable[..., Visit], room: Database
) -> None:
    visitor = visit("cora")
    file = CAMPAIGN.replace("ends: 2027-01-31", "ends: soon").replace("slug: nadia-k", "slug: Nadia K")
    answer = visitor.post("/cases/campaign-file", {"file": _yaml(file)})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "cases.0.slug" in page
    assert "ends:" in page
    for junk in (b"", b"\xff\xfe\x00", b"- a list"):
        sent = FileStorage(io.BytesIO(junk), "campaign.yaml")
        assert visitor.post("/cases/campaign-file", {"file": sent}).status_code == 409


def _yaml(text: str) -> FileStorage:
    return FileStorage(io.BytesIO(text.encode()), "campaign.yaml")


def test_a_case_is_closed_and_opened_again(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("cora")
    visitor.post("/cases/nadia-k/close")
    assert "closed" in visitor.get("/cases/nadia-k").get_data(as_text=True)
    visitor.post("/cases/nadia-k/reopen")
    assert "Close the case" in visitor.get("/cases/nadia-k").get_data(as_text=True)


def test_people_are_added_changed_and_kept_out(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("cora")
    data: dict[str, object] = {"name": "Olu", "password": PASSWORD, "roles": ["reviewer", "scanner"]}
    assert visitor.post("/people/", data).status_code == 303
    assert visitor.post("/people/", data).status_code == 409
    assert visitor.post("/people/", {**data, "name": "pia", "password": "short"}).status_code == 409
    with room.reading() as session:
        olu = people.person_named(session, "olu")
    visitor.post(f"/people/{olu.id}/roles", {"roles": "dispatcher"})
    visitor.post(f"/people/{olu.id}/bar")
    with room.reading() as session:
        olu = people.person_named(session, "olu")
        assert (olu.roles, olu.active) == (["dispatcher"], False)


def test_the_last_coordinator_stays(visit: Callable[..., Visit], room: Database) -> None:
    with room.reading() as session:
        cora = people.person_named(session, "cora")
    answer = visit("cora").post(f"/people/{cora.id}/bar")
    assert answer.status_code == 409
    assert "only coordinator" in answer.get_data(as_text=True)


def test_changing_ones_own_password_needs_the_present_one(visit: Callable[..., Visit]) -> None:
    visitor = visit("mira")
    fresh = "another-long-password"
    assert visitor.post("/people/me", {"current": "wrong", "password": fresh}).status_code == 409
    assert visitor.post("/people/me", {"current": PASSWORD, "password": fresh}).status_code == 303
    assert visitor.get("/").status_code == 302
    assert visitor.post("/sign-in", {"name": "mira", "password": fresh}).status_code == 303


def test_the_ledger_is_shown_and_checked(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("cora")
    assert "tray.opened".replace(".", " ") not in visitor.get("/ledger/").get_data(as_text=True)
    with room.transaction() as session:
        tray = make_tray(session)
    page = visitor.get(f"/ledger/?subject={tray.code}").get_data(as_text=True)
    assert "tray opened" in page
    assert "The chain is whole" in visitor.post("/ledger/verify").get_data(as_text=True)
    with room.transaction() as session:
        ledger.of_subject(session, tray.code)[0].actor = "somebody else"
    assert "not as it was written" in visitor.post("/ledger/verify").get_data(as_text=True)


def test_finding_by_what_stands_on_paper(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 2)
        parcel = make_parcel(session, cards[:1])
        tray = cards[0].tray.code
    visitor = visit("cora")
    assert visitor.get(f"/find?code={tray.lower()}").location == f"/trays/{tray}"
    assert visitor.get(f"/find?code={tray[2:]}").status_code == 404
    assert visitor.get(f"/find?code= {tray}/002 ").location == f"/cards/{tray}/2"
    assert visitor.get(f"/find?code={parcel}").location == f"/parcels/{parcel}"
    assert visitor.get(f"/find?code={tray}/9").status_code == 404


def test_pictures_come_from_the_vault_under_their_hash(
    visit: Callable[..., Visit], room: Database, vault: Vault
) -> None:
    with room.transaction() as session:
        sample_room.fill(session, vault, limit=1)
        side = session.scalars(select(Card)).one().sides[0]
    visitor = visit("mira")
    assert side.view
    answer = visitor.get(f"/scans/{side.id}/view/{side.view[:16]}")
    assert answer.mimetype == "image/jpeg"
    assert answer.data == vault.path(side.view).read_bytes()
    assert answer.headers["Cache-Control"].startswith("private")
    assert visitor.get(f"/scans/{side.id}/view/{'0' * 16}").status_code == 404
    assert visitor.get(f"/scans/{side.id}/view/{side.view[:3]}").status_code == 404


def test_a_recalled_card_is_back_at_the_desk(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        make_parcel(session, [card])
        address = f"/cards/{card.tray.code}/{card.position}"
    visitor = visit("mira")
    assert "card approved" in visitor.get(address).get_data(as_text=True)
    visitor.post(f"/cards/{card.id}/recall")
    with room.reading() as session:
        assert session.get_one(Card, card.id).stage is Stage.WAITING
        assert session.scalars(select(Decision)).one().undone
