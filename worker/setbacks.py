"""Setbacks: what becomes of errands that could not be done."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from mailroom import errands, readings
from mailroom.database import Database
from mailroom.errands import Claim, LeaseLostError
from mailroom.sandbox import RemoteError
from mailroom.unreadable import UnreadableFileError
from mailroom.vault import MissingScanError

UNREAD = "The machine could not read this card: please read it yourself."
NO_SCAN = (
    "The scan of this card cannot be opened where it is kept. Have that mended and the card read once "
    "more, or fetch the paper."
)
DEADLY = (
    "Each time the machine took up this card, its whole reading worker broke down, so it does not try any "
    "more. Read the card yourself, or have it tried once more."
)
# A machine in trouble is in trouble with the next card as well.
PAUSE_SECONDS = 2.0

log = logging.getLogger(__name__)


class Setbacks:
    """Puts errands off, gives them back, or gives them up for a person."""

    def __init__(self, database: Database, attempts: int) -> None:
        """After ``attempts`` that failed a card goes to a person."""
        self._database = database
        self._attempts = attempts
        self._untold: list[tuple[Claim, str]] = []

    def failed(self, claim: Claim, error: Exception) -> None:
        """Have a card that failed tried again later, or handed to a person after the last attempt."""
        kind = _kind(error)
        log.warning("Errand %d failed at attempt %d (%s).", claim.errand, claim.attempt, kind)
        if claim.attempt >= self._attempts:
            self._give_up(claim, NO_SCAN if _is_of_scan(error) else UNREAD)
            return
        with _unless_lost(claim), self._database.transaction() as session:
            errands.put_off(session, claim, kind)

    def killed_workers(self, claim: Claim) -> None:
        """Hand a card to a person that one worker after the other died over."""
        log.error("Errand %d is given up: %d workers died over it.", claim.errand, claim.deaths)
        self._give_up(claim, DEADLY)

    def machine_failed(self, claims: Sequence[Claim], error: Exception) -> None:
        """Give errands back that are not at fault, and wait a moment; counts as no attempt."""
        kind = _kind(error)
        log.warning("The machine is in trouble (%s): %d errands wait for it.", kind, len(claims))
        self._untold += [(claim, kind) for claim in claims]
        try:
            self.give_back_untold()
        except SQLAlchemyError:
            log.warning("The database cannot be told yet: they wait until it can.")
        time.sleep(PAUSE_SECONDS)

    def give_back_untold(self) -> None:
        """Give back what the database could not be told of; else whoever lived would be counted as dead.

        Raises SQLAlchemyError where it still cannot.
        """
        if not self._untold:
            return
        with self._database.transaction() as session:
            for claim, kind in self._untold:
                errands.give_back(session, claim, kind)
        self._untold.clear()

    def _give_up(self, claim: Claim, reason: str) -> None:
        with _unless_lost(claim), self._database.transaction() as session:
            readings.give_up(session, claim, reason)


@contextmanager
def _unless_lost(claim: Claim) -> Iterator[None]:
    try:
        yield
    except LeaseLostError:
        log.warning("Errand %d is in other hands by now.", claim.errand)


def _kind(error: Exception) -> str:
    # A message from inside the child may hold words of the card: only its kind goes on.
    return error.kind if isinstance(error, RemoteError) else type(error).__name__


def _is_of_scan(error: Exception) -> bool:
    if isinstance(error, RemoteError):
        return error.kind == UnreadableFileError.__name__
    return isinstance(error, UnreadableFileError | MissingScanError)
