"""The scanner at work, as a thread and as a process that is killed: nothing lost, nothing twice."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mailroom import arrivals as mailroom_arrivals
from mailroom.database import Database
from mailroom.records import Arrival, Outcome
from mailroom.settings import Settings
from mailroom.vault import Vault
from scanner import closed_folders, service, watchlist
from scanner.intake import Intake
from scanner.service import UNREADABLE_TRIES, Scanner
from scanner.watchlist import COMPANY_SECONDS
from tests.permissions import minding_permissions
from tests.scanner.rooms import OLD, arrivals, cards, drop, names, picture, wait_for

ROOT = Path(__file__).parents[2]


def start(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.scanner.process", str(settings.data)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_tray_is_taken_in_scan_order(
    scanner: threading.Thread, settings: Settings, sqlite: Database
) -> None:
    for number in reversed(range(1, 13)):
        drop(settings.inbox_folder / "nadia", f"scan{number}.jpg", picture(number))
    wait_for(lambda: len(cards(sqlite)) == 12)
    assert names(sqlite, Outcome.TAKEN) == [f"scan{number}.jpg" for number in range(1, 13)]
    assert [position for position, _ in cards(sqlite)] == list(range(1, 13))


def test_a_slow_writer_is_waited_for(
    scanner: threading.Thread, settings: Settings, sqlite: Database
) -> None:
    content = picture(1)
    with (settings.inbox_folder / "1.jpg").open("wb") as file:
        file.write(content[:3000])
        file.flush()
        threading.Event().wait(4 * settings.quiet_seconds)
        file.write(content[3000:])
    wait_for(lambda: len(cards(sqlite)) == 1)
    assert [arrival.outcome for arrival in arrivals(sqlite)] == [Outcome.TAKEN]


def test_slow_writer_keeps_its_place_among_the_files_of_its_folder(
    scanner: threading.Thread, settings: Settings, sqlite: Database
) -> None:
    content, folder = picture(2), settings.inbox_folder / "nadia"
    drop(folder, "1.jpg", picture(1))
    with (folder / "2.jpg").open("wb") as file:
        file.write(content[:3000])
        file.flush()
        drop(folder, "3.jpg", picture(3))
        threading.Event().wait(2 * COMPANY_SECONDS)
        file.write(content[3000:])
    wait_for(lambda: len(cards(sqlite)) == 3)
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg", "2.jpg", "3.jpg"]


def test_one_damaged_file_holds_up_no_other(
    scanner: threading.Thread, settings: Settings, sqlite: Database
) -> None:
    drop(settings.inbox_folder / "nadia", "1.jpg", picture(1))
    drop(settings.inbox_folder / "nadia", "2.jpg", picture(2)[:2000], mtime=OLD)
    drop(settings.inbox_folder / "nadia", "3.jpg", picture(3))
    wait_for(lambda: len(arrivals(sqlite)) == 3)
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg", "3.jpg"]
    assert names(sqlite, Outcome.REFUSED) == ["2.jpg"]


def test_trouble_with_the_disk_is_waited_out(
    scanner: threading.Thread,
    settings: Settings,
    sqlite: Database,
    vault: Vault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # A file where the vault's folder should be: nothing can be kept until it is gone.
    settings.vault_folder.write_bytes(b"")
    for number in (1, 2, 3):
        drop(settings.inbox_folder, f"{number}.jpg", picture(number))
    wait_for(lambda: caplog.text.count("cannot take files for now") >= 2)
    assert cards(sqlite) == []
    assert len(list(settings.inbox_folder.iterdir())) == 3
    settings.vault_folder.unlink()
    wait_for(lambda: len(cards(sqlite)) == 3)
    assert all(vault.intact(key) for _, key in cards(sqlite))


@pytest.fixture
def steps(
    intake: Intake, settings: Settings, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], float]]:
    """Looks through the inbox one by one, without a pause, by a scanner who may not do everything."""
    monkeypatch.setattr(watchlist, "BACKOFF_SECONDS", (0.0,))
    scanner = Scanner(settings.inbox_folder, intake, vault, 0.0)
    with minding_permissions():
        yield lambda: scanner.step(threading.Event())


def test_file_that_may_not_be_read_is_told_in_its_place(
    steps: Callable[[], float], settings: Settings, sqlite: Database
) -> None:
    folder = settings.inbox_folder / "nadia"
    for number in (1, 2, 3):
        drop(folder, f"{number}.jpg", picture(number), mtime=OLD)
    drop(settings.inbox_folder / "other", "4.jpg", picture(4), mtime=OLD)
    (folder / "2.jpg").chmod(0)
    for _ in range(UNREADABLE_TRIES - 1):
        steps()
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg", "4.jpg"]
    assert names(sqlite, Outcome.REFUSED) == []
    steps()
    steps()
    assert [arrival.name for arrival in arrivals(sqlite)] == ["1.jpg", "4.jpg", "2.jpg", "3.jpg"]
    (refused,) = [arrival for arrival in arrivals(sqlite) if arrival.outcome is Outcome.REFUSED]
    assert "no permission" in refused.reason
    aside = settings.quarantine_folder / refused.tray.code / f"{refused.id}-2.jpg"
    aside.chmod(0o600)
    aside.rename(folder / "2.jpg")
    steps()
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg", "4.jpg", "3.jpg", "2.jpg"]


def test_file_that_may_be_read_in_the_end_is_taken(
    steps: Callable[[], float], settings: Settings, sqlite: Database
) -> None:
    path = drop(settings.inbox_folder, "1.jpg", picture(1), mtime=OLD)
    path.chmod(0)
    steps()
    path.chmod(0o600)
    steps()
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg"]


@pytest.mark.parametrize("rights", [0o000, 0o400])
def test_folder_that_cannot_be_looked_into_is_told_once(
    steps: Callable[[], float],
    settings: Settings,
    sqlite: Database,
    monkeypatch: pytest.MonkeyPatch,
    rights: int,
) -> None:
    monkeypatch.setattr(closed_folders, "PATIENCE_SECONDS", 0.0)
    closed = settings.inbox_folder / "nadia duplex" / "second sack"
    drop(closed.parent, "1.jpg", picture(1), mtime=OLD)
    drop(closed, "2.jpg", picture(2), mtime=OLD)
    closed.chmod(rights)
    steps()
    steps()
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg"]
    (told,) = [arrival for arrival in arrivals(sqlite) if arrival.outcome is Outcome.REFUSED]
    assert (told.name, told.tray.folder) == ("nadia duplex/second sack/", "nadia duplex")
    assert "no permission to look into this folder" in told.reason
    # As when others, who may, put more into it.
    closed.touch()
    steps()
    assert len(arrivals(sqlite)) == 2
    closed.chmod(0o700)
    steps()
    assert names(sqlite, Outcome.TAKEN) == ["1.jpg", "2.jpg"]


def test_closed_folder_is_told_again_when_more_came_into_it(
    steps: Callable[[], float], settings: Settings, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_folders, "PATIENCE_SECONDS", 0.0)
    closed = settings.inbox_folder / "nadia"
    closed.mkdir(mode=0)
    steps()
    with sqlite.transaction() as session:
        mailroom_arrivals.discard(session, session.scalars(select(Arrival)).one(), "ann")
    steps()
    assert len(arrivals(sqlite)) == 1
    closed.touch()
    steps()
    assert [arrival.outcome for arrival in arrivals(sqlite)] == [Outcome.DISCARDED, Outcome.REFUSED]


def test_folder_that_is_closed_for_a_moment_is_told_to_nobody(
    steps: Callable[[], float], settings: Settings, sqlite: Database
) -> None:
    closed = settings.inbox_folder / "nadia"
    closed.mkdir(mode=0)
    steps()
    closed.chmod(0o700)
    drop(closed, "1.jpg", picture(1), mtime=OLD)
    steps()
    assert [arrival.outcome for arrival in arrivals(sqlite)] == [Outcome.TAKEN]


def test_what_lay_in_the_inbox_before_the_start_is_taken(settings: Settings, sqlite: Database) -> None:
    drop(settings.inbox_folder, "1.jpg", picture(1))
    with start(settings) as process:
        wait_for(lambda: len(cards(sqlite)) == 1)
        process.terminate()
        assert process.wait(30) == 0


def test_a_scanner_killed_again_and_again_loses_nothing_and_doubles_nothing(
    settings: Settings, sqlite: Database, vault: Vault
) -> None:
    for number in range(1, 31):
        drop(settings.inbox_folder / "nadia", f"{number}.jpg", picture(number))
    for goal in (3, 9, 16, 24):
        with start(settings) as process:
            wait_for(lambda goal=goal: len(arrivals(sqlite)) >= goal)  # type: ignore[misc]
            process.send_signal(signal.SIGKILL)
    with start(settings) as process:
        wait_for(lambda: not list(settings.inbox_folder.rglob("*.jpg")))
        process.terminate()
    assert names(sqlite, Outcome.TAKEN) == [f"{number}.jpg" for number in range(1, 31)]
    assert len(arrivals(sqlite)) == 30
    assert [position for position, _ in cards(sqlite)] == list(range(1, 31))
    assert len({key for _, key in cards(sqlite)}) == 30
    assert all(vault.intact(key) for _, key in cards(sqlite))


def test_the_log_names_no_file(
    scanner: threading.Thread, settings: Settings, sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "scanner")
    drop(settings.inbox_folder / "nadia", "from-Jana-Novak.jpg", b"nonsense", mtime=OLD)
    drop(settings.inbox_folder / "nadia", "from-Jana-Novak-2.jpg", picture(1))
    wait_for(lambda: len(arrivals(sqlite)) == 2)
    assert caplog.text.count(arrivals(sqlite)[0].tray.code) == 2
    assert "Novak" not in caplog.text


def test_the_log_names_no_folder_of_which_no_event_can_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def watch(*_: object, **__: object) -> None:
        # As watchfiles says it of a name that is no UTF-8.
        raise RuntimeError('Unable to decode path "/inbox/J\\xE1nos Novak" to string')

    monkeypatch.setattr(service, "watch", watch)
    service._follow_events(tmp_path, threading.Event(), threading.Event())
    assert "no events from the inbox" in caplog.text
    assert "Novak" not in caplog.text
