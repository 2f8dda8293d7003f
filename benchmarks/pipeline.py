"""Measures a whole mail room: what a card costs beside its engine, and how soon it is seen and read.

Run as ``make bench-pipeline``. It starts a mail room of its own with one worker, drops sample cards into
its inbox, and adds up the CPU time of all its processes. Beside it, on the same files: the engine alone,
and the bare ``tesseract`` command.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.reading.run import reading_process
from mailroom.database import Database
from mailroom.records import Card, Stage
from mailroom.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples" / "tray"
CARDS = 30
DROPS = 8
PORT = 18099
SECONDS_MAX = 600.0


def main() -> None:
    """Print the table."""
    scans = _different_scans()
    batch, singles = scans[:CARDS], scans[CARDS : CARDS + DROPS]
    with (
        tempfile.TemporaryDirectory(prefix="mailroom-bench-") as folder,
        _mail_room(Path(folder)) as (settings, run),
    ):
        database = Database(settings.database_address)
        waits = [_drop_one(database, settings, scan) for scan in singles]
        whole = _whole(database, settings, run, batch)
    engine = _engine(batch)
    tesseract = _tesseract(batch)
    _print_costs(whole / CARDS, engine / CARDS, tesseract / CARDS)
    _print_times(waits)


def _print_costs(whole: float, engine: float, tesseract: float) -> None:
    around = whole - engine
    print(f"{CARDS} cards, one worker; CPU seconds a card, of all processes and their children")
    print(
        f"  the mail room, from file to stored reading  {whole:5.2f}  {whole / tesseract:.2f} x tesseract"
    )
    print(f"  the engine alone on the same files          {engine:5.2f}")
    print(
        f"  everything around the engine                {around:5.2f}  {around / engine:.0%} of the engine"
    )
    print(f"  bare tesseract on the same files            {tesseract:5.2f}")


def _print_times(waits: list[tuple[float, float]]) -> None:
    seen, read = zip(*waits, strict=True)
    print(f"Seconds from the drop of a single file, median (worst) of {len(waits)}")
    print(f"  until its card is on the tray's page        {median(seen):5.2f} ({max(seen):.2f})")
    print(f"  until it is read and screened               {median(read):5.2f} ({max(read):.2f})")


def _different_scans() -> list[Path]:
    """The sample scans without the damaged ones and the one that stands there twice."""
    whole = (path for path in sorted(SAMPLES.glob("*/*.jpg")) if path.stat().st_size > 20_000)
    return list({path.read_bytes(): path for path in whole}.values())


@contextmanager
def _mail_room(folder: Path) -> Iterator[tuple[Settings, psutil.Process]]:
    settings = Settings(data=folder / "data", port=PORT, workers=1)
    environment = os.environ | {
        "MAILROOM_DATA": str(settings.data),
        "MAILROOM_PORT": str(PORT),
        "MAILROOM_WORKERS": "1",
    }
    command = [sys.executable, "-m", "mailroom.cli", "run"]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as run,
    ):
        process = psutil.Process(run.pid)
        _await(
            lambda: any(
                "worker.child" in " ".join(child.cmdline()) for child in process.children(recursive=True)
            )
        )
        time.sleep(5)
        try:
            yield settings, process
        finally:
            run.send_signal(signal.SIGINT)


def _drop_one(database: Database, settings: Settings, scan: Path) -> tuple[float, float]:
    before, _ = _counts(database)
    begun = time.monotonic()
    _drop(settings, [scan])
    _await(lambda: _counts(database)[0] > before)
    seen = time.monotonic() - begun
    _await(lambda: _counts(database)[1] > before)
    read = time.monotonic() - begun
    time.sleep(0.5)
    return seen, read


def _whole(database: Database, settings: Settings, run: psutil.Process, batch: list[Path]) -> float:
    cards = _counts(database)[0]
    before = _cpu(run)
    _drop(settings, batch)
    _await(lambda: _counts(database)[1] == cards + len(batch))
    return _cpu(run) - before


def _cpu(run: psutil.Process) -> float:
    """CPU seconds so far of a process, all below it, and all that those have outlived."""
    times = [process.cpu_times() for process in [run, *run.children(recursive=True)]]
    return float(sum(t.user + t.system + t.children_user + t.children_system for t in times))


def _engine(batch: list[Path]) -> float:
    """In a process as the worker's: other settings of threads and memory cost far more."""
    with reading_process() as process:
        process.read(batch[0])
        return sum(read.cpu_seconds for read in process.read_all(batch))


def _tesseract(batch: list[Path]) -> float:
    before = _own_cpu()
    for path in batch:
        subprocess.run(
            ["tesseract", str(path), "-"],
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            check=True,
            capture_output=True,
        )
    return _own_cpu() - before


def _own_cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _drop(settings: Settings, scans: list[Path]) -> None:
    folder = settings.inbox_folder / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    for scan in scans:
        shutil.copyfile(scan, folder / f"{scan.parent.name}-{scan.name}")


def _counts(database: Database) -> tuple[int, int]:
    """How many cards there are, and how many of them have been read."""
    read = func.count().filter(Card.stage != Stage.SCANNED)
    try:
        with database.reading() as session:
            cards, done = session.execute(select(func.count(), read).select_from(Card)).one()
    except SQLAlchemyError:
        return 0, 0
    return cards, done


def _await(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_MAX
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the mail room does not get on")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
