"""Screens many cards anew at once: one request to the child, one transaction for the outcomes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, select, type_coerce
from sqlalchemy.orm import Session, selectinload

from mailroom import errands, readings, trouble
from mailroom.card_scope import scope_of_case
from mailroom.database import Database
from mailroom.errands import Claim, LeaseLostError
from mailroom.finding import MARK_RULE, SECOND_READER_RULE, Screening
from mailroom.flags import findings_of
from mailroom.records import Card, Case, Side
from mailroom.sandbox import Sandbox
from mailroom.vault import Vault

# A card takes some milliseconds: a batch holds the database's write lock for less than a person notices.
BATCH = 50

log = logging.getLogger(__name__)


class Rescreener:
    """Screens the cards of claimed errands by what was read of them before."""

    def __init__(
        self, database: Database, vault: Vault, sandbox: Sandbox, fail: Callable[[Claim, Exception], None]
    ) -> None:
        """``fail`` is told of the errands whose card cannot be screened."""
        self._database = database
        self._vault = vault
        self._sandbox = sandbox
        self._fail = fail

    def screen(self, claims: Sequence[Claim], seconds: float) -> None:
        """Screen the cards and record the outcomes; one card that fails spoils no other's.

        Raises what is the machine's trouble.
        """
        try:
            self._record(claims, self._ask(claims, seconds))
        except Exception as error:
            if trouble.is_of_machine(error, self._vault):
                raise
            # Whatever else fails, the card goes to a person in the end.
            if len(claims) == 1:
                self._fail(claims[0], error)
                return
            log.warning("Screening %d cards at once failed: taking them one by one.", len(claims))
            for claim in claims:
                self.screen([claim], seconds)

    def _ask(self, claims: Sequence[Claim], seconds: float) -> dict[int, Screening]:
        """The screening of each card that has been read, by its id."""
        with self._database.reading() as session:
            request, cards = _request(session, [claim.card for claim in claims])
        if not cards:
            return {}
        answer = self._sandbox.call(request, seconds)
        screenings = [Screening.from_data(data) for data in answer["screenings"]]
        return dict(zip(cards, screenings, strict=True))

    def _record(self, claims: Sequence[Claim], screenings: dict[int, Screening]) -> None:
        # Whatever a move depends on flushes by itself; the rest is written in one go at the end.
        with self._database.transaction() as session, session.no_autoflush:
            # In one order, so that no two workers wait for each other.
            ordered = sorted(claims, key=lambda claim: claim.card)
            _load(session, [claim.card for claim in ordered])
            for claim in ordered:
                with suppress(LeaseLostError):
                    if claim.card in screenings:
                        readings.record_screening(session, claim, screenings[claim.card])
                    else:
                        # It has not been read: reading screens it by the rules of that day.
                        errands.finish(session, claim)


def _request(session: Session, ids: Sequence[int]) -> tuple[dict[str, Any], list[int]]:
    cards = session.scalars(
        select(Card).where(Card.id.in_(ids), Card.read_at.is_not(None)).options(selectinload(Card.flags))
    ).all()
    read = _readings(session, ids)
    places: dict[int | None, int] = {}
    entries = [
        {
            "scope": places.setdefault(card.case_id, len(places)),
            "readings": read.get(card.id, []),
            "others": [finding.as_data() for finding in findings_of(card, MARK_RULE, SECOND_READER_RULE)],
        }
        for card in cards
    ]
    request = {
        "do": "screen_many",
        "scopes": [_scope(session, case) for case in places],
        "cards": entries,
    }
    return request, [card.id for card in cards]


def _readings(session: Session, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """What was read of each card, as it is kept: the child alone makes readings of it."""
    kept = type_coerce(Side.reading, JSON)
    query = select(Side.card_id, kept).where(Side.card_id.in_(ids)).order_by(Side.card_id, Side.number)
    found: dict[int, list[dict[str, Any]]] = {}
    for card, reading in session.execute(query):
        if reading is not None:
            found.setdefault(card, []).append(reading)
    return found


def _scope(session: Session, case: int | None) -> dict[str, Any]:
    scope = scope_of_case(session, session.get(Case, case) if case is not None else None)
    # Screening by what was read seeks no marks.
    return replace(scope, marks=()).as_data()


def _load(session: Session, ids: Sequence[int]) -> None:
    """Lock the cards and load what recording needs of them, all at once."""
    session.scalars(
        select(Card)
        .where(Card.id.in_(ids))
        .order_by(Card.id)
        .options(selectinload(Card.flags))
        .with_for_update(of=Card)
    ).all()
