"""Making things to test with: campaigns, people, trays and cards, by the same functions that people use."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import arrivals, campaign_store, errands, people, readings, trays
from mailroom.campaigns import parse_campaign
from mailroom.finding import Addressee, Finding, Label, Lane, Screening, Severity
from mailroom.reading import Content, Line, Reading
from mailroom.readings import ReadSide
from mailroom.records import Arrival, Card, Errand, ErrandKind, Person, Role, Tray

PASSWORD = "a-long-password-for-tests"
CAMPAIGN = """
campaign: Winter 2026
starts: 2026-11-01
ends: 2027-01-31
organisation: [Amnesty International]
cases:
  - slug: nadia-k
    name: Nadia K.
    also: [Nadia Karimi]
    country: XX
    languages: [eng, fra]
    words: [freedom]
    guidance: Short and personal.
    destinations:
      - {name: Prison post office, address: [Post office 1], limits: {items: 3, grams: 500}}
  - slug: the-oaks
    name: The Oak family
    kind: family
    allow: [religion]
    destinations:
      - {name: Village, address: [Main street], limits: {formats: [postcard]}}
      - {name: Town, address: [Town hall]}
"""
_numbers = itertools.count(1)


def make_campaign(session: Session) -> None:
    campaign = campaign_store.load(session, parse_campaign(CAMPAIGN), actor="test")
    # No test fails by the draw of a recheck; those about rechecks set a share of their own.
    campaign.recheck_share = 0.0


def make_person(session: Session, name: str, *roles: Role) -> Person:
    return people.add_person(session, name, PASSWORD, roles or (Role.COORDINATOR,), actor="test")


def make_tray(session: Session, slug: str | None = "nadia-k", *, duplex: bool = False) -> Tray:
    case = campaign_store.case_of_slug(session, slug) if slug else None
    return trays.open_tray(session, actor="test", case=case, duplex=duplex)


def lay(
    session: Session,
    tray: Tray,
    pages: int = 1,
    content: str | None = None,
    made_at: dt.datetime | None = None,
) -> Arrival:
    number = next(_numbers)
    digest = hashlib.sha256((content or f"scan {number}").encode()).hexdigest()
    return arrivals.take(
        session,
        tray,
        name=f"scan-{number}.jpg",
        source=hashlib.sha256(f"source {number}".encode()).hexdigest(),
        digest=digest,
        size=1000,
        pages=[(800, 600)] * pages,
        actor="test",
        made_at=made_at,
    )


def refuse(session: Session, tray: Tray, name: str | None = None) -> Arrival:
    """Lay a damaged file in a tray."""
    number = next(_numbers)
    return arrivals.refuse(
        session,
        tray,
        name=name or f"scan-{number}.jpg",
        source=hashlib.sha256(f"source {number}".encode()).hexdigest(),
        digest=hashlib.sha256(f"scan {number}".encode()).hexdigest(),
        size=1000,
        reason="The picture is damaged.",
        actor="test",
    )


def make_reading(text: str = "Dear Nadia, the snow has come.", confidence: float = 0.97) -> Reading:
    return Reading(
        text=text,
        confidence=confidence,
        language="eng",
        script="Latn",
        rotation=0,
        handwritten=True,
        content=Content.TEXT,
        engine="test",
        lines=(Line(text, confidence, (10, 10, 700, 60)),),
    )


def make_screening(
    lane: Lane = Lane.DESK, *findings: Finding, addressee: Addressee | None = None
) -> Screening:
    return Screening(findings, addressee, lane, ("Because the test says so.",))


def finding(label: Label = Label.FESTIVAL, evidence: str = "snow", rule: str = "festival.test") -> Finding:
    return Finding(label, rule, Severity.LOOK, evidence, "A reason.", (10, 10, 100, 60))


def read(session: Session, card: Card, screening: Screening | None = None) -> None:
    """Do the card's errand as a worker would, with a given outcome."""
    errand = session.scalars(
        select(Errand).where(Errand.card_id == card.id, Errand.kind == ErrandKind.READ)
    ).one()
    errand.due_at = errand.due_at and card.scanned_at
    session.flush()
    claim = errands.claim(session, errand.id, 20)
    assert claim is not None
    sides = [ReadSide(make_reading(), "0" * 64, "1" * 64) for _ in card.sides]
    readings.record(session, claim, sides, screening or make_screening())


def screen(session: Session, card: Card, screening: Screening) -> None:
    """Screen the card anew as a worker would, with a given outcome."""
    errand = session.scalars(
        select(Errand).where(Errand.card_id == card.id, Errand.kind == ErrandKind.SCREEN)
    ).one()
    claim = errands.claim(session, errand.id, 20)
    assert claim is not None
    readings.record_screening(session, claim, screening)


def cards_of(session: Session, tray: Tray) -> list[Card]:
    return list(session.scalars(select(Card).where(Card.tray_id == tray.id).order_by(Card.position)))


def make_cards(
    session: Session, count: int, lane: Lane = Lane.DESK, slug: str | None = "nadia-k"
) -> list[Card]:
    """Lay cards in a new tray and have them read."""
    tray = make_tray(session, slug)
    for _ in range(count):
        lay(session, tray)
    cards = cards_of(session, tray)
    for card in cards:
        read(session, card, make_screening(lane))
    return cards
