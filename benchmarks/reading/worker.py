"""What a worker's whole child takes: the reader beside rules, classifier and sentence vectors."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.reading.memory import own_megabytes, peak_megabytes
from benchmarks.reading.run import SECONDS_MAX
from mailroom.pictures import PictureLimits
from mailroom.sandbox import Sandbox
from mailroom.scope import Scope
from mailroom.settings import Settings
from worker.sandboxed import reading_sandbox

STARTS = 3


@dataclass(frozen=True, slots=True)
class WholeWorker:
    """Seconds until it could take its first card, and its memory in MiB after reading many.

    ``megabytes`` is the most that it held, ``own_megabytes`` what of it is no page of a file at the end.
    """

    seconds_to_ready: float
    megabytes: float
    own_megabytes: float


def whole_worker(paths: Sequence[Path]) -> WholeWorker:
    """Read and screen each file as a card of one side, in a child like any worker's."""
    seconds = median(_seconds_to_ready() for _ in range(STARTS))
    with _sandbox() as sandbox:
        for path in paths:
            sandbox.call(_card(path), SECONDS_MAX)
        process = sandbox.pid or 0
        return WholeWorker(seconds, peak_megabytes(process), own_megabytes(process))


def _seconds_to_ready() -> float:
    started = time.perf_counter()
    with _sandbox():
        return time.perf_counter() - started


@contextmanager
def _sandbox() -> Iterator[Sandbox]:
    with TemporaryDirectory() as data, reading_sandbox(Settings(data=Path(data))) as sandbox:
        sandbox.start()
        yield sandbox


def _card(path: Path) -> dict[str, object]:
    return {
        "do": "read",
        "limits": asdict(PictureLimits()),
        "scope": Scope().as_data(),
        "views": True,
        "sides": [{"path": str(path.resolve()), "page": 0}],
    }
