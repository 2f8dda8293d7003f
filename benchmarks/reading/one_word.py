"""One word in another script on a card in Latin print: is it read, does it leave a doubt, or neither?

The words are those of the greetings in ``texts.yaml`` that have three characters or more, in scripts that
run from left to right: cards are drawn in one direction. Faces that have no Latin letters are left out.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from enum import StrEnum
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.drawn import Words
from benchmarks.rendered import CardReader, ReadCard, read_all

TEXTS = Path(__file__).with_name("texts.yaml")
LANGUAGES = ("rus", "ukr", "ell", "kor", "hin", "tha", "hye", "kat", "amh", "ben", "tam")
PLACES = {
    "in a line": "Dear Nadia,\nwe say {} to all of you\nand think of you each day",
    "on a line": "Dear Nadia,\n{}\nwe think of you and your family",
    "as a signature": "Dear Nadia,\nwe think of you and your family\n{}",
}
CARDS = 8
SEED = 127
SURE = 0.9
SHORTEST = 3
_MARKS_AROUND = ".,!?:;«»·፣።։।՝"


class Outcome(StrEnum):
    """What became of the word."""

    READ = "read"
    DOUBTED = "doubted"
    UNNOTICED = "unnoticed"


def one_word(console: Console, progress: Console) -> None:
    """Draw, read, and tell what became of the words, by their place and by their language."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    reader = CardReader(in_print=True, seed=SEED)
    for place, words, card in _cards(reader, progress):
        outcome = _outcome(words, card)
        for group in ("all", place, card.key.split()[0]):
            counts[group][outcome] += 1
    table = Table("words", "cards", *Outcome, title="one word in another script beside Latin print")
    for group in ("all", *PLACES, *LANGUAGES):
        found = counts[group]
        table.add_row(group, str(found.total()), *(str(found[outcome]) for outcome in Outcome))
    console.print(table)


def _cards(reader: CardReader, progress: Console) -> list[tuple[str, str, ReadCard]]:
    texts: dict[str, list[str]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    drawn = {}
    for language in LANGUAGES:
        known = _words("\n".join(texts[language]))
        for place, message in PLACES.items():
            for word in random.Random(f"{SEED} {language} {place}").sample(known, min(CARDS, len(known))):
                card = Words(f"{language} {place} {word}", language, message.format(word))
                drawn[card.key] = (place, word, card)
    read = read_all(reader, [card for _, _, card in drawn.values()], progress)
    return [(*drawn[words.key][:2], card) for words, card in read if not isinstance(card, str)]


def _words(text: str) -> list[str]:
    words = {word.strip(_MARKS_AROUND) for word in text.split()}
    return sorted(word for word in words if len(word) >= SHORTEST)


def _outcome(word: str, card: ReadCard) -> Outcome:
    if word in card.reading.text:
        return Outcome.READ
    doubted = card.reading.confidence < SURE or any(not line.text for line in card.reading.lines)
    return Outcome.DOUBTED if doubted else Outcome.UNNOTICED
