"""What the sandbox is tested with: a target that misbehaves as it is told."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mailroom.pictures import PictureError, PictureLimits, inspect, load_page

Target = Callable[[dict[str, Any]], dict[str, Any]]


def build() -> Target:
    return lambda request: DEEDS[request["do"]](request)


def build_nothing() -> Target:
    raise LookupError("the models are missing")


def _echo(request: dict[str, Any]) -> dict[str, Any]:
    return {"said": request["say"]}


def _fail(request: dict[str, Any]) -> dict[str, Any]:
    raise ArithmeticError(request["say"])


def _die(request: dict[str, Any]) -> dict[str, Any]:
    os.kill(os.getpid(), request["signal"])
    return {}


def _leave(request: dict[str, Any]) -> dict[str, Any]:
    os._exit(request["status"])


def _crash(request: dict[str, Any]) -> dict[str, Any]:
    ctypes.string_at(0)
    return {}


def _hang(request: dict[str, Any]) -> dict[str, Any]:
    # A native call that keeps the interpreter's lock, deaf to every signal that Python handles.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pow(3, 10**9, None)
    return {}


def _eat(request: dict[str, Any]) -> dict[str, Any]:
    hoard = [bytearray(b"x") * request["bytes"]]
    time.sleep(30)
    return {"eaten": len(hoard)}


def _write(request: dict[str, Any]) -> dict[str, Any]:
    Path(request["path"]).write_bytes(b"x" * request["bytes"])
    return {}


def _litter(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"a picture of a card")
    Path(request["path"]).write_text(file.name, encoding="utf-8")
    os.kill(request["victim"] or os.getpid(), signal.SIGKILL)
    time.sleep(300)
    return {}


def _breed(request: dict[str, Any]) -> dict[str, Any]:
    child = subprocess.Popen(["sleep", "300"])
    Path(request["path"]).write_text(f"{child.pid} ", encoding="ascii")
    time.sleep(300)
    return {}


def _look_around(request: dict[str, Any]) -> dict[str, Any]:
    return {"environment": sorted(os.environ), "pid": os.getpid()}


def _babble(request: dict[str, Any]) -> dict[str, Any]:
    print("a library talks")  # noqa: T201
    return {}


def _answer_nonsense(request: dict[str, Any]) -> dict[str, Any]:
    return {"answer": object()}


def _break_protocol(request: dict[str, Any]) -> dict[str, Any]:
    for number in range(3, 64):
        try:
            os.write(number, b"\0\0\0\x03\xff\xfe\xfd")
        except OSError:
            continue
    time.sleep(30)
    return {}


def _open(request: dict[str, Any]) -> dict[str, Any]:
    path, limits = Path(request["path"]), PictureLimits(pixels_max=10_000_000)
    try:
        pages = inspect(path, limits)
        pictures = [load_page(path, page, limits) for page in range(len(pages))]
    except PictureError as error:
        return {"refused": type(error).__name__}
    return {"pages": pages, "loaded": [[picture.shape[1], picture.shape[0]] for picture in pictures]}


DEEDS: dict[str, Target] = {
    "echo": _echo,
    "fail": _fail,
    "die": _die,
    "leave": _leave,
    "crash": _crash,
    "hang": _hang,
    "eat": _eat,
    "write": _write,
    "breed": _breed,
    "litter": _litter,
    "look": _look_around,
    "babble": _babble,
    "nonsense": _answer_nonsense,
    "protocol": _break_protocol,
    "open": _open,
}
