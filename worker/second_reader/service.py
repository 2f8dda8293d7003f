"""The second reader's own process: asks about cards that were read, and adds what is found to their flags.

It stands beside the reading workers, so that a slow model delays no card. A card that people have
approved meanwhile is asked about like any other, and comes back to a person if something was found.
"""

from __future__ import annotations

import logging
import threading
from http import client

from sqlalchemy.exc import SQLAlchemyError

from mailroom import errands, readings
from mailroom.card_scope import scope_of_card
from mailroom.database import Database
from mailroom.errands import FOR_SECOND_READER, Claim, LeaseLostError
from mailroom.records import Card
from mailroom.second_reader_address import AddressRefusedError
from worker.lease import LEASE_SECONDS, lease_kept
from worker.second_reader.plain_http import HttpError
from worker.second_reader.reader import NonsenseError, SecondReader

PAUSE_SECONDS = 1.0
AT_ONCE = 50
_NO_ANSWER = (HttpError, AddressRefusedError, OSError, client.HTTPException)

log = logging.getLogger(__name__)


def second_read(database: Database, reader: SecondReader, attempts: int, stop: threading.Event) -> None:
    """Do second readings as they fall due until ``stop`` is set; each is tried ``attempts`` times."""
    while not stop.is_set():
        try:
            done = do_due(database, reader, attempts, stop)
        except SQLAlchemyError as error:
            log.warning("The database cannot be reached (%s); trying again.", type(error).__name__)
            done = 0
        if not done:
            stop.wait(PAUSE_SECONDS)


def do_due(
    database: Database, reader: SecondReader, attempts: int, stop: threading.Event | None = None
) -> int:
    """Do the second readings that are due now; return how many were taken up."""
    with database.reading() as session:
        due = errands.due(session, AT_ONCE, FOR_SECOND_READER)
    taken = 0
    for errand in due:
        if stop is not None and stop.is_set():
            break
        with database.transaction() as session:
            claim = errands.claim(session, errand, LEASE_SECONDS, FOR_SECOND_READER)
        if claim is not None:
            taken += 1
            _do(database, reader, claim, attempts)
    return taken


def _do(database: Database, reader: SecondReader, claim: Claim, attempts: int) -> None:
    try:
        if claim.is_deadly:
            log.error("Errand %d is given up: %d second readers died over it.", claim.errand, claim.deaths)
            _give_up(database, claim)
        else:
            _ask(database, reader, claim, attempts)
    except LeaseLostError:
        log.warning("Errand %d is in another second reader's hands by now.", claim.errand)


def _ask(database: Database, reader: SecondReader, claim: Claim, attempts: int) -> None:
    with database.reading() as session:
        card = session.get_one(Card, claim.card)
        code = card.code
        read = [side.reading for side in card.sides if side.reading is not None]
        allow = scope_of_card(session, card).allow
    try:
        with lease_kept(database, claim):
            findings = reader.read(read, allow)
        with database.transaction() as session:
            readings.record_second_reading(session, claim, findings)
    except NonsenseError as error:
        # It would say the same again.
        log.warning("%s: the second reader's answer makes no sense (%s).", code, error)
        _give_up(database, claim)
    except _NO_ANSWER as error:
        last = claim.attempt >= attempts
        why = str(error) if isinstance(error, HttpError) else type(error).__name__
        log.warning("%s: the second reader gave no answer at attempt %d (%s).", code, claim.attempt, why)
        if last:
            _give_up(database, claim)
        else:
            _put_off(database, claim, why)
    else:
        log.info("%s: second reading done, %d findings.", code, len(findings))


def _give_up(database: Database, claim: Claim) -> None:
    """The card stays as it was without a second reading."""
    with database.transaction() as session:
        errands.finish(session, claim)


def _put_off(database: Database, claim: Claim, why: str) -> None:
    with database.transaction() as session:
        errands.put_off(session, claim, why)
