"""The child's side of a sandbox: bind itself, load the target, answer until the line closes."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from mailroom.sandbox import wire

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

Target = Callable[[dict[str, Any]], dict[str, Any]]


def main(setup: dict[str, Any]) -> None:
    """Run as a child that was given ``setup``."""
    line = socket.socket(fileno=setup["line"])
    line.set_inheritable(False)
    _bind(setup)
    try:
        target = _load(setup["target"])
    except Exception as error:  # noqa: BLE001 - the parent is told, and raises it
        _tell(line, error)
        return
    wire.send(line, {"ready": True})
    while (request := wire.receive(line)) is not None:
        try:
            wire.send(line, {"answer": target(request)})
        except Exception as error:  # noqa: BLE001 - the parent is told, and raises it
            _tell(line, error)


def _bind(setup: dict[str, Any]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != setup["parent"]:
        # The parent died before the death signal was set.
        sys.exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (setup["file_bytes"], setup["file_bytes"]))
    if setup["address_space"] is not None:
        resource.setrlimit(resource.RLIMIT_AS, (setup["address_space"], setup["address_space"]))
    os.nice(setup["nice"])


def _load(target: str) -> Target:
    module, _, factory = target.partition(":")
    loaded: Target = getattr(importlib.import_module(module), factory)()
    return loaded


def _tell(line: socket.socket, error: Exception) -> None:
    number = error.errno if isinstance(error, OSError) else None
    wire.send(line, {"kind": type(error).__name__, "message": str(error)[:2000], "errno": number})


with contextlib.suppress(BrokenPipeError, ConnectionResetError):
    main(json.loads(sys.argv[1]))
