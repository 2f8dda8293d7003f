"""Measure reading: ``python -m benchmarks.reading [--quick] [--only NAME]``. Printed, nothing is kept.

``--only`` takes a corpus, such as french-2024, "print rus" or "hand eng", or one of the checks.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console

from benchmarks.reading import checks, goals, run
from benchmarks.reading.corpora import Item, cards, letters, sides_with_little, turned
from benchmarks.reading.kin import kin
from benchmarks.reading.narrow import narrow
from benchmarks.reading.one_word import one_word
from benchmarks.reading.rows import rows
from benchmarks.reading.scaling import scaling
from benchmarks.reading.short import short_print
from benchmarks.reading.table import beside_tesseract, once_more, table
from benchmarks.reading.worker import whole_worker

CHECKS = ("direction", "narrow", "blank", "short", "kin", "word", "ready", "scaling", "worker")
WITHOUT_PAGES = ("blank", "short", "kin", "word", "ready")
TURNED = 25
STARTS = 3
console = Console(width=150)


def main() -> None:
    """Run the measurements that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the real letters only, without peers")
    parser.add_argument("--only", metavar="NAME", help=f"one corpus, or one of {', '.join(CHECKS)}")
    options = parser.parse_args()
    only: str | None = options.only
    wanted = {only} if only else {"ready", "scaling"} if options.quick else set(CHECKS)
    console.print(f"before all: {run.other_work()}")
    with tempfile.TemporaryDirectory() as name, run.reading_process() as process:
        folder = Path(name)
        items: list[Item] = []
        if only not in WITHOUT_PAGES:
            items = _items(
                folder, None if only in CHECKS else only, quick=options.quick or only == "scaling"
            )
        if only not in CHECKS:
            _corpora(process, items, with_peers=not options.quick, curve=not options.quick and not only)
        if "direction" in wanted:
            _directions(process, items, folder)
        if "narrow" in wanted:
            narrow(console, process, items, folder)
        if "blank" in wanted:
            _blank(process, folder)
        _other_scripts(wanted)
        if only not in CHECKS:
            peak = goals.MEGABYTES.beside(process.peak_megabytes(), ".0f")
            console.print(f"memory of the process that read all this, MiB at most: {peak}")
        _processes(wanted, items)
    if "ready" in wanted:
        seconds = median(run.seconds_to_ready() for _ in range(STARTS))
        console.print(f"seconds until ready to read: {goals.SECONDS_TO_READY.beside(seconds, '.2f')}")


def _items(folder: Path, only: str | None, *, quick: bool) -> list[Item]:
    real = letters()
    if not real:
        console.print("No letters found: set MAILROOM_SHARED (docs/measuring.md).")
    items = [*real, *([] if quick else cards(folder, only))]
    if not (chosen := [item for item in items if only in {None, item.corpus}]):
        raise SystemExit(
            f"There is nothing to measure{f' that is named {only}' if only else ''}; see --help."
        )
    return chosen


def _corpora(process: run.ReadingProcess, items: list[Item], *, with_peers: bool, curve: bool) -> None:
    reads = process.read_all(item.path for item in items)
    found = rows(items, reads, with_peers=with_peers)
    console.print(table(found))
    for line in beside_tesseract(found):
        console.print(line)
    if curve:
        missing = sorted(goals.ERROR_RATES.keys() - {row.corpus for row in found})
        console.print(f"not measured, for want of letters or fonts: {', '.join(missing) or 'nothing'}")
        checks.reliability(console, items, reads)
        checks.letterings(console, items, reads)
        console.print(once_more(found, process.read_all(item.path for item in items)))


def _blank(process: run.ReadingProcess, folder: Path) -> None:
    sides = sides_with_little(folder)
    checks.little(console, sides, process.read_all(item.path for item in sides))


def _other_scripts(wanted: set[str]) -> None:
    progress = Console(stderr=True)
    if "short" in wanted:
        short_print(console, progress)
    if "kin" in wanted:
        kin(console, progress)
    if "word" in wanted:
        one_word(console, progress)


def _processes(wanted: set[str], items: list[Item]) -> None:
    if "worker" in wanted:
        _whole_worker(items)
    if "scaling" in wanted:
        scaling(console, [item.path for item in items])


def _whole_worker(items: list[Item]) -> None:
    found = whole_worker([item.path for item in items])
    peak = goals.MEGABYTES.beside(found.megabytes, ".0f")
    console.print(
        f"a worker's child, which screens as well: ready after {found.seconds_to_ready:.1f} s; "
        f"MiB at most, all pages read: {peak}; of it {found.own_megabytes:.0f} of its own"
    )


def _directions(process: run.ReadingProcess, items: list[Item], folder: Path) -> None:
    real = [item for item in items if item.path.parent != folder]
    rendered = [item for item in items if item.path.parent == folder]
    sample = [*real[::4], *rendered[:: max(1, len(rendered) // 15)]][:TURNED]
    sides = turned(sample, folder)
    checks.directions(console, sides, process.read_all(item.path for item in sides))


if __name__ == "__main__":
    main()
