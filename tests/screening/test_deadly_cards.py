"""A card that kills whoever reads it ends with a person; the others are read, and the worker lives on."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from mailroom import claims, errands, rescreening, transcripts
from mailroom.clock import now
from mailroom.database import Database
from mailroom.errands import DEATHS_MAX
from mailroom.finding import Lane
from mailroom.records import Card, Errand, ErrandKind, Side, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests import house
from tests.mailroom.picture_files import encoded, scan
from tests.screening import deadly_child, light_child
from worker import setbacks

RUNS_MAX = 10


@pytest.fixture
def errand_ids(sqlite: Database, vault: Vault) -> list[int]:
    """The errands of a deadly card and of another one behind it."""
    with sqlite.transaction() as session:
        house.make_campaign(session)
        tray = house.make_tray(session)
        house.lay(session, tray)
        house.lay(session, tray)
        deadly, other = session.scalars(select(Side).order_by(Side.card_id))
        deadly.scan, other.scan = (
            vault.put(deadly_child.DEADLY.encode()),
            vault.put(encoded(scan(1), "PNG")),
        )
        return list(session.scalars(select(Errand.id).order_by(Errand.card_id)))


def _run(settings: Settings, target: str, ids: list[int]) -> int:
    """Have a worker of its own do the errands one after the other; return how it ended."""
    command = [sys.executable, "-m", "tests.screening.process", str(settings.data), target, *map(str, ids)]
    return subprocess.run(command, check=False).returncode


def _runs(database: Database, settings: Settings, target: str, ids: list[int]) -> Iterator[int]:
    """Start workers one after the other until nothing is left to do, whatever they die of."""
    for _ in range(RUNS_MAX):
        with database.reading() as session:
            if not errands.open_count(session, ErrandKind.READ) + errands.open_count(
                session, ErrandKind.SCREEN
            ):
                return
        yield _run(settings, target, ids)
        _let_time_pass(database)


def _let_time_pass(database: Database) -> None:
    """Until every lease has run out and every pause is over."""
    with database.transaction() as session:
        for errand in session.scalars(select(Errand).where(Errand.due_at.is_not(None))):
            errand.due_at = now()
            errand.lease_until = errand.lease_until and now() - dt.timedelta(seconds=1)


def _states(database: Database) -> list[tuple[Stage, list[str]]]:
    """Where each card is, and what people are told of those that could not be read."""
    with database.reading() as session:
        cards = session.scalars(select(Card).order_by(Card.id))
        return [(card.stage, [flag.reason for flag in card.flags]) for card in cards]


def test_card_that_kills_the_worker_each_time_is_given_up(
    sqlite: Database, settings: Settings, errand_ids: list[int]
) -> None:
    ends = list(_runs(sqlite, settings, deadly_child.WORKER, errand_ids))
    assert ends == [-signal.SIGKILL] * DEATHS_MAX + [0]
    assert _states(sqlite) == [(Stage.WAITING, [setbacks.DEADLY]), (Stage.WAITING, [])]


def test_card_that_kills_the_child_each_time_is_given_up(
    sqlite: Database, settings: Settings, errand_ids: list[int]
) -> None:
    ends = list(_runs(sqlite, settings, deadly_child.ITSELF, errand_ids))
    assert ends == [0] * settings.errand_attempts
    assert _states(sqlite) == [(Stage.WAITING, [setbacks.UNREAD]), (Stage.WAITING, [])]


def test_card_that_was_given_up_is_read_once_a_person_asks(
    sqlite: Database, settings: Settings, vault: Vault, errand_ids: list[int]
) -> None:
    list(_runs(sqlite, settings, deadly_child.WORKER, errand_ids))
    with sqlite.transaction() as session:
        card = session.scalars(select(Card).order_by(Card.id)).first()
        assert card is not None
        # As if what made it deadly had been mended.
        card.sides[0].scan = vault.put(encoded(scan(2), "PNG"))
        ann = house.make_person(session, "ann")
        claims.claim(session, ann, card.id, 60)
        transcripts.read_again(session, ann, card)
    assert list(_runs(sqlite, settings, deadly_child.WORKER, errand_ids)) == [0]
    assert _states(sqlite) == [(Stage.WAITING, []), (Stage.WAITING, [])]


def test_cards_that_are_screened_along_with_a_deadly_one_are_screened(
    sqlite: Database, settings: Settings
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        cards = house.make_cards(session, 4, Lane.DESK)
        cards[1].sides[0].reading = house.make_reading(deadly_child.DEADLY)
        rescreening.ask(session, None, actor="test")
        ids = list(session.scalars(select(Errand.id).where(Errand.kind == ErrandKind.SCREEN)))
    ends = list(_runs(sqlite, settings, deadly_child.WORKER, ids))
    assert ends == [-signal.SIGKILL] * DEATHS_MAX + [0]
    with sqlite.reading() as session:
        lanes = [card.lane for card in session.scalars(select(Card).order_by(Card.id))]
    assert lanes == [Lane.GLANCE, Lane.DESK, Lane.GLANCE, Lane.GLANCE]


def test_worker_that_was_killed_once_spoils_no_card(
    sqlite: Database, settings: Settings, errand_ids: list[int]
) -> None:
    for _ in range(DEATHS_MAX - 1):
        assert _run(settings, deadly_child.WORKER, errand_ids[:1]) == -signal.SIGKILL
        _let_time_pass(sqlite)
    with sqlite.transaction() as session:
        side = session.scalars(select(Side).order_by(Side.card_id)).first()
        assert side is not None
        side.scan = session.scalars(select(Side.scan).order_by(Side.card_id.desc())).first() or ""
    assert list(_runs(sqlite, settings, light_child.TARGET, errand_ids)) == [0]
    assert _states(sqlite) == [(Stage.WAITING, []), (Stage.WAITING, [])]
    with sqlite.reading() as session:
        assert set(session.scalars(select(Errand.deaths))) == {0}
