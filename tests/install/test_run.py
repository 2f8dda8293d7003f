"""The command that runs the whole mail room, where it cannot; running it is proved in tests/faults."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

from tests.install.room import COMMAND


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        started = subprocess.run(
            [*COMMAND, "run"],
            env={
                **os.environ,
                "MAILROOM_DATA": str(tmp_path),
                "MAILROOM_PORT": str(other.getsockname()[1]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert started.returncode == 1
    assert "Choose another port with MAILROOM_PORT." in started.stderr
    assert "Traceback" not in started.stderr
