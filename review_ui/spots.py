"""Places on a side that its reader was not sure of: doubtful words, and lines of which nothing came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailroom.reading import Box, Line
from mailroom.records import Side
from review_ui.boxes import Place, upright
from review_ui.passages import is_doubtful
from review_ui.wording import clean


@dataclass(frozen=True, slots=True)
class Spot:
    """One such place; ``name`` is what the pages know it by, ``text`` is empty where nothing was read."""

    name: str
    place: Place
    text: str = ""
    others: tuple[str, ...] = ()


def doubtful_words(side: Side, lines: Sequence[Line]) -> Iterator[Spot]:
    """The words that the reader was not sure of, with what else they may say."""
    for row, line in enumerate(lines):
        for number, word in enumerate(line.words, start=1):
            text = clean(word.text, line_breaks=False).strip()
            if text and is_doubtful(word):
                others = (clean(other, line_breaks=False).strip() for other in word.alternatives)
                kept = tuple(dict.fromkeys(other for other in others if other not in {"", text}))
                yield Spot(f"{side.number}-{row}-{number}", place_on(side, word.box), text, kept)


def unread_lines(side: Side, lines: Sequence[Line]) -> Iterator[Spot]:
    """The lines of which nothing came."""
    for row, line in enumerate(lines):
        if not line.text:
            yield Spot(f"{side.number}-{row}-0", place_on(side, line.box))


def place_on(side: Side, box: Box) -> Place:
    """Where a box in pixels of the scan stands on the upright picture."""
    return upright(box, side.width, side.height, rotation_of(side))


def rotation_of(side: Side) -> int:
    """The clockwise turn that set the side's picture upright."""
    return side.reading.rotation if side.reading else 0
