"""What a worker's whole child takes: the reader beside rules, classifier and sentence vectors."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.memory import peak_megabytes
from benchmarks.reading_run import SECONDS_MAX
from mailroom.pictures import PictureLimits
from mailroom.scope import Scope
from mailroom.settings import Settings
from worker.sandboxed import reading_sandbox


@dataclass(frozen=True, slots=True)
class WholeWorker:
    """Seconds until it could take its first card, and the most memory it held after reading many."""

    seconds_to_ready: float
    megabytes: float


def whole_worker(paths: Sequence[Path]) -> WholeWorker:
    """Read and screen each file as a card of one side, in a child like any worker's."""
    with TemporaryDirectory() as data, reading_sandbox(Settings(data=Path(data))) as sandbox:
        started = time.perf_counter()
        sandbox.start()
        seconds = time.perf_counter() - started
        for path in paths:
            sandbox.call(_card(path), SECONDS_MAX)
        return WholeWorker(seconds, peak_megabytes(sandbox.pid or 0))


def _card(path: Path) -> dict[str, object]:
    return {
        "do": "read",
        "limits": asdict(PictureLimits()),
        "scope": Scope().as_data(),
        "views": True,
        "sides": [{"path": str(path.resolve()), "page": 0}],
    }
