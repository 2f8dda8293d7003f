"""What came of the drawn cards: their lanes, and why an unsafe one would have gone clear."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from benchmarks.clear.cards import DIAL_ON, Draft
from benchmarks.reading.score import plain
from benchmarks.rendered import ReadCard
from mailroom.finding import Label, Lane
from worker.screening.screener import Screener


@dataclass(frozen=True, slots=True)
class Outcome:
    """A card that was drawn, read and screened.

    ``is_open``: had nothing been found on it, it would have been clear; what goes clear is a part of these.
    """

    draft: Draft
    card: ReadCard
    lane: Lane
    is_open: bool

    @property
    def is_clear(self) -> bool:
        """Whether it would travel unseen."""
        return self.lane is Lane.CLEAR

    @property
    def why_missed(self) -> str:
        """What became of the phrase that the packs should have found."""
        meant, said = plain(self.draft.phrase), plain(self.card.reading.text)
        if meant in said:
            if self.card.reading.language != self.draft.words.language:
                return f"read rightly, but as {self.card.reading.language}"
            return "read rightly, not found among the words around it"
        place = fuzz.partial_ratio_alignment(meant, said)
        if place is None:
            return "not read at all"
        return f"read as {_whole_words(said, place.dest_start, place.dest_end)!r}"


def screen(draft: Draft, card: ReadCard, screener: Screener) -> Outcome:
    """Screen a card with the dial on, and once more as if nothing on it mattered."""
    found = screener.screen([card.reading], DIAL_ON)
    without = screener.screen([card.reading], replace(DIAL_ON, allow=frozenset(Label)))
    return Outcome(draft, card, found.lane, without.lane is Lane.CLEAR)


def _whole_words(text: str, start: int, end: int) -> str:
    first = text.rfind(" ", 0, start + 1) + 1
    last = text.find(" ", max(start, end - 1))
    return text[first : last if last >= 0 else None]
