"""How soon the desk shows the next card after a decision, in headless Chromium with 10,000 cards.

    python -m benchmarks.desk_next_card [--cards 10000] [--decisions 40]

Measured from the key press to the next card's picture being decoded and painted.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import threading
from pathlib import Path

import click
import waitress
from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import insert, select

from mailroom import campaign_store, people, trays
from mailroom.campaigns import parse_campaign
from mailroom.database import Database
from mailroom.finding import Label, Lane, Severity
from mailroom.migrations import migrate
from mailroom.records import Arrival, Card, Flag, FlagState, Outcome, Role, Side, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import create_app
from tests.house import CAMPAIGN, PASSWORD, make_reading

PICTURES = 8
TRAY_CARDS = 100
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

# Resolves with the milliseconds from the key press until the next card's picture is on the screen.
PRESS_AND_WAIT = """(key) => new Promise((resolve) => {
    const before = document.getElementById("desk").dataset.card;
    const started = performance.now();
    const look = () => {
        const desk = document.getElementById("desk");
        const picture = desk?.querySelector(".turned img");
        if (!picture || desk.dataset.card === before) return requestAnimationFrame(look);
        picture.decode().then(() => requestAnimationFrame(() => setTimeout(
            () => resolve(performance.now() - started))));
    };
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    look();
})"""


@click.command()
@click.option("--cards", default=10_000, show_default=True)
@click.option("--decisions", default=40, show_default=True)
def main(cards: int, decisions: int) -> None:
    """Print the median, the 95th percentile and the slowest of the decisions."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        database, vault = Database(settings.database_address), Vault(settings.vault_folder)
        migrate(database)
        _fill(database, vault, cards)
        server = waitress.create_server(create_app(settings, database, vault), host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        times = _measure(f"http://127.0.0.1:{server.effective_port}", decisions)
        server.close()
        database.dispose()
    median, worst = statistics.median(times), max(times)
    late = statistics.quantiles(times, n=20)[-1]
    print(f"{cards:,} cards, {decisions} decisions, milliseconds from key to next card on screen:")
    print(f"median {median:.0f}, 95th percentile {late:.0f}, slowest {worst:.0f}")


def _measure(address: str, decisions: int) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
        _sign_in(page)
        page.goto("/desk/", wait_until="networkidle")
        times = []
        for _ in range(decisions):
            times.append(page.evaluate(PRESS_AND_WAIT, "a"))
            # A person looks at the card for a while; the browser fetches the next picture meanwhile.
            page.wait_for_timeout(300)
        browser.close()
    return times


def _sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("#name", "mira")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/")


def _fill(database: Database, vault: Vault, cards: int) -> None:
    views = [vault.put(_picture(number)) for number in range(PICTURES)]
    with database.transaction() as session:
        campaign_store.load(session, parse_campaign(CAMPAIGN), actor="benchmark")
        people.add_person(session, "mira", PASSWORD, [Role.REVIEWER], actor="benchmark")
        case = campaign_store.case_of_slug(session, "the-oaks")
        for start in range(0, cards, TRAY_CARDS):
            tray = trays.open_tray(session, actor="benchmark", case=case)
            arrival = Arrival(
                tray=tray,
                name="scan.jpg",
                source=f"{start:064d}",
                digest="",
                size=1,
                outcome=Outcome.TAKEN,
                pages=[],
            )
            session.add(arrival)
            session.flush()
            session.execute(
                insert(Card),
                [
                    {
                        "tray_id": tray.id,
                        "position": position,
                        "case_id": case.id,
                        "stage": Stage.WAITING,
                        "lane": Lane.DESK,
                        "lane_reasons": [],
                    }
                    for position in range(1, min(TRAY_CARDS, cards - start) + 1)
                ],
            )
            ids = session.scalars(select(Card.id).where(Card.tray_id == tray.id)).all()
            session.execute(insert(Side), [_side(card, arrival.id, views) for card in ids])
            session.execute(insert(Flag), [_flag(card) for card in ids])


def _side(card: int, arrival: int, views: list[str]) -> dict[str, object]:
    view = views[card % PICTURES]
    return {
        "card_id": card,
        "number": 0,
        "arrival_id": arrival,
        "scan": view,
        "page": 0,
        "width": 1600,
        "height": 1200,
        "view": view,
        "thumbnail": view,
        "reading": make_reading(),
    }


def _flag(card: int) -> dict[str, object]:
    return {
        "card_id": card,
        "side": 0,
        "label": Label.FESTIVAL,
        "rule": "festival",
        "severity": Severity.LOOK,
        "evidence": "snow",
        "reason": "A reason.",
        "box": [10, 10, 400, 80],
        "state": FlagState.OPEN,
    }


def _picture(number: int) -> bytes:
    picture = Image.effect_noise((1600, 1200), 12 + number).convert("RGB")
    ImageDraw.Draw(picture).text((200, 300), f"Card {number}", fill="black", font_size=120)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
