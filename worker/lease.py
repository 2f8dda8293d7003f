"""Keeping the lease of errands while they are worked on.

The lease is short, so that the errand of a worker that was killed is soon done by another; as long as
the worker lives, a thread beside it keeps lengthening the lease.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from mailroom import errands
from mailroom.database import Database
from mailroom.errands import Claim, LeaseLostError

LEASE_SECONDS = 20.0
RENEW_SECONDS = 5.0

log = logging.getLogger(__name__)


@contextmanager
def lease_kept(database: Database, *claims: Claim) -> Iterator[None]:
    """Keep the lease of ``claims`` for as long as the block runs, or until they are finished."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(database, claims, over), name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(database: Database, claims: Sequence[Claim], over: threading.Event) -> None:
    while not over.wait(RENEW_SECONDS):
        try:
            with database.transaction() as session:
                for claim in claims:
                    with suppress(LeaseLostError):
                        errands.renew(session, claim, LEASE_SECONDS)
        except SQLAlchemyError as error:
            log.warning("The lease could not be lengthened (%s).", type(error).__name__)
