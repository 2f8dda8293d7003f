"""Whatever is killed while a tray is taken in and read, every card is there and read once in effect."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from mailroom import ledger
from mailroom.database import Database
from mailroom.records import Arrival, Card, Errand, Event, Flag, Outcome, Side, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from samples.truth import read_truth
from worker.bell import open_redis

CARDS = 30
PATIENCE_SECONDS = 90.0
SAMPLES = Path(__file__).parents[2] / "samples" / "tray"


@pytest.fixture
def mail_room(tmp_path: Path) -> Iterator[tuple[Settings, psutil.Process]]:
    """A whole mail room as `make run` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(data=tmp_path / "data", port=port, workers=2)
    environment = os.environ | {
        "MAILROOM_DATA": str(settings.data),
        "MAILROOM_PORT": str(port),
        "MAILROOM_WORKERS": "2",
    }
    command = [sys.executable, "-m", "mailroom.cli", "run"]
    with (
        _log(settings).open("w") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as run,
    ):
        yield settings, psutil.Process(run.pid)
        run.send_signal(signal.SIGINT)
        run.wait(60)


def _log(settings: Settings) -> Path:
    return settings.data.parent / "log"


def test_tray_of_thirty_survives_every_kind_of_kill(mail_room: tuple[Settings, psutil.Process]) -> None:
    settings, run = mail_room
    database = Database(settings.database_address)
    _drop(settings)
    for when, victim, kill in (
        (_arrived(5), "scanner", _kill_process),
        (_read(4), "reading child", _kill_process),
        (_read(8), "worker", _kill_process),
        (_read(12), "redis", _flush_and_kill_redis),
        (_read(16), "housekeeper", _kill_process),
    ):
        _wait(lambda when=when: when(database), f"the time to kill the {victim}")  # type: ignore[misc]
        kill(settings, run, victim)
    _wait(lambda: _read(CARDS)(database), "every card is read")
    _check(database, settings)
    _check_log(database, settings)


def _drop(settings: Settings) -> None:
    folder = settings.inbox_folder / "box 1"
    folder.mkdir(parents=True)
    whole = (path for path in sorted(SAMPLES.glob("*/*.jpg")) if path.stat().st_size > 30_000)
    # One of the samples stands there twice, to be noticed.
    scans = list({path.read_bytes(): path for path in whole}.values())
    for number, scan in enumerate(scans[:CARDS], start=1):
        shutil.copyfile(scan, folder / f"scan-{number}.jpg")


def _arrived(count: int) -> Callable[[Database], bool]:
    def reached(database: Database) -> bool:
        with database.reading() as session:
            return (session.scalar(select(func.count()).select_from(Card)) or 0) >= count

    return reached


def _read(count: int) -> Callable[[Database], bool]:
    def reached(database: Database) -> bool:
        with database.reading() as session:
            cards = select(func.count()).select_from(Card).where(Card.stage != Stage.SCANNED)
            return (session.scalar(cards) or 0) >= count

    return reached


def _wait(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    trouble: SQLAlchemyError | None = None
    while time.monotonic() < deadline:
        try:
            if condition():
                return
            trouble = None
        except SQLAlchemyError as error:
            # The database appears with the first process.
            trouble = error
        time.sleep(0.05)
    raise AssertionError(f"never came: {what}") from trouble


MARKS = {
    "scanner": "scanner",
    "worker": "worker",
    "housekeeper": "housekeeper",
    "reading child": "worker.child",
}


def _kill_process(settings: Settings, run: psutil.Process, victim: str) -> None:
    _wait(lambda: any(_is_killed(process, victim) for process in run.children(recursive=True)), victim)


def _is_killed(process: psutil.Process, victim: str) -> bool:
    try:
        last = " ".join(process.cmdline()[-1:])
        if last.endswith(MARKS[victim]) or ("child" in victim and MARKS[victim] in last):
            process.kill()
            return True
    except psutil.NoSuchProcess:
        # It has just ended; the next one is on its way.
        pass
    return False


def _flush_and_kill_redis(settings: Settings, run: psutil.Process, victim: str) -> None:
    connection = open_redis(settings.redis_address)
    connection.flushall()
    pid = connection.info("server")["process_id"]
    psutil.Process(int(pid)).kill()


def _check(database: Database, settings: Settings) -> None:
    vault = Vault(settings.vault_folder)
    with database.reading() as session:
        cards = session.scalars(select(Card).order_by(Card.position)).all()
        assert [card.position for card in cards] == list(range(1, CARDS + 1))
        assert all(len(card.sides) == 1 and card.sides[0].reading is not None for card in cards)
        assert len(set(session.scalars(select(Side.scan)))) == CARDS
        assert all(vault.intact(scan) for scan in session.scalars(select(Side.scan)))
        assert set(session.scalars(select(Arrival.outcome))) == {Outcome.TAKEN}
        moves = Counter(session.scalars(select(Event.subject).where(Event.action == "card.waiting")))
        assert moves == Counter(card.code for card in cards)
        flags = [
            (flag.card_id, flag.label, flag.rule, flag.evidence, flag.box)
            for flag in session.scalars(select(Flag))
        ]
        assert len(flags) == len({repr(flag) for flag in flags})
        assert not session.scalars(select(Errand).where(Errand.due_at.is_not(None))).all()
        ledger.verify(session)
    assert not [path for path in settings.inbox_folder.rglob("*") if path.is_file()]


def _check_log(database: Database, settings: Settings) -> None:
    logs = [_log(settings), *(settings.run_folder / "log").iterdir()]
    log = "".join(path.read_text() for path in logs)
    assert ": read done" in log
    with database.reading() as session:
        texts = [side.reading.text for side in session.scalars(select(Side)) if side.reading is not None]
    texts += [side.truth.text for side in read_truth(SAMPLES / "truth.jsonl")]
    told = set(re.findall(r"\w{8,}", log.casefold()))
    assert told & {word for text in texts for word in re.findall(r"\w{8,}", text.casefold())} == set()
    assert "scan-" not in log
