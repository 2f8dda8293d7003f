"""Runs errands: claims one, has the child read or screen its card, and records the outcome."""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.orm import Session, selectinload

from mailroom import errands, readings, trouble
from mailroom.card_scope import scope_of_card
from mailroom.database import Database
from mailroom.errands import Claim, LeaseLostError
from mailroom.finding import SECOND_READER_RULE, Screening
from mailroom.flags import findings_of
from mailroom.pictures import PictureLimits
from mailroom.reading import Reading
from mailroom.readings import ReadSide
from mailroom.records import Card, ErrandKind
from mailroom.sandbox import Sandbox
from mailroom.scope import Scope
from mailroom.settings import Settings
from mailroom.vault import Vault
from worker.lease import LEASE_SECONDS, lease_kept
from worker.rescreener import BATCH, Rescreener
from worker.setbacks import Setbacks

log = logging.getLogger(__name__)


class ErrandRunner:
    """Does one errand at a time with one sandboxed child; screenings it does many at once."""

    def __init__(self, settings: Settings, database: Database, vault: Vault, sandbox: Sandbox) -> None:
        self._settings = settings
        self._database = database
        self._vault = vault
        self._sandbox = sandbox
        self._limits = PictureLimits(
            bytes_max=settings.scan_bytes_max,
            pixels_max=settings.scan_pixels_max,
            pages_max=settings.scan_pages_max,
        )
        self._setbacks = Setbacks(database, settings.errand_attempts)
        self._rescreener = Rescreener(database, vault, sandbox, self._setbacks.failed)

    def run(self, errand: int) -> bool:
        """Do an errand; False where it was not due, in other hands or left undone. Safe to call twice.

        What fails is tried again later, and after the last attempt goes to a person; so does a card that
        kills whoever reads it.
        """
        self._setbacks.give_back_untold()
        with self._database.transaction() as session:
            claims = _claim(session, errand)
        if not claims:
            return False
        try:
            with lease_kept(self._database, *claims):
                return self._work(claims)
        except Exception as error:
            if not trouble.is_of_machine(error, self._vault):
                raise
            self._setbacks.machine_failed(claims, error)
            return False

    def _work(self, claims: Sequence[Claim]) -> bool:
        if claims[0].is_deadly:
            self._setbacks.killed_workers(claims[0])
            return True
        if claims[0].kind is ErrandKind.SCREEN:
            self._rescreener.screen(claims, self._settings.reading_seconds)
            return True
        return self._do_alone(claims[0])

    def _do_alone(self, claim: Claim) -> bool:
        try:
            self._do(claim)
        except LeaseLostError:
            log.warning("Errand %d was finished by somebody else: its outcome is lost.", claim.errand)
            return False
        except Exception as error:
            if trouble.is_of_machine(error, self._vault):
                raise
            # Whatever else fails, the card goes to a person in the end.
            self._setbacks.failed(claim, error)
        return True

    def _do(self, claim: Claim) -> None:
        with self._database.reading() as session:
            card = session.get_one(Card, claim.card, options=[selectinload(Card.sides)])
            code = card.code
            request = self._request(session, claim, card)
        answer = self._sandbox.call(request, self._settings.reading_seconds)
        screening = Screening.from_data(answer["screening"])
        if claim.kind is not ErrandKind.READ:
            with self._database.transaction() as session:
                readings.record_screening(session, claim, screening)
        else:
            sides = [self._keep(side) for side in answer["sides"]]
            with self._database.transaction() as session:
                readings.record(session, claim, sides, screening)
                if self._settings.second_reader_url is not None:
                    errands.ask(session, ErrandKind.SECOND_READ, session.get_one(Card, claim.card))
        log.info(
            "%s: %s done, lane %s, %d flags.", code, claim.kind, screening.lane, len(screening.findings)
        )

    def _request(self, session: Session, claim: Claim, card: Card) -> dict[str, Any]:
        request: dict[str, Any] = {"do": claim.kind.value, "limits": asdict(self._limits)}
        request["scope"] = self._with_paths(scope_of_card(session, card)).as_data()
        request["sides"] = [
            {"path": str(self._vault.path(side.scan).resolve()), "page": side.page} for side in card.sides
        ]
        if claim.kind is ErrandKind.READ:
            return request | {"views": True}
        read = [side.reading.as_data() for side in card.sides if side.reading is not None]
        # Looking finds the marks anew; what the second reader found stays.
        others = [finding.as_data() for finding in findings_of(card, SECOND_READER_RULE)]
        return request | {"readings": read, "others": others}

    def _with_paths(self, scope: Scope) -> Scope:
        """The scope with its samples where the child can open them; raises MissingScanError."""
        marks = (
            replace(mark, picture=str(self._vault.path(mark.picture).resolve())) for mark in scope.marks
        )
        return replace(scope, marks=tuple(marks))

    def _keep(self, side: dict[str, Any]) -> ReadSide:
        return ReadSide(
            Reading.from_data(side["reading"]),
            view=self._vault.put(base64.b64decode(side["view"])),
            thumbnail=self._vault.put(base64.b64decode(side["thumbnail"])),
        )


def _claim(session: Session, errand: int) -> list[Claim]:
    """The errand, with others for screening where it is one that harms none; empty if it is not due."""
    claim = errands.claim(session, errand, LEASE_SECONDS)
    if claim is None:
        return []
    if claim.kind is not ErrandKind.SCREEN or claim.deaths:
        return [claim]
    return [claim, *errands.claim_more(session, claim.kind, BATCH - 1, LEASE_SECONDS)]
