"""Every error has a page that says why and leads back, and a log that holds no text."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import FileStorage

from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import create_app
from review_ui.security import public
from tests.house import PASSWORD, make_cards, make_tray
from tests.pages.conftest import Visit

# Joined only where it is used: a traceback quotes the lines of this file.
WORDS = ("my", "dear", "Nadia")


def _broken() -> str:
    raise RuntimeError("a secret of the card")


def test_a_fault_of_ours_shows_a_number_that_the_log_knows(
    app: Flask, visit: Callable[..., Visit], caplog: pytest.LogCaptureFixture
) -> None:
    app.add_url_rule("/broken", "broken", public(_broken))
    with caplog.at_level(logging.ERROR, "review_ui"):
        answer = visit().get("/broken")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "Traceback" not in page
    assert "secret" not in page
    incident = re.search(r'class="code">(\w{6})<', page)
    assert incident
    assert incident[1] in caplog.text


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/trays/T-XXXXXX", 404),
        ("GET", "/cards/T-XXXXXX/1", 409),
        ("GET", "/scans/1/view/0000000000", 404),
        ("GET", "/cases/nobody", 404),
        ("GET", "/parcels/P-1", 409),
        ("GET", "/find?code=abc", 404),
        ("PUT", "/trays/", 405),
    ],
)
def test_errors_have_a_page_with_a_way_back(
    visit: Callable[..., Visit], method: str, address: str, status: int
) -> None:
    answer = visit("cora").client.open(address, method=method)
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert "<h1>" in page
    assert 'href="/"' in page
    assert "Traceback" not in page


def test_a_refusal_says_why(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
    answer = visit("mira").post(f"/desk/{card.id}/approve")
    assert answer.status_code == 409
    assert "Your claim on" in answer.get_data(as_text=True)


def test_what_asks_for_json_gets_the_error_as_json(visit: Callable[..., Visit]) -> None:
    answer = visit("cora").get("/trays/T-XXXXXX", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert set(answer.get_json()) == {"title", "text", "incident"}


def test_a_file_that_is_too_large_is_refused(settings: Settings, room: Database, vault: Vault) -> None:
    app = create_app(settings, room, vault)
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    with room.transaction() as session:
        tray = make_tray(session)

    visit = Visit(app.test_client())
    visit.post("/sign-in", {"name": "tomas", "password": PASSWORD})
    answer = visit.post(
        f"/trays/{tray.code}/files", {"file": FileStorage(io.BytesIO(b"x" * 20_000), "a.jpg")}
    )
    assert answer.status_code == 413
    assert not settings.inbox_folder.exists()


def test_a_fault_of_the_database_keeps_the_text_out_of_the_log(
    app: Flask, visit: Callable[..., Visit], room: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def failing() -> str:
        with room.transaction() as session:
            session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": " ".join(WORDS)})
        return ""

    app.add_url_rule("/failing", "failing", public(failing))
    assert visit().get("/failing").status_code == 500
    assert "nowhere" in caplog.text
    assert " ".join(WORDS) not in caplog.text


def test_who_has_been_signed_out_comes_back_to_where_they_were(visit: Callable[..., Visit]) -> None:
    nobody = visit().client
    for referrer, back in {
        "http://localhost/parcels/P-1?x=1": "/parcels/P-1?x%3D1",
        "http://localhost//evil.example": "/evil.example",
        "http://evil.example/": "/",
    }.items():
        page = nobody.post("/desk/undo", headers={"Referer": referrer}).get_data(as_text=True)
        assert f'href="/sign-in?next={back}"' in page
