"""Pairing: which front a page of a duplex tray is the back of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom.records import Arrival, Card, Side, Stage, Tray

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

    Each page has its place: that of a file that became no card, and that of a back whose front was read
    before it came. Else the next page would stand behind a stranger's front, and so would all after it.
    """
    laid_by = front.sides[0].arrival_id
    if laid_by == arrival.id:
        return True
    run = _run_before(session, arrival)
    return bool(run) and run[-1].arrival == laid_by and sum(part.pages for part in run) % 2 == 1


class _Part(NamedTuple):
    arrival: int
    pages: int


def _run_before(session: Session, arrival: Arrival) -> Sequence[_Part]:
    """What came into the tray just before ``arrival``: since the last whole card, and since a pause."""
    whole, page = _last_whole_card(session, arrival.tray_id)
    run: list[_Part] = []
    later = arrival
    for one in session.scalars(
        select(Arrival)
        .where(Arrival.tray_id == arrival.tray_id, Arrival.id >= whole, Arrival.id < arrival.id)
        .order_by(Arrival.id.desc())
    ):
        if one.is_folder:
            continue
        if _is_pause(one, later):
            break
        # Of a damaged file nobody knows how many pages it has.
        pages = len(one.pages) - 1 - page if one.id == whole else len(one.pages) or 1
        if pages:
            run.insert(0, _Part(one.id, pages))
        later = one
    return run


def _last_whole_card(session: Session, tray: int) -> tuple[int, int]:
    """The last arrival, and the page of it, that a card of two sides ends with; before all if none does."""
    back = session.execute(
        select(Side.arrival_id, Side.page)
        .join(Card, Card.id == Side.card_id)
        .where(Card.tray_id == tray, Side.number == 1)
        .order_by(Side.arrival_id.desc(), Side.page.desc())
        .limit(1)
    ).first()
    return (back.arrival_id, back.page) if back is not None else (0, 0)


def _is_pause(earlier: Arrival, later: Arrival) -> bool:
    """Whether whoever scans paused: a scanner process that stood still meanwhile is no pause of theirs."""
    gap = later.came_at - earlier.came_at
    if earlier.made_at is not None and later.made_at is not None:
        gap = min(gap, abs(later.made_at - earlier.made_at))
    return gap > dt.timedelta(seconds=BACK_SECONDS)
