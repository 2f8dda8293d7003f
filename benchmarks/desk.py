"""Measures how soon the next card is on screen after a decision, with 10,000 cards in the mail room.

Run as ``make bench-desk``: the real pages, the real database, headless Chromium. The clock runs in the
browser, from the key that approves until the picture of another card is drawn.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import update
from sqlalchemy.orm import Session

from mailroom import campaign_store
from mailroom.campaigns import read_campaign
from mailroom.clock import now
from mailroom.database import Database
from mailroom.finding import Label, Lane, Severity
from mailroom.migrations import migrate
from mailroom.records import Card, Flag, Side, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import create_app
from tests import house
from tests.pages.conftest import launched
from tests.pages.served import served

CARDS = 10_000
DECISIONS = 40
# A key pressed twice at once is taken for one.
LOOK_MS = 400
SAMPLES = Path(__file__).parents[1] / "samples"
WATCH = """() => new Promise(done => {
    const shown = () => document.querySelector('h1')?.textContent;
    const before = shown(), begun = performance.now();
    const look = () => {
        const picture = document.querySelector('main img');
        const drawn = picture?.complete && picture.naturalWidth;
        if (shown() !== before && drawn) done(performance.now() - begun);
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true}));
})"""


def main() -> None:
    """Fill a mail room, decide, and print the times."""
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else CARDS
    with tempfile.TemporaryDirectory(prefix="mailroom-bench-") as folder:
        settings = Settings(data=Path(folder))
        database, vault = Database(settings.database_address), Vault(settings.vault_folder)
        migrate(database)
        with database.transaction() as session:
            _fill(session, vault, cards)
        with served(create_app(settings, database, vault), threads=8) as address:
            times = _decide(address)
    most = quantiles(times, n=20)[-1]
    print(f"{cards:,} cards; ms from a decision until the next card is drawn, {len(times)} decisions")
    print(f"  median {median(times):.0f}, 95 of 100 within {most:.0f}, worst {max(times):.0f}")


def _decide(address: str) -> list[float]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page(base_url=address)
        _sign_in(page)
        page.goto("/desk/")
        times = []
        for _ in range(DECISIONS):
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(LOOK_MS)
            times.append(float(page.evaluate(WATCH)))
        browser.close()
    return times


def _sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("#name", "ann")
    page.fill("#password", house.PASSWORD)
    page.click("main button")
    page.wait_for_url("**/")


def _fill(session: Session, vault: Vault, cards: int) -> None:
    """Lay cards that have been read and flagged; each shows one of the sample scans."""
    campaign_store.load(session, read_campaign(SAMPLES / "campaign.yaml"), actor="bench")
    house.make_person(session, "ann")
    scans = [
        path.read_bytes()
        for path in sorted(SAMPLES.glob("tray/nadia-01/*.jpg"))
        if path.stat().st_size > 20_000
    ]
    views = [vault.put(scan) for scan in scans]
    tray = house.make_tray(session, "nadia-karimi")
    arrival = house.lay(session, tray)
    session.flush()
    reading = house.make_reading()
    for number in range(2, cards + 1):
        view = views[number % len(views)]
        side = Side(
            arrival_id=arrival.id,
            number=0,
            scan=hashlib.sha256(str(number).encode()).hexdigest(),
            page=0,
            width=1200,
            height=850,
            view=view,
            thumbnail=view,
            reading=reading,
        )
        flag = Flag(
            side=0,
            label=Label.FESTIVAL,
            rule="festival.bench",
            severity=Severity.LOOK,
            evidence="snow",
            reason="A reason.",
            box=[100, 100, 300, 160],
        )
        session.add(Card(tray=tray, position=number, case_id=tray.case_id, sides=[side], flags=[flag]))
    session.flush()
    session.execute(
        update(Card).where(Card.position > 1).values(stage=Stage.WAITING, lane=Lane.DESK, read_at=now())
    )


if __name__ == "__main__":
    main()
