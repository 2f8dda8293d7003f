"""A supervised set of real processes, started as a person would start the mail room."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

PATIENCE_SECONDS = 90.0
COMMAND = [sys.executable, "-m", "mailroom.cli"]

MARK = "MAILROOM_TEST_ROOM"
_PROGRAM = """
import json, sys
from pathlib import Path
from mailroom.cli.processes import Process
from mailroom.cli.supervise import CannotRunError, keep_running
from mailroom.settings import Settings
listed = [Process(**{**one, "command": tuple(one["command"])}) for one in json.loads(sys.argv[2])]
try:
    sys.exit(keep_running(Settings(data=Path(sys.argv[1])), listed))
except CannotRunError as error:
    sys.exit(str(error))
"""


class Room:
    """Processes kept running by a guardian and its supervisor, in a folder that no other room has."""

    def __init__(self, place: Path, command: list[str], environment: dict[str, str] | None = None) -> None:
        self._place = str(place)
        # A file, not a pipe: nobody reads along, and a full pipe would hold the processes up.
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        self.guardian = subprocess.Popen(
            command,
            env={**os.environ, **(environment or {}), MARK: self._place},
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def printed(self) -> str:
        """All that the processes have printed on the terminal so far."""
        self._output.seek(0)
        return self._output.read().decode()

    def all(self) -> list[psutil.Process]:
        """Every living process of this room, the guardian included."""
        return [process for process in psutil.process_iter() if _belongs(process, self._place)]

    def running(self, word: str) -> list[psutil.Process]:
        """Those with this word among their arguments."""
        return [process for process in self.all() if word in _arguments(process)]

    def supervisor(self) -> psutil.Process:
        """The supervisord under the guardian."""
        (child,) = psutil.Process(self.guardian.pid).children()
        return child

    def await_running(self, word: str, count: int = 1) -> list[psutil.Process]:
        """Wait until exactly `count` processes of the room have this word among their arguments."""
        until(lambda: len(self.running(word)) == count, f"{count} x {word}")
        return self.running(word)

    def await_nothing(self) -> None:
        """Wait until no process of the room is left."""
        until(lambda: not self.all(), "no process left")

    def destroy(self) -> None:
        """Kill whatever a failed test left behind."""
        for process in self.all():
            process.kill()
        self.guardian.wait()
        self._output.close()


def small_room(data: Path, listed: list[dict[str, object]]) -> Room:
    """A room with these processes instead of the mail room's own."""
    return Room(data, [sys.executable, "-c", _PROGRAM, str(data), json.dumps(listed)])


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; raises AssertionError naming `what` never came."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.05)


def _belongs(process: psutil.Process, place: str) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        # Redis writes its title over its environment; its socket's path is in the title.
        return bool(process.environ().get(MARK) == place) or f"unixsocket:{place}/" in " ".join(
            process.cmdline()
        )
    except psutil.Error:
        return False


def _arguments(process: psutil.Process) -> list[str]:
    try:
        arguments = [argument for argument in process.cmdline() if argument]
    except psutil.Error:
        return []
    # A process that sets a title of its own has it in place of its arguments, as one.
    return arguments[0].split() if len(arguments) == 1 else arguments
