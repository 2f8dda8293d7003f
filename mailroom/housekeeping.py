"""Housekeeping: rings again for errands that are due, and forgets what is over."""

from __future__ import annotations

import logging
import math
import threading

from sqlalchemy.exc import SQLAlchemyError

from mailroom import dial, errands, people
from mailroom.database import Database
from mailroom.records import ErrandKind
from mailroom.vault import Vault

SWEEP_SECONDS = 2.0
SCREENINGS_A_SWEEP = 5000
SCREENINGS_A_RING = 50
FORGET_EVERY = 1800
# No file takes that long to write.
DRAFT_SECONDS = 24 * 3600.0

log = logging.getLogger(__name__)


def sweep(database: Database) -> int:
    """Ring for what is due, held by nobody and not waiting in the queue; return how often.

    A worker that is rung for one screening takes along others that are due: one ring calls for many.
    """
    with database.reading() as session:
        due = errands.due(session, kinds=errands.FOR_WORKERS - {ErrandKind.SCREEN})
        screenings = errands.due(session, SCREENINGS_A_SWEEP, frozenset({ErrandKind.SCREEN}))
    if not due and not screenings:
        return 0
    waiting = database.bell.waiting()
    missed = [errand for errand in due if errand not in waiting]
    unheard = [errand for errand in screenings if errand not in waiting]
    rings = math.ceil(len(screenings) / SCREENINGS_A_RING) - (len(screenings) - len(unheard))
    missed += unheard[: max(rings, 0)]
    if missed:
        database.bell.ring(missed)
    return len(missed)


def keep_dials(database: Database) -> int:
    """Turn back each dial whose limit is passed and call back what has not left; return how many cards."""
    with database.reading() as session:
        if not dial.is_due(session):
            return 0
    with database.transaction() as session:
        called_back = dial.keep(session)
    log.info("Called back %d cards: the trust dial was turned back.", called_back)
    return called_back


def keep_house(database: Database, vault: Vault, stop: threading.Event) -> None:
    """Sweep until ``stop`` is set; a database that cannot be reached is tried again."""
    rounds = 0
    while not stop.wait(SWEEP_SECONDS):
        try:
            missed = sweep(database)
            if missed:
                log.info("Rang again for %d errands.", missed)
            keep_dials(database)
            if rounds % FORGET_EVERY == 0:
                vault.forget_drafts(DRAFT_SECONDS)
                with database.transaction() as session:
                    people.forget_ended_sign_ins(session)
        except SQLAlchemyError as error:
            log.warning("The database cannot be reached (%s); trying again.", type(error).__name__)
        rounds += 1
