"""How much faster two reading processes are than one, told from what else the machine does.

One and two take turns, so that a change in the machine's other work meets both; the median of the
turns' ratios counts. The pages are dealt into two shares of equal cost, swapped from turn to turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from rich.console import Console

from benchmarks import reading_goals as goals
from benchmarks.ceiling import ceiling
from benchmarks.reading_run import ReadingProcess, other_work, reading_process

TURNS = 5
PAGES = 16


def scaling(console: Console, paths: list[Path]) -> None:
    """Measure and tell it, after the machine's load."""
    console.print(f"before two processes against one: {other_work()}")
    with reading_process() as first, reading_process() as second:
        shares = _shares(first, second, paths[:: max(1, len(paths) // PAGES)][:PAGES])
        ones, twos = [], []
        for _ in range(TURNS):
            ones.append(_seconds(lambda: first.read_all([*shares[0], *shares[1]])))
            twos.append(_seconds(lambda: _together([first, second], shares)))
            shares.reverse()
    ratios = [one / two for one, two in zip(ones, twos, strict=True)]
    pages = sum(len(share) for share in shares)
    console.print(
        f"one process {60 * pages / median(ones):.0f} pages a minute, two {60 * pages / median(twos):.0f}; "
        f"median of {TURNS} turns ({', '.join(f'{ratio:.2f}' for ratio in ratios)}): "
        f"{goals.SCALING.beside(median(ratios))} times"
    )
    console.print(f"two processes that only multiply in their own caches: {ceiling():.2f} times one")


def _shares(first: ReadingProcess, second: ReadingProcess, paths: list[Path]) -> list[list[Path]]:
    """Two shares of equal cost: dearest first, each page to the share that has less. Warms both up."""
    costs = {path: first.read(path).cpu_seconds for path in paths}
    second.read_all(paths)
    shares: list[list[Path]] = [[], []]
    for path in sorted(paths, key=lambda path: -costs[path]):
        min(shares, key=lambda share: sum(costs[page] for page in share)).append(path)
    return shares


def _together(processes: list[ReadingProcess], shares: list[list[Path]]) -> None:
    with ThreadPoolExecutor(len(processes)) as threads:
        list(threads.map(ReadingProcess.read_all, processes, shares))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
