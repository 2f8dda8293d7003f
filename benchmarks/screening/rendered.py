"""Screening of cards that were drawn and read, beside the plain text of the same messages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console

from benchmarks.drawn import Words
from benchmarks.reading.score import Errors, errors
from benchmarks.rendered import CardReader, ReadCard, read_all
from benchmarks.screening.messages import Message
from benchmarks.screening.tally import Tally
from mailroom.finding import Label, Lane, Screening
from mailroom.scope import Scope
from worker.screening.screener import Screener

TO_A_PERSON = frozenset({Label.UNREADABLE.value, Label.LANGUAGE.value})
PRINT = "Cyrillic, Arabic and others come in print: their handwriting goes to a person as unreadable."
HOW_COUNTED = (
    "Counted as reaching a person: any lane but clear and glance, any finding about the words,\n"
    "and 'unreadable' and 'language'. Recall and precision are of labels about the words alone."
)


@dataclass(slots=True)
class Rendered:
    """What came of a set of messages as cards, and of their plain text."""

    cards: Tally = field(default_factory=Tally)
    text: Tally = field(default_factory=Tally)
    misread: dict[str, Errors] = field(default_factory=lambda: defaultdict(lambda: Errors(0, 0)))
    drawn: Counter[str] = field(default_factory=Counter)
    clean_lanes: Counter[Lane] = field(default_factory=Counter)
    undrawn: Counter[str] = field(default_factory=Counter)

    def add(self, message: Message, card: ReadCard, screener: Screener) -> None:
        """Count one message by its card and by its text."""
        read = screener.screen([card.reading], Scope())
        plain = screener.screen_text(card.text, Scope(), message.language)
        self.cards.add(message, labels_of(read), reached=reaches_a_person(read))
        self.text.add(message, labels_of(plain), reached=reaches_a_person(plain))
        self.misread[message.language] += errors(card.reading.text, card.text)
        self.drawn["in handwriting" if card.by_hand else "in print"] += 1
        if not message.labels:
            self.clean_lanes[read.lane] += 1


def measure(
    messages: Sequence[Message], reader: CardReader, screener: Screener, console: Console
) -> Rendered:
    """Draw, read and screen every message."""
    found = Rendered()
    cards = [Words(message.key, message.language, message.text) for message in messages]
    for message, (_, card) in zip(messages, read_all(reader, cards, console), strict=True):
        if isinstance(card, str):
            found.undrawn[f"{message.language}: {card}"] += 1
        else:
            found.add(message, card, screener)
    return found


def report(found: Rendered) -> Iterator[str]:
    """The lines to print."""
    yield ", ".join(f"{count} cards {how}" for how, count in sorted(found.drawn.items()))
    yield PRINT
    if found.undrawn:
        yield "not drawn: " + ", ".join(f"{why} {count}" for why, count in sorted(found.undrawn.items()))
    yield f"{HOW_COUNTED}\n"
    yield from found.cards.by_label()
    yield ""
    yield from _with_error_rate(list(found.cards.by_language()), found.misread)
    whole = sum(found.misread.values(), Errors(0, 0))
    yield f"\ncharacter error rate  {whole.rate:.3f}"
    yield f"read from cards       {found.cards.summary()}"
    yield f"the same, plain text  {found.text.summary()}"
    lanes = ", ".join(f"{lane.value} {found.clean_lanes[lane]}" for lane in Lane if found.clean_lanes[lane])
    yield f"lanes of clean cards  {lanes}"


def reaches_a_person(screening: Screening) -> bool:
    """Whether a person looks at this card by itself, or is told what to look for."""
    labels = frozenset(labels_of(screening))
    return screening.lane not in {Lane.CLEAR, Lane.GLANCE} or bool(
        Tally.about_words(labels) or labels & TO_A_PERSON
    )


def labels_of(screening: Screening) -> list[str]:
    """The labels of all findings."""
    return [finding.label.value for finding in screening.findings]


def _with_error_rate(lines: list[str], misread: dict[str, Errors]) -> Iterator[str]:
    head, *rows = lines
    yield f"{head} {'misread':>7}"
    for row in rows:
        yield f"{row} {misread[row.split()[0]].rate:7.3f}"
