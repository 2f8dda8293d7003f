"""Running readers and their peers on files, and what each costs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from mailroom.pictures import PictureLimits, load_page
from mailroom.reading import Reading
from worker.reading.reader import Reader

ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}
OCRMYPDF = Path(".bench-venv/bin/ocrmypdf")


@dataclass(frozen=True, slots=True)
class Read:
    """One file read: by our reader with its Reading, or by a peer with its text."""

    text: str
    cpu_seconds: float
    reading: Reading | None = None


_reader: list[Reader] = []


def _load() -> None:
    _reader.append(Reader())


def _read(path: Path) -> Read:
    before = _cpu_seconds()
    reading = _reader[0].read(load_page(path, 0, PictureLimits()))
    return Read(reading.text, _cpu_seconds() - before, reading)


def _cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_megabytes(_: int) -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def readers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Reading processes with their models loaded."""
    with ProcessPoolExecutor(count, get_context("spawn"), _load) as pool:
        list(pool.map(_peak_megabytes, range(count)))
        yield pool


def read_all(pool: ProcessPoolExecutor, paths: Iterable[Path]) -> list[Read]:
    """Each file read, in order."""
    return list(pool.map(_read, paths))


def peak_megabytes(pool: ProcessPoolExecutor) -> float:
    """The most memory that a reading process has held."""
    return max(pool.map(_peak_megabytes, range(4)))


def tesseract(path: Path) -> Read:
    """The bare command on the same file, with its default language."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["tesseract", path, "-"], capture_output=True, check=False, env=ONE_THREAD)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Read(done.stdout.decode(errors="replace"), _difference(before, after))


def ocrmypdf(path: Path) -> Read | None:
    """OCRmyPDF from the benchmark's own environment on the same file; None where that is missing."""
    if not OCRMYPDF.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command: list[str | Path] = [
            OCRMYPDF,
            "--image-dpi",
            "200",
            "--jobs",
            "1",
            "--sidecar",
            text,
            path,
            Path(folder) / "out.pdf",
        ]
        subprocess.run(command, capture_output=True, check=False, env=ONE_THREAD)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return Read(text.read_text(errors="replace") if text.exists() else "", _difference(before, after))


def _difference(before: resource.struct_rusage, after: resource.struct_rusage) -> float:
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wall_seconds(count: int, paths: list[Path]) -> float:
    """How long a number of reading processes take for some files, loading aside."""
    with readers(count) as pool:
        list(pool.map(_read, paths[:count]))
        started = time.perf_counter()
        list(pool.map(_read, paths))
        return time.perf_counter() - started


def seconds_to_ready() -> float:
    """How long a new process takes until it could read its first side."""
    started = time.perf_counter()
    program = "from worker.reading.reader import Reader; Reader()"
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - started
