"""Errands: work still to be done, kept in the database.

An errand is written in the transaction that makes it due. Whoever works on it holds a lease with a
token; finishing checks the token, so that a stray second worker changes nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from mailroom.clock import now
from mailroom.records import Card, Errand, ErrandKind

BACKOFF_SECONDS = (2, 10, 60, 300)


class LeaseLostError(Exception):
    """Somebody else holds the errand by now; what was done for it must be thrown away."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on an errand until its lease ends; ``attempt`` counts from 1."""

    errand: int
    card: int
    kind: ErrandKind
    token: str
    asked: int
    attempt: int


def ask(session: Session, kind: ErrandKind, card: Card, *, after: float = 0.0) -> None:
    """Ask for ``kind`` to be done to ``card``, not before ``after`` seconds; asking again does it again."""
    due = now() + dt.timedelta(seconds=after)
    errand = session.scalar(
        select(Errand).where(Errand.kind == kind, Errand.card_id == card.id).with_for_update()
    )
    if errand is None:
        errand = Errand(kind=kind, card_id=card.id, due_at=due)
        session.add(errand)
    else:
        errand.asked += 1
        errand.due_at = due
        errand.attempts = 0
    session.flush()
    if not after:
        session.info.setdefault("errands", []).append(errand.id)


def claim(session: Session, errand: int, lease_seconds: float) -> Claim | None:
    """Claim an errand that is due and that nobody holds; None if there is nothing to do."""
    moment, token = now(), secrets.token_hex(16)
    changed = session.execute(
        update(Errand)
        .where(Errand.id == errand, *_due(moment))
        .values(
            token=token,
            lease_until=moment + dt.timedelta(seconds=lease_seconds),
            attempts=Errand.attempts + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        return None
    row = session.get_one(Errand, errand, populate_existing=True)
    return Claim(row.id, row.card_id, row.kind, token, row.asked, row.attempts)


def renew(session: Session, claim: Claim, lease_seconds: float) -> None:
    """Lengthen the lease; raises LeaseLostError."""
    _held(session, claim).lease_until = now() + dt.timedelta(seconds=lease_seconds)


def finish(session: Session, claim: Claim) -> None:
    """Mark the errand done as far as it was asked for when claimed; raises LeaseLostError."""
    errand = _held(session, claim)
    errand.done = claim.asked
    errand.token = errand.lease_until = None
    errand.last_error = ""
    if errand.asked == claim.asked:
        errand.due_at = None
        errand.attempts = 0
    else:
        session.info.setdefault("errands", []).append(errand.id)


def put_off(session: Session, claim: Claim, error: str) -> None:
    """Give the errand back, to be tried again after a growing pause; raises LeaseLostError."""
    errand = _held(session, claim)
    pause = BACKOFF_SECONDS[min(claim.attempt, len(BACKOFF_SECONDS)) - 1]
    errand.due_at = now() + dt.timedelta(seconds=pause)
    errand.token = errand.lease_until = None
    errand.last_error = error[:500]


def due(session: Session, limit: int = 1000) -> Sequence[int]:
    """The ids of errands that are due and that nobody holds, the longest due first."""
    rows = session.scalars(
        select(Errand.id).where(*_due(now())).order_by(Errand.due_at, Errand.id).limit(limit)
    )
    return rows.all()


def _due(moment: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(Errand.lease_until.is_(None), Errand.lease_until < moment)
    return Errand.due_at.is_not(None), Errand.due_at <= moment, free


def _held(session: Session, claim: Claim) -> Errand:
    errand = session.get(Errand, claim.errand, with_for_update=True, populate_existing=True)
    if errand is None or errand.token != claim.token:
        raise LeaseLostError(f"errand {claim.errand} is in other hands")
    return errand
