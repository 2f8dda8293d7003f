"""How many findings are lost as cards are read worse: the same cards, scanned ever more poorly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console

from benchmarks.drawn import Words
from benchmarks.reading.score import errors
from benchmarks.rendered import CardReader, read_all
from benchmarks.screening.messages import Message
from benchmarks.screening.rendered import labels_of, reaches_a_person
from benchmarks.screening.tally import Tally
from mailroom.reading import Content
from mailroom.scope import Scope
from worker.screening.screener import Screener

SHARPNESS = (1.0, 0.45, 0.35, 0.3)
"""Shares of the resolution that a card is scanned at, without blur at 1."""

BANDS = (0.02, 0.05, 0.1, 0.2)
UNREADABLE = "unreadable"
HEADS = ("cards", "labels", "found", "recall", "unsafe", "reached")


@dataclass(slots=True)
class Band:
    """The cards that were read about equally well."""

    cards: int = 0
    labels: int = 0
    found: int = 0
    unsafe: int = 0
    reached: int = 0


def measure(
    messages: Sequence[Message], screener: Screener, console: Console, *, in_print: bool, seed: int
) -> dict[str, Band]:
    """Every message at every sharpness, by how badly it was read, or that it was not."""
    bands = {name: Band() for name in (*(f"under {most:.2f}" for most in BANDS), "worse", UNREADABLE)}
    cards = [Words(message.key, message.language, message.text) for message in messages]
    for sharpness in SHARPNESS:
        reader = CardReader(in_print=in_print, seed=seed, sharpness=sharpness)
        for message, (_, card) in zip(messages, read_all(reader, cards, console), strict=True):
            if isinstance(card, str):
                continue
            screened = screener.screen([card.reading], Scope())
            unread = card.reading.content is Content.UNREADABLE
            band = bands[UNREADABLE if unread else _band_of(errors(card.reading.text, card.text).rate)]
            band.cards += 1
            band.labels += len(message.labels)
            band.found += len(message.labels & Tally.about_words(labels_of(screened)))
            band.unsafe += bool(message.labels)
            band.reached += bool(message.labels) and reaches_a_person(screened)
    return bands


def report(bands: dict[str, Band]) -> Iterator[str]:
    """The lines to print."""
    yield f"{'misread':12}" + "".join(f"{head:>8}" for head in HEADS)
    for name, band in bands.items():
        recall = f"{band.found / band.labels:.2f}" if band.labels else "-"
        reached = f"{band.reached / band.unsafe:.2f}" if band.unsafe else "-"
        counts = f"{band.cards:8}{band.labels:8}{band.found:8}{recall:>8}{band.unsafe:8}{reached:>8}"
        yield f"{name:12}{counts}"


def _band_of(rate: float) -> str:
    return next((f"under {most:.2f}" for most in BANDS if rate < most), "worse")
