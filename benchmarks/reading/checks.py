"""Is the confidence true, is the direction right, is a blank side called blank?"""

from __future__ import annotations

from collections import Counter, defaultdict

from rich.console import Console
from rich.table import Table

from benchmarks.reading import goals
from benchmarks.reading.corpora import Item
from benchmarks.reading.reliability import Judged, curve, fit, held_out
from benchmarks.reading.rows import page_errors
from benchmarks.reading.run import Read
from benchmarks.reading.score import Errors, errors
from mailroom.reading import Content, Reading


def reliability(console: Console, items: list[Item], reads: list[Read]) -> None:
    """The error rates behind each range of confidence, and what a fit without the writer gives."""
    pairs = [(item, read, read.reading) for item, read in zip(items, reads, strict=True) if read.reading]
    pages = [
        Judged(item.writer, reading.confidence, _sureness(reading), page_errors(read, item.text).rate)
        for item, read, reading in pairs
    ]
    table = Table("confidence", "pages", "under 0.15", "mean error rate", title="Reliability")
    for name, count, good, mean in curve(pages):
        table.add_row(name, str(count), f"{good:.2f}", f"{mean:.3f}")
    console.print(table)
    latin = [
        page
        for page, (_, _, reading) in zip(pages, pairs, strict=True)
        if reading.engine == "pp-ocr" and reading.content is not Content.UNREADABLE
    ]
    count, good = held_out(latin)
    console.print(
        f"likeliest curve (centre, steepness): {fit(latin)}; "
        f"fitted without the writer: {good:.2f} of {count} sure pages good"
    )


def letterings(console: Console, items: list[Item], reads: list[Read]) -> None:
    """What sides by hand, typed ones and mixed ones were called."""
    called = Counter(
        (item.kind, _called(read.reading))
        for item, read in zip(items, reads, strict=True)
        if read.reading and read.reading.script == "Latn"
    )
    names = ("handwritten", "printed", "both", "not told")
    table = Table("written (Latin letters)", *names, title="By hand, printed or both")
    for kind in sorted({kind for kind, _ in called}):
        table.add_row(kind, *(str(called[kind, name]) for name in names))
    console.print(table)


def _called(reading: Reading) -> str:
    if reading.handwritten is None:
        return "not told"
    if reading.handwritten and reading.printed:
        return "both"
    return "handwritten" if reading.handwritten else "printed"


def directions(console: Console, items: list[Item], reads: list[Read]) -> None:
    """How many turned pages were set upright, and how they are misread as they lie."""
    wrong = [
        item.path.name
        for item, read in zip(items, reads, strict=True)
        if read.reading and read.reading.rotation != item.rotation
    ]
    _say_share(console, "direction right", len(items), wrong, goals.DIRECTIONS)
    found: dict[int, Errors] = defaultdict(lambda: Errors(0, 0))
    for item, read in zip(items, reads, strict=True):
        found[item.rotation] += errors(read.text, item.text)
    rates = ", ".join(f"{degrees}: {found[degrees].rate:.3f}" for degrees in sorted(found))
    console.print(f"misread as turned by degrees: {rates}")


def little(console: Console, items: list[Item], reads: list[Read]) -> None:
    """How many sides with nothing, or little, on them were told apart."""
    pairs = [(item, read.reading) for item, read in zip(items, reads, strict=True) if read.reading]
    wrong = [
        item.path.name
        for item, reading in pairs
        if (reading.content is Content.BLANK) != (item.content is Content.BLANK)
    ]
    _say_share(console, "blank or not right", len(items), wrong, goals.BLANK)
    drawn = [reading for item, reading in pairs if item.content is Content.DRAWING]
    console.print(
        f"drawings called so: {sum(found.content is Content.DRAWING for found in drawn)} of {len(drawn)}"
    )


def _say_share(console: Console, what: str, count: int, wrong: list[str], goal: goals.Goal) -> None:
    right = count - len(wrong)
    console.print(
        f"{what} on {right} of {count}: {goal.beside(right / count)}; wrong: {', '.join(wrong) or 'none'}"
    )


def _sureness(reading: Reading) -> float:
    words = [word for line in reading.lines for word in line.words]
    letters_read = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters_read if letters_read else 0.0
