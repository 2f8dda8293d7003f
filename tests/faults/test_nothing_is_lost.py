"""Whatever is killed while a tray is taken in and read, every card is there and read once in effect.

The mail room opens, starts again what dies, and closes leaving nothing behind.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Select, func, select

from mailroom import ledger
from mailroom.database import Database
from mailroom.records import Arrival, Card, Errand, Event, Flag, Outcome, Side, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from samples.truth import read_truth
from tests.install.room import COMMAND, Room, free_port, until
from worker.bell import open_redis

CARDS = 30
SAMPLES = Path(__file__).parents[2] / "samples" / "tray"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", port=free_port(), workers=2)


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "MAILROOM_DATA": str(settings.data),
        "MAILROOM_PORT": str(settings.port),
        "MAILROOM_WORKERS": str(settings.workers),
    }


@pytest.fixture
def mail_room(settings: Settings, environment: dict[str, str]) -> Iterator[Room]:
    """A whole mail room as `make run` starts it."""
    room = Room(settings.data, [*COMMAND, "run"], environment)
    yield room
    room.destroy()


def test_tray_of_thirty_survives_every_kind_of_kill(
    mail_room: Room, settings: Settings, environment: dict[str, str]
) -> None:
    _await_well(environment, "open")
    assert len(mail_room.running("worker")) == settings.workers
    database = Database(settings.database_address)
    _drop(settings)
    redis = f"unixsocket:{settings.redis_socket}"
    killed = {}
    _await_arrived(database, 5)
    killed["scanner"] = _kill(mail_room, "scanner")
    _await_read(database, 4)
    _kill_reading_child(mail_room)
    _await_read(database, 8)
    killed["worker"] = _kill(mail_room, "worker")
    _await_read(database, 12)
    open_redis(settings.redis_address).flushall()
    killed[redis] = _kill(mail_room, redis)
    _await_read(database, 16)
    killed["housekeeper"] = _kill(mail_room, "housekeeper")
    _await_read(database, 20)
    killed["web"] = _kill(mail_room, "web")
    _await_read(database, CARDS)
    _check(database, settings)
    for word, victim in killed.items():
        until(partial(_has_successor, mail_room, word, victim), f"{word} again")
    _await_well(environment, "open again")
    everything = _descendants(mail_room)
    mail_room.guardian.send_signal(signal.SIGINT)
    assert mail_room.guardian.wait(60) == 0
    assert not any(process.is_running() for process in everything)
    assert mail_room.all() == []
    _check_log(database, settings, mail_room.printed())


def _await_well(environment: dict[str, str], what: str) -> None:
    # To ask for its health starts a process: only once there is somebody to ask.
    until(lambda: _is_listening(int(environment["MAILROOM_PORT"])), what)
    until(lambda: _is_well(environment), what)


def _is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_well(environment: dict[str, str]) -> bool:
    asked = subprocess.run(
        [*COMMAND, "health", "--pages"], env={**os.environ, **environment}, capture_output=True, check=False
    )
    return asked.returncode == 0


def _drop(settings: Settings) -> None:
    folder = settings.inbox_folder / "box 1"
    folder.mkdir(parents=True)
    whole = (path for path in sorted(SAMPLES.glob("*/*.jpg")) if path.stat().st_size > 30_000)
    # One of the samples stands there twice, to be noticed.
    scans = list({path.read_bytes(): path for path in whole}.values())
    for number, scan in enumerate(scans[:CARDS], start=1):
        shutil.copyfile(scan, folder / f"scan-{number}.jpg")


def _await_arrived(database: Database, count: int) -> None:
    cards = select(func.count()).select_from(Card)
    until(lambda: _counted(database, cards) >= count, f"{count} cards have arrived")


def _await_read(database: Database, count: int) -> None:
    cards = select(func.count()).select_from(Card).where(Card.stage != Stage.SCANNED)
    until(lambda: _counted(database, cards) >= count, f"{count} cards are read")


def _counted(database: Database, cards: Select[int]) -> int:
    with database.reading() as session:
        return session.scalars(cards).one()


def _kill(mail_room: Room, word: str) -> psutil.Process:
    """Kill a process with this word among its arguments, or the first of several."""
    until(lambda: bool(mail_room.running(word)), word)
    victim = mail_room.running(word)[0]
    victim.kill()
    return victim


def _kill_reading_child(mail_room: Room) -> None:
    # Sandboxed, it has none of the environment by which the others are known.
    until(lambda: any(map(_is_killed_reading, _descendants(mail_room))), "a reading child")


def _descendants(mail_room: Room) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(mail_room.guardian.pid).children(recursive=True)
    return found


def _is_killed_reading(process: psutil.Process) -> bool:
    try:
        if "worker.child" not in process.cmdline()[-1]:
            return False
        process.kill()
    except psutil.NoSuchProcess:
        # It has just ended; the next one is on its way.
        return False
    return True


def _has_successor(mail_room: Room, word: str, victim: psutil.Process) -> bool:
    now = mail_room.running(word)
    return len(now) == (2 if word == "worker" else 1) and victim not in now


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


def _check_log(database: Database, settings: Settings, printed: str) -> None:
    log = printed + "".join(path.read_text() for path in (settings.run_folder / "log").iterdir())
    assert ": read done" in log
    with database.reading() as session:
        texts = [side.reading.text for side in session.scalars(select(Side)) if side.reading is not None]
    texts += [side.truth.text for side in read_truth(SAMPLES / "truth.jsonl")]
    told = set(re.findall(r"\w{8,}", log.casefold()))
    assert told & {word for text in texts for word in re.findall(r"\w{8,}", text.casefold())} == set()
    assert "scan-" not in log
