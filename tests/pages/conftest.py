"""Fixtures for the pages: the app over a database of its own, people to sign in as, a browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from werkzeug.test import TestResponse

from mailroom.database import Database
from mailroom.migrations import migrate
from mailroom.records import Role
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import create_app
from tests.house import PASSWORD, make_campaign, make_person
from tests.pages.served import served

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds that a page on a busy machine may take for a step.
PATIENCE = 20_000
PEOPLE = {
    "cora": Role.COORDINATOR,
    "mira": Role.REVIEWER,
    "noor": Role.REVIEWER,
    "tomas": Role.SCANNER,
    "lena": Role.DISPATCHER,
}


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with a campaign and a person of each role, made once to be copied."""
    path = tmp_path_factory.mktemp("furnished") / "mailroom.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.transaction() as session:
        make_campaign(session)
        for name, role in PEOPLE.items():
            make_person(session, name, role)
    # Closing the last connection moves everything into the one file.
    database.dispose()
    return path


@pytest.fixture
def room(furnished: Path, settings: Settings) -> Iterator[Database]:
    """A database of the test's own with that campaign and those people."""
    settings.data.mkdir(parents=True)
    shutil.copy(furnished, settings.data / furnished.name)
    database = Database(settings.database_address)
    yield database
    database.dispose()


class _Compiled(BytecodeCache):
    """Templates as earlier tests compiled them: each app by itself would compile the same ones anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def compiled() -> BytecodeCache:
    return _Compiled()


@pytest.fixture
def app(settings: Settings, room: Database, vault: Vault, compiled: BytecodeCache) -> Flask:
    app = create_app(settings, room, vault)
    app.jinja_env.bytecode_cache = compiled
    return app


class Visit:
    """A browser without a screen: follows no redirect by itself, and sends the token with each form."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, **options: object) -> TestResponse:
        return self.client.get(address, **options)

    def post(self, address: str, data: dict[str, object] | None = None) -> TestResponse:
        return self.client.post(address, data={**(data or {}), "csrf_token": self.token()})

    def token(self) -> str:
        page = self.client.get("/people/me", follow_redirects=True).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found
        return found[1]


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visit]:
    """Open a browser, signed in as somebody or as nobody."""

    def visit_as(name: str | None = None) -> Visit:
        visit = Visit(app.test_client())
        if name:
            answer = visit.post("/sign-in", {"name": name, "password": PASSWORD})
            assert answer.status_code == 303
        return visit

    return visit_as


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        try:
            browser = launched(playwright)
        except PlaywrightError:
            if of_system():
                raise
            pytest.skip("no chromium: install/browser.sh says how to get one")
        yield browser
        browser.close()


def launched(playwright: Playwright) -> Browser:
    """A headless browser: the system's, or the one that install/browser.sh has Playwright fetch."""
    return playwright.chromium.launch(executable_path=of_system(), args=CHROMIUM_ARGUMENTS)


def of_system() -> str | None:
    """Where the system has a browser, if it has one."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@dataclass
class Site:
    """The pages, served for real, and browsers to open them with.

    Faults that hold what a test says is ``expected`` are none, whenever the browser tells of them.
    """

    address: str
    browser: Browser
    visit: Callable[..., Visit]
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, name: str | None = None, **options: object) -> Page:
        """A page of a fresh browser profile, of somebody who has signed in if a name is given.

        What goes wrong in it is noted.
        """
        page = self._page(**options)
        if name:
            cookie = self.visit(name).client.get_cookie("mailroom")
            assert cookie
            told = {"name": cookie.key, "value": cookie.value, "url": self.address}
            page.context.add_cookies([told | {"httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
        return page

    def at_desk(self, name: str) -> Page:
        """Such a page at the desk."""
        page = self.open(name)
        page.goto("/desk/")
        return page

    def sign_in(self, name: str, **options: object) -> Page:
        """Such a page on which that person has signed in as people do; it shows the entrance."""
        page = self._page(**options)
        page.goto("/sign-in")
        page.fill("#name", name)
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/")
        return page

    def _page(self, **options: object) -> Page:
        context = self.browser.new_context(base_url=self.address, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._listen)
        page.on("request", lambda request: self._check(request.url))
        return page

    def _listen(self, message: object) -> None:
        text = getattr(message, "text", "")
        # A refusal is an answer, and no fault of the page; Chromium notes it all the same.
        if getattr(message, "type", "") in {"error", "warning"} and "409 (CONFLICT)" not in text:
            self.faults.append(f"console: {text}")

    def _check(self, address: str) -> None:
        if not address.startswith((self.address, "blob:", "data:")):
            self.faults.append(f"request to {address}")


@pytest.fixture
def site(app: Flask, chromium: Browser, visit: Callable[..., Visit]) -> Iterator[Site]:
    """The served pages; at the end of the test no error, warning or outside request may have happened."""
    with served(app, threads=4) as address:
        site = Site(address, chromium, visit)
        yield site
        for context in site.contexts:
            context.close()
    unexpected = [fault for fault in site.faults if not any(said in fault for said in site.expected)]
    assert unexpected == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder for scans."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder
