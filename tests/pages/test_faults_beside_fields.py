"""What makes no sense comes back to its form: all that was typed kept, and beside the field what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from mailroom import people
from mailroom.database import Database
from mailroom.records import Campaign, Tray
from tests.house import PASSWORD, make_cards
from tests.pages.conftest import Site, Visit
from tests.pages.parcels import make_parcel


def _fault(page: str, field: str) -> str:
    """What stands beside a field, which says where that is."""
    described = re.search(rf'<(?:input|select)[^>]* id="{field}"[^>]*aria-invalid="true"[^>]*>', page)
    assert described, field
    assert f"fault-{field}" in described[0]
    found = re.search(rf'id="fault-{field}" role="alert">([^<]*)<', page)
    assert found
    return found[1]


def test_each_bad_number_of_the_terms_is_told_beside_it(
    visit: Callable[..., Visit], room: Database
) -> None:
    sent = {"confidence": "87,5", "share": "lots", "limit": "1e30"}
    answer = visit("cora").post("/trust/1/terms", {**sent})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "error-page" not in page
    assert _fault(page, "share-1") == "Write a number from 1 to 100, in percent."
    assert _fault(page, "limit-1") == "Write a number from 0.1 to 20, in percent."
    assert page.count("aria-invalid") == 2
    assert page.count("autofocus") == 1
    for value in sent.values():
        assert f'value="{value}"' in page
    with room.reading() as session:
        assert session.get_one(Campaign, 1).clear_confidence == 0.9


def test_a_new_tray_keeps_what_was_entered(visit: Callable[..., Visit], room: Database) -> None:
    sent = {"case": "2", "format": "drawing", "sides": "duplex", "expected": "9999999", "note": "A sack."}
    page = visit("tomas").post("/trays/new", {**sent}).get_data(as_text=True)
    assert _fault(page, "expected") == "Write a whole number from 1 to 100,000."
    assert '<option value="2" selected>' in page
    assert 'value="drawing" checked' in page
    assert 'value="duplex" checked' in page
    assert 'value="A sack."' in page
    with room.reading() as session:
        assert session.query(Tray).count() == 0


def test_a_case_that_there_is_not_is_told_beside_the_choice(visit: Callable[..., Visit]) -> None:
    answer = visit("tomas").post("/trays/new", {"case": "99", "format": "letter"})
    assert answer.status_code == 409
    assert "Choose one of the values" in _fault(answer.get_data(as_text=True), "case")


def test_of_people_it_is_told_whose_change_was_refused(visit: Callable[..., Visit], room: Database) -> None:
    with room.reading() as session:
        tomas = people.person_named(session, "tomas").id
    cora = visit("cora")
    page = cora.post(f"/people/{tomas}/password", {"password": "short"}).get_data(as_text=True)
    assert "12 to 200 characters" in _fault(page, f"password-{tomas}")
    assert page.count("<details open>") == 1
    page = cora.post(f"/people/{tomas}/roles").get_data(as_text=True)
    assert f'id="fault-roles-{tomas}"' in page
    page = cora.post("/people/", {"name": "mira", "password": PASSWORD, "roles": "scanner"}).get_data(
        as_text=True
    )
    assert "There is a person mira already" in _fault(page, "new-name")
    assert "<details open>" not in page


def test_what_was_written_is_given_back_where_there_is_no_form(visit: Callable[..., Visit]) -> None:
    page = visit().client.post("/desk/1/hold", data={"question": "Who is Ana?", "password": PASSWORD})
    assert "Who is Ana?" in page.get_data(as_text=True)
    assert PASSWORD not in page.get_data(as_text=True)


def test_the_field_at_fault_has_the_focus(site: Site, room: Database) -> None:
    with room.transaction() as session:
        code = make_parcel(session, make_cards(session, 1))
    page = site.open("cora")
    page.goto(f"/parcels/{code}")
    page.click("text=In the parcel")
    page.fill("#grams", "0")
    page.click("text=Seal the parcel")
    expect(page.locator("#fault-grams")).to_have_text("Write a whole number from 1 to 100,000.")
    expect(page.locator("#grams")).to_be_focused()
    expect(page.locator("#grams")).to_have_value("0")
    # The card has no picture in the vault.
    site.expected.append("404")
    page.goto("/trust/")
    page.fill("#share-1", "10")
    page.fill("#limit-1", "90")
    page.click("text=Set the terms")
    expect(page.locator("#limit-1")).to_be_focused()
    expect(page.locator("#limit-1")).to_have_accessible_description(
        "Write a number from 0.1 to 20, in percent."
    )
