"""Narrow letters: cards by hand squeezed in width, down to that of the narrowest hands."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks.reading.corpora import Item
from benchmarks.reading.run import ReadingProcess
from benchmarks.reading.score import Errors, errors

# In hands that stand 20 pixels a letter on a line of 48 these leave 12, 10 and 8; narrow hands have 7 to 9.
SHARES = (1.0, 0.6, 0.5, 0.42)
EVERY = 2
SURE = 0.9


def narrow(console: Console, process: ReadingProcess, items: list[Item], folder: Path) -> None:
    """How cards by hand, every other one of those drawn, are misread when they are squeezed."""
    drawn = [item for item in items if item.corpus in {"hand eng", "hand fra", "hand Latin"}][::EVERY]
    table = Table("of its width", "cards", "error rate", "0.9 sure", title="narrow letters")
    for share in SHARES:
        reads = process.read_all(_squeezed(item.path, share, folder) for item in drawn)
        found = [errors(read.text, item.text) for item, read in zip(drawn, reads, strict=True)]
        sure = sum(read.reading is not None and read.reading.confidence >= SURE for read in reads)
        rate = sum(found, Errors(0, 0)).rate
        table.add_row(f"{share:g}", str(len(drawn)), f"{rate:.3f}", str(sure))
    console.print(table)


def _squeezed(path: Path, share: float, folder: Path) -> Path:
    with Image.open(path) as picture:
        squeezed = picture.convert("RGB").resize((round(picture.width * share), picture.height))
    target = folder / f"squeezed-{share}-{path.stem}.png"
    squeezed.save(target)
    return target
