"""Measure reading: ``python -m benchmarks.reading [--quick]``. Results are printed, nothing is kept."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks import reading_run as run
from benchmarks.reading_corpora import Item, cards, letters, sides_with_little, turned
from benchmarks.reading_reliability import Judged, curve, fit, held_out
from benchmarks.reading_score import Errors, errors, fewest_errors
from mailroom.reading import Content, Reading

TURNED = 25
console = Console(width=132)


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the real letters only, without peers")
    quick = parser.parse_args().quick
    real = letters()
    if not real:
        console.print(
            "No letters found: set MAILROOM_SHARED to the folder that holds them. Rendered cards only."
        )
    with tempfile.TemporaryDirectory() as folder:
        rendered = [] if quick else cards(Path(folder))
        with run.readers(1) as pool:
            items = real + rendered
            reads = run.read_all(pool, [item.path for item in items])
            console.print(_corpora(items, reads, peers=not quick))
            console.print(f"memory of the reading process: {run.peak_megabytes(pool):.0f} MiB at most")
            if not quick:
                _reliability(items, reads)
                _directions(
                    pool,
                    turned([*real[::4], *rendered[:: max(1, len(rendered) // 15)]][:TURNED], Path(folder)),
                )
                _little(pool, sides_with_little(Path(folder)))
        console.print(f"ready to read after {run.seconds_to_ready():.2f} s")
        paths = [item.path for item in items][:: max(1, len(items) // 40)]
        one, two = run.wall_seconds(1, paths), run.wall_seconds(2, paths)
        console.print(
            f"one process {60 * len(paths) / one:.0f} pages a minute, "
            f"two {60 * len(paths) / two:.0f}: {one / two:.2f} times"
        )


def _corpora(items: list[Item], reads: list[run.Read], *, peers: bool) -> Table:
    table = Table("corpus", "pages", "error rate", "CPU s/page", "pages/min", title="Reading by corpus")
    if peers:
        for name in ("tesseract error", "CPU s", "ocrmypdf CPU s"):
            table.add_column(name)
    groups: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[item.corpus].append(index)
    for corpus, indices in groups.items():
        found = sum((_errors(reads[index], items[index].text) for index in indices), Errors(0, 0))
        cpu = float(np.mean([reads[index].cpu_seconds for index in indices]))
        row = [corpus, str(len(indices)), f"{found.rate:.3f}", f"{cpu:.2f}", f"{60 / cpu:.0f}"]
        table.add_row(*row, *(_peers([items[index] for index in indices]) if peers else ()))
    return table


def _errors(read: run.Read, truth: str) -> Errors:
    """The better of reading order and plain order from the top: transcribers differ in their regions."""
    lines = read.reading.lines if read.reading else ()
    downwards = sorted(lines, key=lambda line: (line.box[1] + line.box[3]) / 2)
    return fewest_errors([read.text, "\n".join(line.text for line in downwards)], truth)


def _peers(items: list[Item]) -> tuple[str, str, str]:
    bare = [run.tesseract(item.path) for item in items]
    rate = sum(
        (errors(read.text, item.text) for read, item in zip(bare, items, strict=True)), Errors(0, 0)
    ).rate
    other = run.ocrmypdf(items[0].path)
    seconds = float(np.mean([read.cpu_seconds for read in bare]))
    return f"{rate:.3f}", f"{seconds:.2f}", f"{other.cpu_seconds:.2f}" if other else "not installed"


def _reliability(items: list[Item], reads: list[run.Read]) -> None:
    pages = [
        Judged(item.writer, read.reading.confidence, _sureness(read.reading), _errors(read, item.text).rate)
        for item, read in zip(items, reads, strict=True)
        if read.reading
    ]
    table = Table("confidence", "pages", "under 0.15", "mean error rate", title="Reliability")
    for name, count, good, mean in curve(pages):
        table.add_row(name, str(count), f"{good:.2f}", f"{mean:.3f}")
    console.print(table)
    latin = [
        page
        for page, read in zip(pages, reads, strict=True)
        if read.reading
        and read.reading.engine == "rapidocr"
        and read.reading.content is not Content.UNREADABLE
    ]
    count, good = held_out(latin)
    console.print(
        f"likeliest curve (centre, steepness): {fit(latin)}; "
        f"fitted without the writer: {good:.2f} of {count} sure pages good"
    )


def _sureness(reading: Reading) -> float:
    words = [word for line in reading.lines for word in line.words]
    letters_read = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters_read if letters_read else 0.0


def _directions(pool: ProcessPoolExecutor, items: list[Item]) -> None:
    reads = run.read_all(pool, [item.path for item in items])
    wrong = [
        item.path.name
        for item, read in zip(items, reads, strict=True)
        if read.reading and read.reading.rotation != item.rotation
    ]
    console.print(
        f"direction right on {len(items) - len(wrong)} of {len(items)}; wrong: {', '.join(wrong) or 'none'}"
    )


def _little(pool: ProcessPoolExecutor, items: list[Item]) -> None:
    reads = run.read_all(pool, [item.path for item in items])
    pairs = [(item, read.reading) for item, read in zip(items, reads, strict=True) if read.reading]
    wrong = [
        item
        for item, reading in pairs
        if (reading.content is Content.BLANK) != (item.content is Content.BLANK)
    ]
    console.print(
        f"blank or not right on {len(items) - len(wrong)} of {len(items)}; "
        f"wrong: {[item.path.name for item in wrong]}"
    )
    drawn = [reading for item, reading in pairs if item.content is Content.DRAWING]
    console.print(
        f"drawings called so: {sum(found.content is Content.DRAWING for found in drawn)} of {len(drawn)}"
    )


if __name__ == "__main__":
    main()
