"""Many cards are screened anew at once by the real child, and one that cannot be spoils no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from mailroom import campaign_store, errands, rescreening
from mailroom.campaigns import parse_campaign
from mailroom.database import Database
from mailroom.finding import Label, Lane
from mailroom.records import Card, Errand, ErrandKind, Side, Stage
from mailroom.sandbox import Sandbox
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests import house
from worker.errand_runner import ErrandRunner
from worker.sandboxed import reading_sandbox

CARDS = 5


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with reading_sandbox(Settings()) as sandbox:
        sandbox.start()
        yield sandbox


def due(database: Database) -> list[int]:
    with database.reading() as session:
        return list(errands.due(session, kinds=frozenset({ErrandKind.SCREEN})))


def test_new_word_of_a_case_is_found_on_cards_read_before(
    sqlite: Database, settings: Settings, vault: Vault, sandbox: Sandbox
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        cards = [card.id for card in house.make_cards(session, CARDS, Lane.GLANCE)]
        session.get_one(Card, cards[0]).stage = Stage.APPROVED
        file = house.CAMPAIGN.replace("words: [freedom]", "words: [freedom, snow]")
        campaign_store.load(session, parse_campaign(file), actor="test")
    runner = ErrandRunner(settings, sqlite, vault, sandbox)
    assert runner.run(due(sqlite)[0]) is True
    assert due(sqlite) == []
    with sqlite.reading() as session:
        for card in session.scalars(select(Card)):
            assert (card.stage, card.lane) == (Stage.WAITING, Lane.DESK)
            assert [(flag.label, flag.evidence) for flag in card.flags] == [(Label.TRIGGER_WORD, "snow")]


def test_card_that_cannot_be_screened_fails_alone(
    sqlite: Database, settings: Settings, vault: Vault, sandbox: Sandbox
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        cards = [card.id for card in house.make_cards(session, CARDS)]
        session.flush()
        query = text("UPDATE sides SET reading = '{}' WHERE card_id = :card")
        session.execute(query, {"card": cards[2]})
        rescreening.ask(session, None, actor="test")
    ErrandRunner(settings, sqlite, vault, sandbox).run(due(sqlite)[0])
    with sqlite.reading() as session:
        left = session.scalars(
            select(Errand).where(Errand.kind == ErrandKind.SCREEN, Errand.due_at.is_not(None))
        ).all()
        assert [(errand.card_id, errand.last_error, errand.token) for errand in left] == [
            (cards[2], "KeyError", None)
        ]


def test_card_that_has_not_been_read_is_left_to_its_reading(
    sqlite: Database, settings: Settings, vault: Vault, sandbox: Sandbox
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session)
        house.lay(session, tray)
        (card,) = house.cards_of(session, tray)
        errands.ask(session, ErrandKind.SCREEN, card)
    ErrandRunner(settings, sqlite, vault, sandbox).run(due(sqlite)[0])
    with sqlite.reading() as session:
        assert session.scalars(select(Card)).one().stage is Stage.SCANNED
        assert session.scalars(select(Side)).one().reading is None
    assert due(sqlite) == []
