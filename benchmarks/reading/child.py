"""What runs in the benchmark's reading process: the reader and nothing else, as in the worker's."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.reading.memory import peak_megabytes
from mailroom.pictures import PictureLimits, load_page
from worker.reading.reader import Reader

Answer = dict[str, Any]


def load() -> Callable[[Answer], Answer]:
    """Load the models, and return the function that answers: a reading for a path, else the peak."""
    reader = Reader()

    def answer(request: Answer) -> Answer:
        if "path" not in request:
            return {"megabytes": peak_megabytes()}
        before = _cpu_seconds()
        reading = reader.read(load_page(Path(request["path"]), 0, PictureLimits()))
        return {"cpu_seconds": _cpu_seconds() - before, "reading": reading.as_data()}

    return answer


def _cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
