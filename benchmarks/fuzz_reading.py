"""How a file ends that is opened and read in a child like the worker's."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from mailroom.pictures import PictureError, PictureLimits
from mailroom.reading import Reading
from mailroom.sandbox import RemoteError, Sandbox, SandboxError
from mailroom.scope import Scope
from mailroom.unreadable import UnreadableFileError
from worker.reading.errors import ReadingError

PAGES_MAX = 4


@dataclass(frozen=True, slots=True)
class End:
    """How it ended, in a word or two, and whether it may end so."""

    name: str
    sound: bool


def open_and_read(sandbox: Sandbox, path: Path, seconds: float) -> End:
    """Ask for the pages of a file and then for its readings, each within ``seconds``.

    Sound are a reading and an error with a name of its own, after which the same child lives on.
    """
    limits = asdict(PictureLimits())
    try:
        sandbox.start()
        child = sandbox.pid
        pages = sandbox.call({"do": "inspect", "path": str(path), "limits": limits}, seconds)["pages"]
        sides = [{"path": str(path), "page": page} for page in range(min(pages, PAGES_MAX))]
        request = {
            "do": "read",
            "sides": sides,
            "limits": limits,
            "scope": Scope().as_data(),
            "views": True,
        }
        name, sound = _judged(sandbox.call(request, seconds), len(sides))
    except RemoteError as error:
        name, sound = error.kind, error.kind in _named()
    except SandboxError as error:
        return End(f"BROKEN {error}", sound=False)
    if sandbox.pid != child:
        return End(f"BROKEN The child is gone after: {name}", sound=False)
    return End(name if sound else f"BROKEN {name}", sound)


def _judged(answer: dict[str, Any], sides: int) -> tuple[str, bool]:
    """What was read, and whether the answer is one that can be kept."""
    try:
        readings = [Reading.from_data(side["reading"]) for side in answer["sides"]]
        for side in answer["sides"]:
            Image.open(io.BytesIO(base64.b64decode(side["view"]))).verify()
    except (KeyError, ValueError, OSError) as error:
        return f"an answer that cannot be kept: {error!r}", False
    if len(readings) != sides or not all(0 <= reading.confidence <= 1 for reading in readings):
        return "an answer that cannot be", False
    return f"read: {readings[0].content.value}", True


def _named() -> set[str]:
    """The names of all errors that opening and reading may raise."""
    found: list[type[Exception]] = [PictureError, ReadingError, UnreadableFileError]
    for kind in found:
        found += kind.__subclasses__()
    return {kind.__name__ for kind in found}
