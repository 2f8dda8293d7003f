"""Whatever goes wrong with a card, it goes to a person in the end; what is wrong with the machine waits."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from sqlalchemy import select

from mailroom import errands, rescreening
from mailroom.database import Database
from mailroom.finding import Lane
from mailroom.records import Card, ErrandKind, Stage
from mailroom.sandbox import Sandbox
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests import house
from worker.errand_runner import ErrandRunner

NONSENSE = {"findings": [{"label": "nonsense"}], "addressee": None, "lane": "glance", "reasons": []}
SOUND = house.make_screening(Lane.GLANCE).as_data()


class Odd(Sandbox):
    """A child whose answers cannot be kept."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__("nothing:nothing", 0)
        self._error = error

    def call(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        if self._error is not None:
            raise self._error
        cards = request.get("cards", [])
        return {"sides": [{}], "screening": NONSENSE, "screenings": [_answer(card) for card in cards]}


def _answer(card: dict[str, Any]) -> dict[str, Any]:
    return NONSENSE if card["readings"][0]["text"] == "odd" else SOUND


def _run(database: Database, settings: Settings, vault: Vault, sandbox: Sandbox) -> None:
    runner = ErrandRunner(settings.model_copy(update={"errand_attempts": 1}), database, vault, sandbox)
    with database.reading() as session:
        (first, *_) = errands.due(session)
    runner.run(first)


def _lay_one(database: Database, vault: Vault) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        vault.put(b"scan")
        house.lay(session, house.make_tray(session), content="scan")


def test_reading_that_cannot_be_kept_goes_to_a_person(
    database: Database, settings: Settings, vault: Vault
) -> None:
    _lay_one(database, vault)
    _run(database, settings, vault, Odd())
    with database.reading() as session:
        card = session.scalars(select(Card)).one()
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.DESK)
        assert [flag.rule for flag in card.flags] == ["reading-failed"]


def test_screening_that_cannot_be_kept_spoils_no_other(
    database: Database, settings: Settings, vault: Vault
) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        cards = house.make_cards(session, 3, Lane.GLANCE)
        cards[1].sides[0].reading = house.make_reading("odd")
        rescreening.ask(session, None, actor="test")
    _run(database, settings, vault, Odd())
    with database.reading() as session:
        lanes = [card.lane for card in session.scalars(select(Card).order_by(Card.id))]
        assert lanes == [Lane.GLANCE, Lane.DESK, Lane.GLANCE]
        assert errands.open_count(session, ErrandKind.SCREEN) == 0


def test_full_disk_sends_no_card_to_a_person(database: Database, settings: Settings, vault: Vault) -> None:
    _lay_one(database, vault)
    with pytest.raises(OSError, match="full"):
        _run(database, settings, vault, Odd(OSError(errno.ENOSPC, "full")))
    with database.reading() as session:
        assert session.scalars(select(Card)).one().stage is Stage.SCANNED
        assert errands.open_count(session, ErrandKind.READ) == 1
