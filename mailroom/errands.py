"""Errands: work still to be done, kept in the database.

An errand is written in the transaction that makes it due. Whoever works on it holds a lease with a
token; finishing checks the token, so that a stray second worker changes nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mailroom.clock import now
from mailroom.records import Card, Errand, ErrandKind

BACKOFF_SECONDS = (2, 10, 60, 300)
# How long an errand waits for a machine that is in trouble before it is tried again.
MACHINE_SECONDS = 10
# So many may die over an errand before it is given up: one may have been killed for another reason.
DEATHS_MAX = 3
FOR_WORKERS = frozenset({ErrandKind.READ, ErrandKind.SCREEN, ErrandKind.LOOK})
FOR_SECOND_READER = frozenset({ErrandKind.SECOND_READ})


class LeaseLostError(Exception):
    """Somebody else holds the errand by now; what was done for it must be thrown away."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on an errand until its lease ends; ``attempt`` counts from 1.

    ``deaths`` is how many who held it before never came back.
    """

    errand: int
    card: int
    kind: ErrandKind
    token: str
    asked: int
    attempt: int
    deaths: int = 0

    @property
    def is_deadly(self) -> bool:
        """Whether so many died over the errand that nobody should try once more."""
        return self.deaths >= DEATHS_MAX


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
        errand.attempts = errand.deaths = 0
    session.flush()
    if not after:
        _ring(session, errand)


def ask_for_all(session: Session, kind: ErrandKind, cards: Select[int]) -> int:
    """Ask for ``kind`` to be done to every card whose id ``cards`` selects; return how many they are.

    Nobody rings for these: they are background work that the housekeeper brings to the workers.
    """
    chosen = cards.subquery()
    fresh = {"asked": 1, "done": 0, "due_at": now(), "attempts": 0, "deaths": 0, "last_error": ""}
    values = select(literal(kind.value), chosen.c[0], *map(literal, fresh.values())).where(
        chosen.c[0].is_not(None)
    )
    columns = ["kind", "card_id", *fresh]
    # Each dialect has a statement of its own that inserts or, where the errand exists, updates.
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(Errand).from_select(columns, values, include_defaults=False)
    session.flush()
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "card_id"],
            set_={
                "asked": Errand.asked + 1,
                "due_at": statement.excluded.due_at,
                "attempts": 0,
                "deaths": 0,
            },
        )
    )
    return session.scalar(select(func.count()).select_from(chosen)) or 0


def ask_again_in_hand(session: Session, kind: ErrandKind) -> None:
    """Have whatever of ``kind`` somebody works on right now done once more, by what holds from now on."""
    session.execute(
        update(Errand)
        .where(Errand.kind == kind, Errand.token.is_not(None))
        .values(asked=Errand.asked + 1)
        .execution_options(synchronize_session=False)
    )


def claim(
    session: Session, errand: int, lease_seconds: float, kinds: frozenset[ErrandKind] = FOR_WORKERS
) -> Claim | None:
    """Claim an errand of ``kinds`` that is due and that nobody holds; None if there is nothing to do."""
    moment, token = now(), secrets.token_hex(16)
    changed = session.execute(
        update(Errand)
        .where(Errand.id == errand, *_due(moment, kinds))
        .values(
            token=token,
            lease_until=moment + dt.timedelta(seconds=lease_seconds),
            attempts=Errand.attempts + 1,
            # Whoever comes back lays the token down, whatever came of it.
            deaths=Errand.deaths + case((Errand.token.is_not(None), 1), else_=0),
        )
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        return None
    row = session.get_one(Errand, errand, populate_existing=True)
    return Claim(row.id, row.card_id, row.kind, token, row.asked, row.attempts, row.deaths)


def claim_more(session: Session, kind: ErrandKind, count: int, lease_seconds: float) -> list[Claim]:
    """Claim up to ``count`` errands of a kind that are due, the longest due first.

    Those that somebody died over are left out: alone, they can harm no other.
    """
    moment, token = now(), secrets.token_hex(16)
    rows = session.scalars(
        select(Errand)
        .where(*_due(moment, frozenset({kind})), Errand.token.is_(None), Errand.deaths == 0)
        .order_by(Errand.due_at, Errand.id)
        .limit(count)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.token, row.attempts = token, row.attempts + 1
        row.lease_until = moment + dt.timedelta(seconds=lease_seconds)
    session.flush()
    return [Claim(row.id, row.card_id, row.kind, token, row.asked, row.attempts) for row in rows]


def renew(session: Session, claim: Claim, lease_seconds: float) -> None:
    """Lengthen the lease; raises LeaseLostError."""
    _held(session, claim).lease_until = now() + dt.timedelta(seconds=lease_seconds)


def finish(session: Session, claim: Claim) -> None:
    """Mark the errand done as far as it was asked for when claimed; raises LeaseLostError."""
    errand = _held(session, claim)
    errand.done = claim.asked
    errand.token = errand.lease_until = None
    errand.last_error = ""
    errand.deaths = 0
    if errand.asked == claim.asked:
        errand.due_at = None
        errand.attempts = 0
    else:
        _ring(session, errand)


def put_off(session: Session, claim: Claim, error: str) -> None:
    """Give the errand back, to be tried again after a growing pause; raises LeaseLostError."""
    errand = _held(session, claim)
    pause = BACKOFF_SECONDS[min(claim.attempt, len(BACKOFF_SECONDS)) - 1]
    errand.due_at = now() + dt.timedelta(seconds=pause)
    errand.token = errand.lease_until = None
    errand.last_error = error[:500]


def give_back(session: Session, claim: Claim, error: str) -> None:
    """Give the errand back untried, as the machine is in trouble.

    Where the lease ran out first and somebody else took the errand, its holder was counted as dead by
    mistake: one death is taken back.
    """
    try:
        errand = _held(session, claim)
    except LeaseLostError:
        session.execute(
            update(Errand)
            .where(Errand.id == claim.errand, Errand.asked == claim.asked, Errand.deaths > 0)
            .values(deaths=Errand.deaths - 1)
        )
        return
    errand.attempts = max(errand.attempts - 1, 0)
    errand.due_at = now() + dt.timedelta(seconds=MACHINE_SECONDS)
    errand.token = errand.lease_until = None
    errand.last_error = error[:500]


def due(session: Session, limit: int = 1000, kinds: frozenset[ErrandKind] = FOR_WORKERS) -> Sequence[int]:
    """The ids of errands of ``kinds`` that are due and that nobody holds, the longest due first."""
    rows = session.scalars(
        select(Errand.id).where(*_due(now(), kinds)).order_by(Errand.due_at, Errand.id).limit(limit)
    )
    return rows.all()


def open_count(session: Session, kind: ErrandKind) -> int:
    """How many errands of a kind are still to be done."""
    query = select(func.count()).select_from(Errand).where(Errand.kind == kind, Errand.due_at.is_not(None))
    return session.scalar(query) or 0


def waiting_for(session: Session, kind: ErrandKind, cards: Collection[int]) -> set[int]:
    """Those of the cards with these ids for which something of ``kind`` is still to be done."""
    query = select(Errand.card_id).where(
        Errand.kind == kind, Errand.due_at.is_not(None), Errand.card_id.in_(cards)
    )
    return set(session.scalars(query))


def _ring(session: Session, errand: Errand) -> None:
    if errand.kind in FOR_WORKERS:
        session.info.setdefault("errands", []).append(errand.id)


def _due(moment: dt.datetime, kinds: frozenset[ErrandKind]) -> tuple[ColumnElement[bool], ...]:
    free = or_(Errand.lease_until.is_(None), Errand.lease_until < moment)
    return Errand.kind.in_(kinds), Errand.due_at.is_not(None), Errand.due_at <= moment, free


def _held(session: Session, claim: Claim) -> Errand:
    errand = session.get(Errand, claim.errand, with_for_update=True, populate_existing=True)
    if errand is None or errand.token != claim.token:
        raise LeaseLostError(f"errand {claim.errand} is in other hands")
    return errand
