"""What the scanner's tests drop and count."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from mailroom.database import Database
from mailroom.records import Arrival, Card, Outcome
from scanner.files import Found
from tests.mailroom.picture_files import encoded, scan

OLD = 1_000_000_000


def drop(folder: Path, name: str, content: bytes, *, mtime: float | None = None) -> Path:
    """Put a file into a folder in one move, as a careful program does; ``mtime`` dates it back."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.part"
    draft.write_bytes(content)
    if mtime is not None:
        os.utime(draft, (mtime, mtime))
    return draft.rename(folder / name)


def picture(seed: int) -> bytes:
    """The bytes of a scan like no other."""
    return encoded(scan(seed), "JPEG")


def found(path: Path, inbox: Path) -> Found:
    """A file of the inbox as the watcher meets it."""
    return Found(path, str(path.relative_to(inbox)), path.lstat())


def arrivals(database: Database) -> list[Arrival]:
    """Every arrival, first come first."""
    with database.reading() as session:
        rows = session.scalars(select(Arrival).order_by(Arrival.id)).all()
        for row in rows:
            session.refresh(row, ["tray"])
        return list(rows)


def names(database: Database, outcome: Outcome) -> list[str]:
    """The names of the files that came to this, first come first."""
    return [arrival.name for arrival in arrivals(database) if arrival.outcome is outcome]


def cards(database: Database) -> list[tuple[int, str]]:
    """Position and scan of the first side of every card."""
    with database.reading() as session:
        rows = session.scalars(select(Card).order_by(Card.tray_id, Card.position)).all()
        return [(card.position, card.sides[0].scan) for card in rows]


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so; it is the test's failure if it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
