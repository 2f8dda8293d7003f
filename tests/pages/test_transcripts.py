"""Writing down what could not be read: who finds it, who may, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from mailroom import errands, readings
from mailroom.database import Database
from mailroom.records import Card, ErrandKind
from tests.house import make_cards
from tests.pages.conftest import Visit


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
    choice = visitor.get("/desk/languages").get_data(as_text=True)
    assert 'value="Cyrl" checked' in choice
    assert 'value="rus" checked' in choice
    visitor.post("/desk/languages")
    assert codes[0] in visitor.get("/desk/").get_data(as_text=True)


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


def test_a_card_that_screening_gave_up_on_can_be_checked_once_more(
    visit: Callable[..., Visit], room: Database
) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        errands.ask(session, ErrandKind.SCREEN, card)
        claim = errands.claim(session, errands.due(session)[0], 20)
        assert claim is not None
        readings.give_up(session, claim, "It could not be screened.")
    visitor = visit("mira")
    assert "Check it once more" in visitor.get("/desk/").get_data(as_text=True)
    assert visitor.post(f"/desk/{card.id}/read").status_code == 303
    page = visitor.get("/desk/").get_data(as_text=True)
    assert "Being checked again" in page
    assert "Check it once more" not in page


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
