"""Arrivals: a file that came in becomes cards, is noticed as a duplicate, or is refused with a reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from mailroom import errands, ledger, pairing
from mailroom.errors import Refusal
from mailroom.records import Arrival, Card, ErrandKind, Outcome, Side, Tray

PageSize = tuple[int, int]
NAME_LENGTH = 255


class Settled(Refusal):
    """This arrival was settled before."""


def source_of(path: str, stat: os.stat_result) -> str:
    """The identity of a file in the inbox: met again after a crash it is the same, a second copy is not."""
    text = f"{path}\0{stat.st_ino}\0{stat.st_mtime_ns}\0{stat.st_size}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def already_taken(session: Session, source: str) -> Arrival | None:
    """The arrival that this very file was recorded as, with its tray, if it was."""
    query = select(Arrival).where(Arrival.source == source)
    return session.scalar(query.options(joinedload(Arrival.tray)))


def open_refusal(session: Session, tray: Tray, name: str) -> Arrival | None:
    """What people are told of a file of this name that came into the tray, until they put it aside."""
    query = select(Arrival).where(Arrival.tray_id == tray.id, Arrival.name == name[:NAME_LENGTH])
    return session.scalar(query.where(Arrival.outcome == Outcome.REFUSED).limit(1))


def take(
    session: Session,
    tray: Tray,
    *,
    name: str,
    source: str,
    digest: str,
    size: int,
    pages: Sequence[PageSize],
    actor: str,
    made_at: dt.datetime | None = None,
) -> Arrival:
    """Record a file that stands in the vault under ``digest``; its pages become cards of ``tray``.

    Bytes that came before become no cards: the arrival is a duplicate until a person takes it anyway. A
    file that somebody else has recorded meanwhile gives the arrival of then. ``pages`` are the sizes
    (width, height) in pixels; ``made_at`` is when the file was scanned.
    """
    _wait_for_others(session, source, digest)
    recorded = already_taken(session, source)
    if recorded is not None:
        return recorded
    first = session.scalar(
        select(Arrival)
        .where(Arrival.digest == digest, Arrival.outcome == Outcome.TAKEN)
        .order_by(Arrival.id)
        .limit(1)
    )
    arrival = Arrival(
        tray=tray,
        name=name[:NAME_LENGTH],
        source=source,
        digest=digest,
        size=size,
        outcome=Outcome.DUPLICATE if first else Outcome.TAKEN,
        reason="The same file came before." if first else "",
        first=first,
        pages=[list(page) for page in pages],
        made_at=made_at,
    )
    session.add(arrival)
    session.flush()
    ledger.note(session, actor, f"arrival.{arrival.outcome}", tray.code, arrival=arrival.id, digest=digest)
    if first is None:
        _lay(session, arrival, actor)
    return arrival


def refuse(
    session: Session,
    tray: Tray,
    *,
    name: str,
    source: str,
    digest: str,
    size: int,
    reason: str,
    actor: str,
    made_at: dt.datetime | None = None,
) -> Arrival:
    """Record a file that cannot be taken, with the plain reason that people will read.

    One that somebody else has recorded meanwhile gives the arrival of then.
    """
    _wait_for_others(session, source)
    recorded = already_taken(session, source)
    if recorded is not None:
        return recorded
    arrival = Arrival(
        tray=tray,
        name=name[:NAME_LENGTH],
        source=source,
        digest=digest,
        size=size,
        outcome=Outcome.REFUSED,
        reason=reason[:500],
        pages=[],
        made_at=made_at,
    )
    session.add(arrival)
    session.flush()
    ledger.note(session, actor, "arrival.refused", tray.code, arrival=arrival.id)
    return arrival


def take_anyway(session: Session, arrival: Arrival, actor: str) -> None:
    """Lay a duplicate's pages in its tray after all: two cards that look the same are two cards."""
    _settle(session, arrival, Outcome.TAKEN, actor)
    _lay(session, arrival, actor)


def discard(session: Session, arrival: Arrival, actor: str) -> None:
    """Note that a duplicate or a refused file has been dealt with and is no card."""
    _settle(session, arrival, Outcome.DISCARDED, actor)


def _wait_for_others(session: Session, *hashes: str) -> None:
    """Let nobody else record what has one of these hashes (in hex) before this transaction has ended.

    Two who looked for the same bytes at once would each find none. SQLite has one writer at a time anyhow.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for known in hashes:
        key = int.from_bytes(bytes.fromhex(known)[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def _settle(session: Session, arrival: Arrival, outcome: Outcome, actor: str) -> None:
    session.refresh(arrival, with_for_update=True)
    fitting = {Outcome.DUPLICATE} if outcome is Outcome.TAKEN else {Outcome.DUPLICATE, Outcome.REFUSED}
    if arrival.outcome not in fitting:
        raise Settled("Somebody has settled this file already.")
    arrival.outcome = outcome
    ledger.note(session, actor, f"arrival.{outcome}", arrival.tray.code, arrival=arrival.id)


def _lay(session: Session, arrival: Arrival, actor: str) -> None:
    tray = arrival.tray
    session.refresh(tray, with_for_update=True)
    for number, (width, height) in enumerate(arrival.pages):
        side = Side(arrival_id=arrival.id, scan=arrival.digest, page=number, width=width, height=height)
        front = pairing.front_of(session, tray, arrival) if tray.duplex else None
        if front is None:
            _lay_card(session, tray, side, actor)
        else:
            side.number = 1
            front.sides.append(side)
            session.flush()
            errands.ask(session, ErrandKind.READ, front)


def _lay_card(session: Session, tray: Tray, side: Side, actor: str) -> None:
    last = session.scalar(select(func.max(Card.position)).where(Card.tray_id == tray.id)) or 0
    side.number = 0
    card = Card(tray=tray, position=last + 1, case_id=tray.case_id, sides=[side])
    session.add(card)
    session.flush()
    ledger.note(session, actor, "card.scanned", card.code)
    errands.ask(session, ErrandKind.READ, card, after=pairing.BACK_SECONDS if tray.duplex else 0.0)
