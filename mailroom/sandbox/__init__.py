"""A sandbox: a child process that does risky work within limits that its parent enforces.

The promise: whatever native code does in the child (crash, hang, fill the memory), the parent gets a
named error within the time it allowed, and the next call finds a fresh child. The child takes and
gives JSON only, so that a child taken over by a hostile file cannot make the parent run anything.
The residual risk: the child runs as the same user, and can read what that user can.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mailroom.sandbox import scratch, wire
from mailroom.sandbox.errors import (
    RemoteError,
    SandboxCrashedError,
    SandboxError,
    SandboxMemoryError,
    SandboxStartError,
    SandboxTimeoutError,
)

__all__ = [
    "RemoteError",
    "Sandbox",
    "SandboxCrashedError",
    "SandboxError",
    "SandboxMemoryError",
    "SandboxStartError",
    "SandboxTimeoutError",
]

START_SECONDS = 60.0
MEMORY_CHECK_SECONDS = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ROOT = Path(__file__).resolve().parents[2]
_INHERITED = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


class Sandbox:
    """One child that answers requests, one at a time; it starts at need and again after its death.

    The child ends with the thread that started it: keep to one long-lived thread, or expect a restart.
    """

    def __init__(
        self,
        target: str,
        memory: int,
        *,
        address_space: int | None = None,
        file_bytes: int = 0,
        nice: int = 0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare a sandbox; nothing runs yet.

        ``target`` names ``package.module:factory``; in the child, ``factory()`` gives the function from
        request to answer. ``memory`` is the resident memory in bytes that the parent tolerates;
        ``address_space`` a hard limit for the child, for targets that reserve no more than they use;
        ``file_bytes`` the largest file that it may write.
        """
        self._target = target
        self._memory = memory
        self._limits = {"address_space": address_space, "file_bytes": file_bytes, "nice": nice}
        self._environment = dict(environment or {})
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._scratch: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the child, if one runs."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def start(self, seconds: float = START_SECONDS) -> None:
        """Start the child, if none runs, and wait until its target is loaded; raises SandboxStartError."""
        with self._lock:
            self._ensure(seconds)

    def call(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send a request and return the answer; starting the child does not count against ``seconds``.

        Raises SandboxStartError when there was no child to ask, SandboxTimeoutError, SandboxMemoryError or
        SandboxCrashedError when it is gone afterwards, and RemoteError when it lives and raised an
        exception itself.
        """
        with self._lock:
            line = self._ensure(START_SECONDS)
            # A child that died since the last call shows only when it does not listen.
            with contextlib.suppress(OSError):
                line.settimeout(seconds)
                wire.send(line, request)
            answer = self._await(line, seconds)
        result = answer.get("answer")
        if isinstance(result, dict):
            return result
        raise _remote_error(answer)

    def close(self) -> None:
        """End the child, at once."""
        with self._lock:
            self._end()

    def _ensure(self, seconds: float) -> socket.socket:
        if self._line is not None and self.pid is not None:
            return self._line
        self._end()
        try:
            line = self._spawn()
            answer = self._await(line, seconds)
            if "ready" not in answer:
                self._end()
                raise _remote_error(answer)
        except (SandboxError, OSError) as error:
            raise SandboxStartError(str(error)) from error
        return line

    def _spawn(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        setup = {**self._limits, "target": self._target, "line": theirs.fileno(), "parent": os.getpid()}
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        if self._limits["file_bytes"]:
            self._scratch = scratch.make()
            environment["TMPDIR"] = str(self._scratch)
        with theirs:
            self._child = subprocess.Popen(  # noqa: S603 - our own module, and no shell
                [sys.executable, "-P", "-m", "mailroom.sandbox", wire.encode(setup).decode()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={
                    **environment,
                    "PYTHONPATH": str(_ROOT),
                    "PYTHONDONTWRITEBYTECODE": "1",
                    **self._environment,
                },
                # Its own group, so that whatever it starts dies with it.
                start_new_session=True,
            )
        self._line = ours
        return ours

    def _await(self, line: socket.socket, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        received = bytearray()
        while (answer := wire.take(received)) is None:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                self._end()
                raise SandboxTimeoutError(seconds)
            line.settimeout(min(remaining, MEMORY_CHECK_SECONDS))
            try:
                chunk = line.recv(wire.CHUNK)
            except TimeoutError:
                self._check_memory()
                continue
            except OSError:
                chunk = b""
            if not chunk:
                raise SandboxCrashedError(self._end(wait=1.0))
            received += chunk
        if not isinstance(answer, dict):
            self._end()
            raise SandboxCrashedError(None)
        return answer

    def _check_memory(self) -> None:
        assert self._child is not None
        try:
            resident = int(Path(f"/proc/{self._child.pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            return
        if resident > self._memory:
            self._end()
            raise SandboxMemoryError(self._memory)

    def _end(self, wait: float = 0.0) -> int | None:
        """Kill the child and all it started, and return how it ended if it did so by itself."""
        child, line, folder = self._child, self._line, self._scratch
        self._child = self._line = self._scratch = None
        if line is not None:
            line.close()
        status = _killed(child, wait) if child is not None else None
        if folder is not None:
            scratch.remove(folder)
        return status


def _killed(child: subprocess.Popen[bytes], wait: float) -> int | None:
    status = None
    with contextlib.suppress(subprocess.TimeoutExpired):
        status = child.wait(wait)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return status


def _remote_error(answer: dict[str, Any]) -> RemoteError:
    number = answer.get("errno")
    return RemoteError(
        str(answer.get("kind", "")),
        str(answer.get("message", "")),
        number if isinstance(number, int) else None,
    )
