"""Whatever goes wrong with a card, it goes to a person in the end; what is wrong with the machine waits."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from mailroom import errands, rescreening
from mailroom.clock import now
from mailroom.database import Database
from mailroom.finding import Lane
from mailroom.records import Card, Errand, ErrandKind, Flag, Side, Stage
from mailroom.sandbox import RemoteError, Sandbox
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests import house
from tests.mailroom.picture_files import encoded, scan
from tests.permissions import minding_permissions
from tests.screening import light_child
from worker import setbacks
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
        house.lay(session, house.make_tray(session))
        session.scalars(select(Side)).one().scan = vault.put(encoded(scan(1), "PNG"))


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


@pytest.fixture
def child() -> Iterator[Sandbox]:
    with Sandbox(light_child.TARGET, 500_000_000) as child:
        yield child


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setbacks, "PAUSE_SECONDS", 0)


def _unread(database: Database) -> tuple[Stage, int, str]:
    """Where the one card is, how often it was tried, and what the machine had to say."""
    with database.reading() as session:
        errand = session.scalars(select(Errand)).one()
        return session.scalars(select(Card)).one().stage, errand.attempts, errand.last_error


def test_full_disk_sends_no_card_to_a_person(database: Database, settings: Settings, vault: Vault) -> None:
    _lay_one(database, vault)
    _run(database, settings, vault, Odd(OSError(errno.ENOSPC, "full")))
    assert _unread(database) == (Stage.SCANNED, 0, "OSError")


def test_whoever_lives_through_a_database_that_is_away_is_not_taken_for_dead(
    database: Database, settings: Settings, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay_one(database, vault)
    away = OperationalError("", {}, Exception())

    def cannot_be_told(*_: object) -> None:
        raise away

    runner = ErrandRunner(settings, database, vault, Odd(away))
    with database.reading() as session:
        (errand,) = errands.due(session)
    with monkeypatch.context() as patch:
        patch.setattr(errands, "give_back", cannot_be_told)
        runner.run(errand)
    with database.transaction() as session:
        session.get_one(Errand, errand).lease_until = now()
    runner.run(errand)
    assert _unread(database) == (Stage.SCANNED, 0, "OperationalError")
    with database.reading() as session:
        assert session.get_one(Errand, errand).deaths == 0


def test_vault_that_keeps_nothing_is_waited_for(
    sqlite: Database, settings: Settings, vault: Vault, child: Sandbox
) -> None:
    _lay_one(sqlite, vault)
    drafts = settings.vault_folder / "drafts"
    drafts.rmdir()
    drafts.touch()
    _run(sqlite, settings, vault, child)
    assert _unread(sqlite) == (Stage.SCANNED, 0, "FileExistsError")
    drafts.unlink()
    with sqlite.transaction() as session:
        session.scalars(select(Errand)).one().due_at = now()
    _run(sqlite, settings, vault, child)
    assert _unread(sqlite) == (Stage.WAITING, 0, "")


def test_vault_that_nobody_may_enter_is_waited_for(
    sqlite: Database, settings: Settings, vault: Vault, child: Sandbox
) -> None:
    _lay_one(sqlite, vault)
    settings.vault_folder.chmod(0)
    with minding_permissions():
        _run(sqlite, settings, vault, child)
    settings.vault_folder.chmod(0o700)
    assert _unread(sqlite) == (Stage.SCANNED, 0, "UnreadableFileError")


def test_child_that_does_not_start_is_no_cards_fault(
    sqlite: Database, settings: Settings, vault: Vault
) -> None:
    _lay_one(sqlite, vault)
    with Sandbox("tests.mailroom.sandbox_targets:build_nothing", 500_000_000) as child:
        _run(sqlite, settings, vault, child)
    assert _unread(sqlite) == (Stage.SCANNED, 0, "SandboxStartError")


def test_what_else_the_child_cannot_open_is_not_called_the_scan(
    sqlite: Database, settings: Settings, vault: Vault
) -> None:
    _lay_one(sqlite, vault)
    _run(sqlite, settings, vault, Odd(RemoteError("FileNotFoundError", "no model", errno.ENOENT)))
    with sqlite.reading() as session:
        assert [flag.reason for flag in session.scalars(select(Flag))] == [setbacks.UNREAD]


@pytest.mark.parametrize("fault", ["a bad block", "no permission", "gone"])
def test_scan_that_cannot_be_opened_goes_to_a_person(
    sqlite: Database, settings: Settings, vault: Vault, child: Sandbox, fault: str
) -> None:
    _lay_one(sqlite, vault)
    with sqlite.reading() as session:
        kept = vault.path(session.scalars(select(Side.scan)).one())
    if fault == "no permission":
        kept.parent.chmod(0)
    else:
        kept.unlink()
    if fault == "a bad block":
        # Nothing lies at its beginning: reading it fails as on a broken disk.
        kept.symlink_to("/proc/self/mem")
    with minding_permissions():
        _run(sqlite, settings, vault, child)
    with sqlite.reading() as session:
        card = session.scalars(select(Card)).one()
        assert (card.stage, card.lane) == (Stage.WAITING, Lane.DESK)
        assert [(flag.rule, flag.reason) for flag in card.flags] == [("reading-failed", setbacks.NO_SCAN)]
