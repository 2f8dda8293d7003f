"""Whatever is sent, no page fails, and what makes no sense comes back to its form."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from werkzeug.datastructures import FileStorage

from mailroom.database import Database
from mailroom.finding import Lane
from mailroom.records import Role
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import create_app
from tests.house import CAMPAIGN, PASSWORD, make_campaign, make_cards, make_person
from tests.pages.conftest import Visit
from tests.pages.parcels import make_parcel

HOSTILE = (
    "",
    "-1",
    "0",
    str(10**30),
    "9" * 5000,
    "2147483648",
    "1e400",
    "nan",
    "-inf",
    "٣",
    "²",
    "1_0",
    "a\0b",
    "\u202e<script>",
    "x" * 30_000,
    "2026-99-99",
)


@pytest.fixture
def cora(database: Database, settings: Settings, vault: Vault) -> tuple[Visit, dict[str, str]]:
    """A coordinator in a room with cards, and the names of what is there."""
    with database.transaction() as session:
        make_campaign(session)
        make_person(session, "cora")
        make_person(session, "mira", Role.REVIEWER)
        cards = make_cards(session, 3)
        make_cards(session, 1, Lane.GLANCE)
        names = {"tray": cards[0].tray.code, "card": str(cards[2].id)}
        names["parcel"] = make_parcel(session, cards[:2])
    visit = Visit(create_app(settings, database, vault).test_client())
    assert visit.post("/sign-in", {"name": "cora", "password": PASSWORD}).status_code == 303
    return visit, names


FORMS: dict[str, dict[str, str]] = {
    "/trust/1/terms": {"confidence": "90", "share": "10", "limit": "2"},
    "/trays/new": {"case": "", "format": "letter", "expected": "9", "note": ""},
    "/parcels/{parcel}/seal": {"grams": "10"},
    "/parcels/{parcel}/dispatch": {"handed_to": "x"},
    "/parcels/{parcel}/acknowledge": {"note": "x"},
    "/people/": {"name": "olu", "password": PASSWORD, "roles": "scanner"},
    "/people/2/roles": {"roles": "scanner"},
    "/people/2/password": {"password": PASSWORD},
    "/people/me": {"current": "x", "password": PASSWORD},
}
AT_DESK: dict[str, dict[str, str]] = {
    "/desk/{card}/reject": {"reason": "Something else", "note": ""},
    "/desk/{card}/hold": {"question": ""},
    "/desk/{card}/case": {"case": "1"},
    "/desk/{card}/flags": {"label": "money", "evidence": "x", "reason": "", "side": "0"},
    "/desk/{card}/text": {"text": "x", "side": "0", "language": "eng"},
    "/glance/": {"shown": "1", "to_desk": "1"},
    "/desk/languages": {"writing": "eng"},
}
ADDRESSES = (
    "/cards/{tray}/{sent}",
    "/desk/{tray}/{sent}",
    "/desk/{sent}/1",
    "/trays/{tray}?page={sent}",
    "/find?code={sent}",
    "/find?code={tray}/{sent}",
    "/ledger/?subject={sent}",
    "/cases/{sent}",
    "/cases/campaign-file/{sent}.yaml",
    "/campaigns/{sent}/marks/",
    "/scans/{sent}/view/0123456789",
    "/parcels/{sent}",
    "/sign-in?next={sent}",
)


def test_no_form_fails_and_each_comes_back(cora: tuple[Visit, dict[str, str]]) -> None:
    visit, names = cora
    visit.get("/desk/")
    for form, entries in (FORMS | AT_DESK).items():
        for field in entries:
            for sent in HOSTILE:
                answer = visit.post(form.format(**names), {**entries, field: sent})
                assert answer.status_code < 500, (form, field, sent[:20])
                if form in FORMS and answer.status_code >= 400:
                    page = answer.get_data(as_text=True)
                    assert "error-page" not in page, (form, field, sent[:20])
                if answer.headers.get("Location", "").endswith("/sign-in"):
                    visit.post("/sign-in", {"name": "cora", "password": PASSWORD})


def test_no_address_fails(cora: tuple[Visit, dict[str, str]]) -> None:
    visit, names = cora
    for address in ADDRESSES:
        for sent in HOSTILE:
            wanted = address.format(**names, sent=quote(sent[:3000], safe=""))
            assert visit.get(wanted).status_code < 500, (address, sent[:20])


@pytest.mark.parametrize("card", [2**31, 10**30])
def test_a_number_that_no_card_has_is_not_found(cora: tuple[Visit, dict[str, str]], card: int) -> None:
    visit, names = cora
    assert visit.get(f"/cards/{names['tray']}/{card}").status_code == 404
    assert visit.post(f"/desk/{card}/approve").status_code == 404


def test_no_campaign_file_fails(cora: tuple[Visit, dict[str, str]]) -> None:
    visit, _ = cora
    for old, new in {
        "Winter 2026": '"a\\0b"',
        "Short and personal.": '"a\\0b"',
        "[freedom]": '["a\\0b"]',
        "items: 3": f"items: {10**30}",
        "2026-11-01": "99999-01-01",
        "2027-01-31": "2026-99-99",
        "[Nadia Karimi]": "&a [*a]",
    }.items():
        sent = FileStorage(io.BytesIO(CAMPAIGN.replace(old, new).encode()), "campaign.yaml")
        answer = visit.post("/cases/campaign-file", {"file": sent})
        assert answer.status_code == 409, new
        assert "was not taken" in answer.get_data(as_text=True)
