"""The table of error rates and CPU seconds by corpus, with the peers and the goals beside."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from benchmarks.reading import goals
from benchmarks.reading.rows import OCRMYPDF_PAGES, Cost, Row, sum_of
from benchmarks.reading.run import Read

# Each with its error rate and its CPU seconds a page.
PEERS = ("tesseract", "tesseract -l", f"ocrmypdf -l, {OCRMYPDF_PAGES} pages", "ours there")


def table(found: list[Row]) -> Table:
    """The rows for people."""
    shown = Table("corpus", "pages", "error rate", "CPU s/page", "pages/min", title="Reading by corpus")
    with_peers = any(row.bare for row in found)
    for name in PEERS if with_peers else ():
        shown.add_column(name)
    for row in found:
        cost = row.ours.seconds_a_page
        cpu = goals.Goal(row.bare.seconds_a_page).beside(cost, ".2f") if row.bare else f"{cost:.2f}"
        cells = [str(row.ours.pages), goals.error_rate(row.corpus, row.ours.errors.rate), cpu]
        shown.add_row(row.corpus, *cells, f"{60 / cost:.0f}", *(_beside(row) if with_peers else ()))
    return shown


def once_more(found: list[Row], reads: Sequence[Read]) -> str:
    """What the same pages cost where no size and no word list is met for the first time."""
    seconds = sum(read.cpu_seconds for read in reads) / len(reads)
    bare = [row.bare for row in found if row.bare is not None]
    told = goals.Goal(sum_of(bare).seconds_a_page).beside(seconds, ".2f") if bare else f"{seconds:.2f}"
    return f"the same pages once more: {told}"


def beside_tesseract(found: list[Row]) -> list[str]:
    """CPU time over all pages and errors in handwriting, beside the bare command's."""
    lines = []
    pairs = [(row, row.bare) for row in found if row.bare is not None]
    if pairs:
        ours, bare = sum_of(row.ours for row, _ in pairs), sum_of(cost for _, cost in pairs)
        goal = goals.Goal(bare.seconds_a_page)
        lines.append(f"CPU seconds a page over all corpora: {goal.beside(ours.seconds_a_page, '.2f')}")
    for row, bare in pairs:
        if row.handwritten and bare.errors.edits:
            share = row.ours.errors.rate / bare.errors.rate
            lines.append(f"of tesseract's errors, {row.corpus}: {goals.TESSERACT_SHARE.beside(share)}")
    return lines


def _beside(row: Row) -> list[str]:
    peers = [(row.bare, "none"), (row.told, "none"), (row.ocrmypdf, "not installed")]
    cells = [_figures(cost) if cost else missing for cost, missing in peers]
    return [*cells, _figures(row.ours_there) if row.ours_there else ""]


def _figures(cost: Cost) -> str:
    return f"{cost.errors.rate:.3f}, {cost.seconds_a_page:.2f}"
