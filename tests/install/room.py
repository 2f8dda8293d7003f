"""A supervised set of small real processes, started as a person would start the mail room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psutil

PATIENCE_SECONDS = 30.0

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
    """Processes kept running by a guardian and its supervisor; all of them carry a mark of their own."""

    def __init__(self, data: Path, listed: list[dict[str, object]]) -> None:
        self._mark = f"MAILROOM_TEST_MARK={uuid.uuid4()}"
        name, value = self._mark.split("=")
        self.guardian = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(data), json.dumps(listed)],
            env={**os.environ, name: value},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def all(self) -> list[psutil.Process]:
        """Every living process that carries the mark, the guardian included."""
        return [process for process in psutil.process_iter() if _carries(process, self._mark)]

    def running(self, word: str) -> list[psutil.Process]:
        """The marked processes with this word among their arguments."""
        return [process for process in self.all() if word in _arguments(process)]

    def supervisor(self) -> psutil.Process:
        """The supervisord under the guardian."""
        (child,) = psutil.Process(self.guardian.pid).children()
        return child

    def await_running(self, word: str, count: int = 1) -> list[psutil.Process]:
        """Wait until exactly `count` marked processes have this word among their arguments."""
        until(lambda: len(self.running(word)) == count, f"{count} x {word}")
        return self.running(word)

    def await_nothing(self) -> None:
        """Wait until no marked process is left."""
        until(lambda: not self.all(), "no process left")

    def destroy(self) -> None:
        """Kill whatever a failed test left behind."""
        for process in self.all():
            process.kill()
        self.guardian.wait()
        if self.guardian.stdout:
            self.guardian.stdout.close()


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; raises AssertionError naming `what` never came."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.05)


def _carries(process: psutil.Process, mark: str) -> bool:
    name, value = mark.split("=")
    try:
        return process.status() != psutil.STATUS_ZOMBIE and bool(process.environ().get(name) == value)
    except psutil.Error:
        return False


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []
