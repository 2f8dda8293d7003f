"""Cards at the desk, for the browser to work on."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from mailroom.database import Database
from mailroom.finding import Finding, Label, Lane, Screening, Severity
from mailroom.reading import Content, Line, Reading, Word
from mailroom.records import Card
from mailroom.vault import Vault
from tests.house import make_tray
from tests.pages import sample_room

BOX = (100, 50, 300, 150)
SNOW = Finding(Label.FESTIVAL, "test", Severity.LOOK, "snow", "A reason.", BOX)


def card_at_desk(
    room: Database,
    vault: Vault,
    folder: Path,
    *,
    text: str = "the snow fell",
    finding: Finding = SNOW,
    rotation: int = 0,
    content: Content = Content.TEXT,
    unread: tuple[Line, ...] = (),
    words: tuple[Word, ...] = (),
) -> Card:
    """A card of 800 by 600 in a tray of its own that says ``text``, with one flag."""
    lines = (Line(text, 0.95, BOX, words), *unread) if text else unread
    reading = Reading(text, 0.95, "eng", "Latn", rotation, True, content, "test", lines)
    number = len(list(folder.iterdir()))
    path = folder / f"{number}.png"
    Image.new("RGB", (800, 600), (240, 40 * number, 200)).save(path)
    with room.transaction() as session:
        screening = Screening((finding,), None, Lane.DESK, ())
        sample_room.take(session, vault, make_tray(session), path, reading=reading, screening=screening)
        card = session.scalars(select(Card).order_by(Card.id.desc())).first()
    assert card
    return card


def unread_card(room: Database, vault: Vault, folder: Path, finding: Finding = SNOW) -> Card:
    """A card of two sides that nobody has read, with one flag."""
    reading = Reading("", 0.0, None, "Cyrl", 0, True, Content.UNREADABLE, "test")
    with room.transaction() as session:
        tray = make_tray(session, duplex=True)
        for number in range(2):
            path = folder / f"{number}.png"
            Image.new("RGB", (800, 600), (240, 40 * number, 200)).save(path)
            screening = Screening((finding,), None, Lane.DESK, ())
            sample_room.take(session, vault, tray, path, reading=reading, screening=screening)
    with room.reading() as session:
        return session.scalars(select(Card)).one()


def as_it_is(room: Database, card: Card) -> Card:
    """The card with its flags and its case as they stand now."""
    with room.reading() as session:
        fresh = session.get_one(Card, card.id)
        _ = fresh.flags, fresh.case
        return fresh


def is_shown(page: Page, card: Card) -> None:
    """Wait until the page shows the card."""
    expect(page.locator("#desk")).to_have_attribute("data-card", card.code)
