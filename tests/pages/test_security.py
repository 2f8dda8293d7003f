"""Who may see what, sign-ins that end, and what every answer tells the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from mailroom import people
from mailroom.database import Database
from mailroom.records import Role
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import create_app
from review_ui.security import audience_of
from tests.house import PASSWORD
from tests.pages.conftest import PEOPLE, Visit

PUBLIC = {"static", "sign_in.form", "sign_in.enter"}


def _address(rule: Rule) -> str:
    """An address of the rule: the first of a choice, else a 1."""
    filled = re.sub(r"<any\(['\"]?([\w-]+)['\"]?[^>]*>", r"\1", rule.rule)
    return re.sub(r"<[^>]+>", "1", filled)


def _pages(app: Flask) -> list[tuple[str, str, str]]:
    return [
        (rule.endpoint, method, _address(rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
    ]


def test_every_page_says_whom_it_is_for(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if audience_of(view) is None]
    assert silent == []


def test_only_signing_in_is_public(app: Flask) -> None:
    public = {name for name, view in app.view_functions.items() if (a := audience_of(view)) and a.public}
    assert public == PUBLIC


def test_a_page_that_says_nothing_is_refused(app: Flask, visit: Callable[..., Visit]) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert visit("cora").get("/forgotten").status_code == 403


def test_a_stranger_gets_nowhere(app: Flask, visit: Callable[..., Visit]) -> None:
    stranger = visit()
    for endpoint, method, address in _pages(app):
        if endpoint in PUBLIC:
            continue
        answer = stranger.get(address) if method == "GET" else stranger.post(address)
        if method == "GET":
            assert answer.status_code == 302, address
            assert answer.location.startswith("/sign-in"), address
        else:
            assert answer.status_code == 401, address


@pytest.mark.parametrize("name", ["mira", "tomas", "lena"])
def test_people_stay_out_of_rooms_that_are_not_theirs(
    app: Flask, visit: Callable[..., Visit], name: str
) -> None:
    visitor = visit(name)
    role = PEOPLE[name]
    shut = 0
    for endpoint, method, address in _pages(app):
        audience = audience_of(app.view_functions[endpoint])
        assert audience is not None
        if not audience.roles or role in audience.roles:
            continue
        answer = visitor.get(address) if method == "GET" else visitor.post(address)
        assert answer.status_code == 403, address
        shut += 1
    assert shut > 5


def test_every_form_needs_its_token(app: Flask, visit: Callable[..., Visit]) -> None:
    coordinator = visit("cora")
    for endpoint, method, address in _pages(app):
        if method == "POST":
            answer = coordinator.client.post(address, data={})
            assert answer.status_code == 400, (endpoint, address)
            assert "stood open too long" in answer.get_data(as_text=True)


def test_a_token_of_somebody_else_is_refused(visit: Callable[..., Visit]) -> None:
    mine, theirs = visit("cora"), visit("mira")
    answer = mine.client.post("/people/me", data={"csrf_token": theirs.token()})
    assert answer.status_code == 400


def test_every_answer_carries_the_headers(visit: Callable[..., Visit]) -> None:
    for address in ("/", "/nowhere", "/static/style.css", "/sign-in"):
        headers = visit().get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    assert visit("cora").get("/").headers["Cache-Control"] == "no-store"


def test_the_cookie_holds_no_more_than_it_must(visit: Callable[..., Visit]) -> None:
    visitor = visit("cora")
    with visitor.client.session_transaction() as kept:
        assert set(kept) <= {"_permanent", "_user_id", "_fresh", "_id", "csrf_token"}
        assert "cora" not in str(dict(kept))
    cookie = visitor.client.get_cookie("mailroom")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Strict"


def test_over_https_the_cookie_is_secure(room: Database, settings: Settings, vault: Vault) -> None:
    app = create_app(Settings(data=settings.data, https=True), room, vault)
    answer = app.test_client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_signing_in_renews_the_cookie_and_signing_out_ends_it(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    before = visitor.token()
    visitor.post("/sign-in", {"name": "mira", "password": PASSWORD})
    signed_in = visitor.client.get_cookie("mailroom")
    assert signed_in is not None
    assert visitor.token() != before
    assert visitor.post("/sign-out").status_code == 303
    visitor.client.set_cookie("mailroom", signed_in.value)
    assert visitor.get("/").status_code == 302


def test_a_person_kept_out_is_out_at_once(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("mira")
    assert visitor.get("/").status_code == 200
    with room.transaction() as session:
        people.set_active(session, people.person_named(session, "mira"), False, actor="cora")
    assert visitor.get("/").status_code == 302


def test_roles_taken_away_are_gone_at_once(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("mira")
    with room.transaction() as session:
        people.set_roles(session, people.person_named(session, "mira"), [Role.SCANNER], actor="cora")
    assert visitor.get("/desk/").status_code == 403


def test_guessing_a_password_is_stopped(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    tries = [
        visitor.post("/sign-in", {"name": "mira", "password": f"guess {number}"}).status_code
        for number in range(11)
    ]
    assert tries == [401] * 10 + [429]


@pytest.mark.parametrize(
    "wanted", ["//evil.example/x", "https://evil.example", "/\\evil.example", "x", "/\n/a"]
)
def test_signing_in_never_leads_elsewhere(visit: Callable[..., Visit], wanted: str) -> None:
    visitor = visit()
    answer = visitor.post("/sign-in", {"name": "mira", "password": PASSWORD, "next": wanted})
    assert answer.location == "/"


def test_signing_in_leads_to_the_page_that_was_wanted(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    assert visitor.get("/trays/?x=1").location == "/sign-in?next=/trays/?x%3D1"
    answer = visitor.post("/sign-in", {"name": "mira", "password": PASSWORD, "next": "/trays/?x=1"})
    assert answer.location == "/trays/?x=1"


def test_a_foreign_host_is_refused(visit: Callable[..., Visit]) -> None:
    answer = visit().get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)
