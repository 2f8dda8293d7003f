"""A mail room with the sample tray in it, read as its truth says: real pictures, boxes and words."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import arrivals, campaign_store, errands, readings, trays
from mailroom.campaigns import read_campaign
from mailroom.finding import Finding, Label, Lane, Screening, Severity
from mailroom.reading import Content, Line, Reading, Word
from mailroom.records import Card, Errand, ErrandKind, Tray
from mailroom.vault import Vault

SAMPLES = Path(__file__).parents[2] / "samples"
WORDS = {
    "amnesty": (Label.ORGANISATION, Severity.LOOK, "Names an organisation that must not appear."),
    "christmas": (Label.FESTIVAL, Severity.LOOK, "Names a festival; “end-of-year wishes” is fine."),
    "god": (Label.RELIGION, Severity.LOOK, "Religious words are not welcome in this case."),
    "freedom": (Label.TRIGGER_WORD, Severity.LOOK, "A word of interest for this case."),
    "street": (Label.SENDER_DATA, Severity.LOOK, "An address of the sender."),
    "@": (Label.SENDER_DATA, Severity.LOOK, "An e-mail address or a handle."),
    "torture": (Label.VIOLENCE, Severity.TWO_PEOPLE, "Speaks of violence; two people look."),
    "money": (Label.MONEY, Severity.HINT, "Offers money or gifts."),
}


def fill(
    session: Session, vault: Vault, folders: tuple[str, ...] = ("nadia-01",), limit: int = 100
) -> None:
    """Load the sample campaign and lay the scans of these folders, one tray each."""
    campaign_store.load(session, read_campaign(SAMPLES / "campaign.yaml"), actor="test")
    for folder in folders:
        truths = list(_truths(folder))[:limit]
        duplex = " duplex" if "duplex" in truths[0]["file"] else ""
        tray = trays.tray_for_folder(session, f"{truths[0]['case'] or 'mixed'} {folder}{duplex}")
        for truth in truths:
            lay_read(session, vault, tray, truth)


def lay_read(session: Session, vault: Vault, tray: Tray, truth: dict[str, Any]) -> None:
    """Lay a sample scan in the tray, read as its truth says."""
    reading = reading_of(truth)
    findings = findings_of(reading)
    screening = Screening(findings, None, lane_of(findings), ())
    take(session, vault, tray, SAMPLES / "tray" / truth["file"], reading=reading, screening=screening)


def take(
    session: Session, vault: Vault, tray: Tray, path: Path, *, reading: Reading, screening: Screening
) -> None:
    """Do what scanner and worker do: put the scan in the vault, lay it in the tray, record its reading."""
    content = path.read_bytes()
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    arrivals.take(
        session,
        tray,
        name=path.name,
        source=hashlib.sha256(f"{tray.code} {path}".encode()).hexdigest(),
        digest=vault.put(content),
        size=len(content),
        pages=[picture.size],
        actor="test",
    )
    last = select(Card).where(Card.tray_id == tray.id).order_by(Card.position.desc()).limit(1)
    card = session.scalars(last).one()
    if tray.duplex and len(card.sides) < 2:
        return
    errand = session.scalars(
        select(Errand).where(Errand.card_id == card.id, Errand.kind == ErrandKind.READ)
    ).one()
    errand.due_at = card.scanned_at
    session.flush()
    claim = errands.claim(session, errand.id, 30)
    assert claim is not None
    read = readings.ReadSide(reading, *pictures(vault, picture, reading.rotation))
    readings.record(session, claim, [read] * len(card.sides), screening)


def pictures(vault: Vault, picture: Image.Image, rotation: int) -> tuple[str, str]:
    """The keys of the upright view and of the thumbnail."""
    upright = picture.rotate(-rotation, expand=True)
    return tuple(vault.put(_jpeg(upright, side)) for side in (1600, 320))  # type: ignore[return-value]


def reading_of(truth: dict[str, Any]) -> Reading:
    lines = tuple(
        Line(
            line["text"],
            0.93,
            tuple(line["box"]),
            tuple(Word(word["text"], _sure(word["text"]), tuple(word["box"])) for word in line["words"]),
        )
        for line in truth["lines"]
    )
    return Reading(
        text=truth["text"],
        confidence=0.93,
        language=truth["language"],
        script=truth["script"] or "Zyyy",
        rotation=truth["rotation"],
        handwritten=truth["handwritten"],
        content=Content(truth["content"]),
        engine="truth",
        lines=lines,
    )


def findings_of(reading: Reading) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for line in reading.lines:
        for words, (label, severity, reason) in WORDS.items():
            hit = next((word for word in line.words if words in word.text.lower()), None)
            if hit:
                found.append(Finding(label, f"{label}.test", severity, hit.text, reason, hit.box))
    return tuple(found)


def lane_of(findings: tuple[Finding, ...]) -> Lane:
    if any(one.severity is Severity.TWO_PEOPLE for one in findings):
        return Lane.SECOND_LOOK
    return Lane.DESK if findings else Lane.GLANCE


def _truths(folder: str) -> Iterator[dict[str, Any]]:
    for line in (SAMPLES / "tray" / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        if (
            truth["file"].startswith(f"{folder}/")
            and truth["page"] == 0
            and not truth["file"].endswith(".pdf")
        ):
            yield truth


def _jpeg(picture: Image.Image, side: int) -> bytes:
    small = picture.copy()
    small.thumbnail((side, side))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _sure(text: str) -> float:
    return 0.55 if len(text) % 9 == 8 else 0.95
