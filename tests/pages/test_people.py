"""People: added, changed and kept out, and the password that each keeps."""

from __future__ import annotations

from collections.abc import Callable

from mailroom import people
from mailroom.database import Database
from tests.house import PASSWORD
from tests.pages.conftest import Visit


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
