"""Commands of the mail room as tests give them: here, or to a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from mailroom.cli import main

Command = Callable[..., Result]


def command_on(data: Path) -> Command:
    """Give commands on a data folder within this process, which need not load anew what it has."""

    def command(*words: object, given: str | None = None, **environment: str) -> Result:
        return CliRunner().invoke(
            main,
            [str(word) for word in words],
            input=given,
            env={"MAILROOM_DATA": str(data), **environment},
            catch_exceptions=False,
        )

    return command


def in_own_process(data: Path, *words: object, given: str = "") -> subprocess.CompletedProcess[str]:
    """Give one command as people and programs do."""
    return subprocess.run(
        [sys.executable, "-m", "mailroom.cli", *map(str, words)],
        env=os.environ | {"MAILROOM_DATA": str(data)},
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
