"""Reading processes as the worker has them, and what each file costs them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from mailroom.reading import Reading
from mailroom.sandbox import Sandbox
from mailroom.settings import Settings
from worker.sandboxed import ENVIRONMENT, FILE_BYTES_MAX

SECONDS_MAX = 300.0
# Other work that takes more of the machine than this spoils times, and adds to the networks' CPU seconds.
OTHERS_MAX = 0.05


@dataclass(frozen=True, slots=True)
class Read:
    """One file read: by our reader with its Reading, or by a peer with its text."""

    text: str
    cpu_seconds: float
    reading: Reading | None = None


class ReadingProcess:
    """A child like the worker's, with the reader alone in it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def read(self, path: Path) -> Read:
        """One file read; raises SandboxError."""
        answer = self._sandbox.call({"path": str(path.resolve())}, SECONDS_MAX)
        reading = Reading.from_data(answer["reading"])
        return Read(reading.text, float(answer["cpu_seconds"]), reading)

    def read_all(self, paths: Iterable[Path]) -> list[Read]:
        """Each file read, in order."""
        return [self.read(path) for path in paths]

    def peak_megabytes(self) -> float:
        """The most memory that the process has held so far."""
        return float(self._sandbox.call({}, SECONDS_MAX)["megabytes"])


@contextmanager
def reading_process() -> Iterator[ReadingProcess]:
    """A reading process with its models loaded."""
    with Sandbox(
        "benchmarks.reading.child:load",
        Settings.model_fields["reading_memory"].default,
        file_bytes=FILE_BYTES_MAX,
        environment=ENVIRONMENT,
    ) as sandbox:
        sandbox.start()
        yield ReadingProcess(sandbox)


def seconds_to_ready() -> float:
    """How long a new process takes until it could read its first side."""
    started = time.perf_counter()
    with reading_process():
        return time.perf_counter() - started


def other_work() -> str:
    """How busy the machine is, to be asked while nothing is being measured."""
    others = psutil.cpu_percent(interval=2.0) / 100
    said = f"load {os.getloadavg()[0]:.1f}, other work takes {others:.0%} of {os.cpu_count()} cores"
    return f"{said}[bold], too much to trust times that follow[/bold]" if others > OTHERS_MAX else said
