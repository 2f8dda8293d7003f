"""How much faster two reading processes are than one, told from what else the machine does.

One and two take turns, so that a change in the machine's other work meets both; the median of the
turns' ratios counts. As RQ's workers do, each process takes the next page as soon as it is free. Dear pages
come first: how long one waits for the other at the end is nothing over a season, and is kept short here.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median

from rich.console import Console

from benchmarks.reading import goals
from benchmarks.reading.ceiling import ceiling
from benchmarks.reading.run import ReadingProcess, other_work, reading_process

TURNS = 5
PAGES = 16


def scaling(console: Console, paths: list[Path]) -> None:
    """Measure and tell it, after the machine's load."""
    console.print(f"before two processes against one: {other_work()}")
    with reading_process() as first, reading_process() as second:
        pages = _dearest_first(first, second, paths[:: max(1, len(paths) // PAGES)][:PAGES])
        ones, twos = [], []
        for _ in range(TURNS):
            ones.append(_seconds([first], pages))
            twos.append(_seconds([first, second], pages))
    ratios = [one / two for one, two in zip(ones, twos, strict=True)]
    one, two = (60 * len(pages) / median(seconds) for seconds in (ones, twos))
    console.print(
        f"one process {one:.0f} pages a minute, two {two:.0f}; "
        f"median of {TURNS} turns ({', '.join(f'{ratio:.2f}' for ratio in ratios)}): "
        f"{goals.SCALING.beside(median(ratios))} times"
    )
    console.print(f"two processes that only multiply in their own caches: {ceiling():.2f} times one")


def _dearest_first(first: ReadingProcess, second: ReadingProcess, paths: list[Path]) -> list[Path]:
    """The pages by what they cost once both processes are warm."""
    for process in (first, second):
        process.read_all(paths)
    costs = {path: first.read(path).cpu_seconds for path in paths}
    return sorted(paths, key=lambda path: -costs[path])


def _seconds(processes: list[ReadingProcess], pages: list[Path]) -> float:
    """How long processes take for all pages, each taking the next one when it is free."""
    waiting: SimpleQueue[Path] = SimpleQueue()
    for page in pages:
        waiting.put(page)
    started = time.perf_counter()
    with ThreadPoolExecutor(len(processes)) as threads:
        list(threads.map(lambda process: _work_off(process, waiting), processes))
    return time.perf_counter() - started


def _work_off(process: ReadingProcess, waiting: SimpleQueue[Path]) -> None:
    with suppress(Empty):
        while True:
            process.read(waiting.get_nowait())
