"""The whole mail room, started by its command: it opens, mends itself, and closes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.install.room import Room, until

COMMAND = [sys.executable, "-m", "mailroom.cli"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {"MAILROOM_DATA": str(tmp_path), "MAILROOM_PORT": str(port), "MAILROOM_WORKERS": "2"}


@pytest.fixture
def mailroom(tmp_path: Path, environment: dict[str, str]) -> Iterator[Room]:
    room = Room(tmp_path, [*COMMAND, "run"], environment)
    yield room
    room.destroy()


def is_well(environment: dict[str, str]) -> bool:
    asked = subprocess.run(
        [*COMMAND, "health", "--pages"], env={**os.environ, **environment}, capture_output=True, check=False
    )
    return asked.returncode == 0


def await_well(environment: dict[str, str], what: str) -> None:
    # To ask for its health starts a process: only once there is somebody to ask.
    until(lambda: is_listening(int(environment["MAILROOM_PORT"])), what)
    until(lambda: is_well(environment), what)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def kill_and_await_successor(mailroom: Room, word: str) -> None:
    (victim,) = mailroom.running(word)
    victim.kill()
    until(lambda: mailroom.running(word) not in ([], [victim]), f"{word} again")


def test_it_opens_mends_itself_and_closes(
    mailroom: Room, environment: dict[str, str], tmp_path: Path
) -> None:
    await_well(environment, "open")
    assert len(mailroom.running("worker")) == 2
    for word in ("web", f"unixsocket:{tmp_path}/run/redis.sock", "scanner", "housekeeper"):
        kill_and_await_successor(mailroom, word)
    await_well(environment, "open again")
    mailroom.guardian.send_signal(signal.SIGINT)
    assert mailroom.guardian.wait(60) == 0
    assert mailroom.all() == []


def test_a_port_in_use_is_said(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["MAILROOM_PORT"])))
        other.listen()
        started = subprocess.run(
            [*COMMAND, "run"],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    assert started.returncode == 1
    assert "Choose another port with MAILROOM_PORT." in started.stderr
    assert "Traceback" not in started.stderr
