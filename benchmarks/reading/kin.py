"""Print in languages that share a script: is it read with data of their own, or with that of others?

Whichever language a card is in has to be found from the card alone; none is expected.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.drawn import Words
from benchmarks.reading.score import Errors, errors
from benchmarks.rendered import CardReader, ReadCard, read_all
from mailroom.reading import Content

TEXTS = Path(__file__).with_name("kin.yaml")
CARDS = 6
SEED = 129
SURE = 0.9


def kin(console: Console, progress: Console) -> None:
    """Draw, read, and tell the error rate, how many are sure, and of how many the language was told."""
    texts: dict[str, list[str]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    table = Table(
        "language", "cards", "error rate", "0.9 sure", "named so", "unread", title="kindred languages"
    )
    reader = CardReader(in_print=True, seed=SEED)
    for language, written in texts.items():
        words = [
            Words(f"{language} {number} {card}", language, text)
            for number, text in enumerate(written)
            for card in range(CARDS)
        ]
        read = [card for _, card in read_all(reader, words, progress) if not isinstance(card, str)]
        table.add_row(language, *_row(language, read))
    console.print(table)


def _row(language: str, cards: list[ReadCard]) -> tuple[str, ...]:
    rate = sum((errors(card.reading.text, card.text) for card in cards), Errors(0, 0)).rate
    sure = sum(card.reading.confidence >= SURE for card in cards)
    named = sum(card.reading.language == language for card in cards)
    unread = sum(card.reading.content is not Content.TEXT for card in cards)
    return str(len(cards)), f"{rate:.3f}", str(sure), str(named), str(unread)
