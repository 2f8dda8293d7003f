"""What reading and its peers came to, corpus by corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.reading import peers
from benchmarks.reading.corpora import Item
from benchmarks.reading.run import Read
from benchmarks.reading.score import Errors, errors, fewest_errors

# OCRmyPDF takes so long that it gets a fixed sample of each corpus.
OCRMYPDF_PAGES = 3
# In scripts that the reader takes by hand; other handwriting it calls unreadable.
HANDWRITTEN = (
    *("hand eng", "hand fra", "hand Latin", "hand zho", "hand jpn"),
    *("english-1905", "french-2024", "french-20th", "french-1914"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What some pages came to."""

    pages: int
    errors: Errors
    seconds: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.pages + other.pages, self.errors + other.errors, self.seconds + other.seconds)

    @property
    def seconds_a_page(self) -> float:
        """CPU seconds a page."""
        return self.seconds / self.pages


@dataclass(frozen=True, slots=True)
class Row:
    """One corpus: our cost, and that of the peers, where they were asked.

    ``ours_there`` is our cost on those pages that OCRmyPDF was given.
    """

    corpus: str
    ours: Cost
    bare: Cost | None = None
    told: Cost | None = None
    ocrmypdf: Cost | None = None
    ours_there: Cost | None = None

    @property
    def handwritten(self) -> bool:
        """Whether it is handwriting that the reader should manage."""
        return self.corpus in HANDWRITTEN


def rows(items: list[Item], reads: list[Read], *, with_peers: bool) -> list[Row]:
    """What each corpus came to."""
    groups: dict[str, list[tuple[Item, Read]]] = defaultdict(list)
    for item, read in zip(items, reads, strict=True):
        groups[item.corpus].append((item, read))
    return [_row(corpus, group, with_peers=with_peers) for corpus, group in groups.items()]


def sum_of(costs: Iterable[Cost]) -> Cost:
    """Several corpora together."""
    return sum(costs, Cost(0, Errors(0, 0), 0.0))


def page_errors(read: Read, truth: str) -> Errors:
    """The better of reading order and plain order from the top: transcribers differ in their regions."""
    lines = read.reading.lines if read.reading else ()
    downwards = sorted(lines, key=lambda line: (line.box[1] + line.box[3]) / 2)
    return fewest_errors([read.text, "\n".join(line.text for line in downwards)], truth)


def _row(corpus: str, group: list[tuple[Item, Read]], *, with_peers: bool) -> Row:
    ours = _ours(group)
    if not with_peers:
        return Row(corpus, ours)
    items = [item for item, _ in group]
    bare = sum_of(_cost(item, peers.tesseract(item.path)) for item in items)
    told = sum_of(_cost(item, peers.tesseract_told(item.path, item.language)) for item in items)
    if not peers.has_ocrmypdf():
        return Row(corpus, ours, bare, told)
    sample = group[:: max(1, len(group) // OCRMYPDF_PAGES)][:OCRMYPDF_PAGES]
    whole = sum_of(_cost(item, peers.ocrmypdf(item.path, item.language)) for item, _ in sample)
    return Row(corpus, ours, bare, told, whole, _ours(sample))


def _ours(group: list[tuple[Item, Read]]) -> Cost:
    return sum_of(Cost(1, page_errors(read, item.text), read.cpu_seconds) for item, read in group)


def _cost(item: Item, read: Read) -> Cost:
    return Cost(1, errors(read.text, item.text), read.cpu_seconds)
