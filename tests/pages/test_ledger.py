"""The ledger, shown and checked."""

from __future__ import annotations

from collections.abc import Callable

from mailroom import ledger
from mailroom.database import Database
from mailroom.records import Role
from tests.house import make_person, make_tray
from tests.pages.conftest import Visit


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


def test_roles_stand_in_the_ledger_as_words(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        make_person(session, "olu", Role.SCANNER, Role.REVIEWER)
    page = visit("cora").get("/ledger/?subject=olu").get_data(as_text=True)
    assert "roles reviewer and scanner" in page
