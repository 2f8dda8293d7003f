"""Pairing: which front a page of a duplex tray is the back of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailroom.records import Arrival, Card, Outcome, Side, Stage, Tray

# How long a front waits for its back before it is read alone.
BACK_SECONDS = 20.0


def front_of(session: Session, tray: Tray, arrival: Arrival) -> Card | None:
    """The card that the next page of ``arrival`` is the back of; None if it is a front itself."""
    last = session.scalar(
        select(Card).where(Card.tray_id == tray.id).order_by(Card.position.desc()).limit(1)
    )
    if last is None or len(last.sides) > 1 or last.stage is not Stage.SCANNED:
        return None
    return last if _is_followed_by(session, last, arrival) else None


def _is_followed_by(session: Session, front: Card, arrival: Arrival) -> bool:
    """Whether ``arrival`` goes on where ``front`` ended.

    A file that became no card has its place as well: else the page after a damaged back would stand behind
    a stranger's front, and so would each one after it.
    """
    if front.sides[0].arrival_id == arrival.id:
        return True
    run = _run_before(session, arrival)
    if all(one.outcome is Outcome.TAKEN for one in run):
        return True
    pages = sum(len(one.pages) or 1 for one in run)
    return run[-1].id == front.sides[0].arrival_id and pages % 2 == 1


def _run_before(session: Session, arrival: Arrival) -> Sequence[Arrival]:
    """What came into the tray just before ``arrival``: since the last whole card, and since a pause."""
    whole = (
        select(func.max(Side.arrival_id))
        .join(Card, Card.id == Side.card_id)
        .where(Card.tray_id == arrival.tray_id, Side.number == 1)
    )
    since = session.scalar(whole) or 0
    run: list[Arrival] = []
    next_came = arrival.came_at
    for one in session.scalars(
        select(Arrival)
        .where(Arrival.tray_id == arrival.tray_id, Arrival.id > since, Arrival.id < arrival.id)
        .order_by(Arrival.id.desc())
    ):
        if next_came - one.came_at > dt.timedelta(seconds=BACK_SECONDS):
            break
        if one.is_folder:
            continue
        run.insert(0, one)
        next_came = one.came_at
    return run
