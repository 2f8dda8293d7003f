"""Print in other scripts than Latin on cards with little on them, where the least goes wrong unnoticed.

The texts are training messages of the screening: two or three lines mostly, names, addresses, odd words.
"""

from __future__ import annotations

import random

from rich.console import Console
from rich.table import Table

from benchmarks.drawn import Words
from benchmarks.reading.goals import ERROR_RATES
from benchmarks.reading.score import Errors, errors
from benchmarks.rendered import CardReader, read_all
from mailroom.reading import Content
from worker.screening.learning.training_set import read_messages

LANGUAGES = ("rus", "ukr", "ara", "fas", "ell", "kor", "hin")
CARDS = 60
SEED = 77


def short_print(console: Console, progress: Console) -> None:
    """Draw, read, and tell the error rate and how many went unread, by language."""
    table = Table("language", "cards", "error rate", "goal", "unread", title="print on short cards")
    messages, reader = read_messages(), CardReader(in_print=True, seed=SEED)
    for language in LANGUAGES:
        own = [message for message in messages if message.language == language]
        chosen = random.Random(SEED).sample(own, min(CARDS, len(own)))
        cards = [Words(message.key, language, message.text) for message in chosen]
        read = [card for _, card in read_all(reader, cards, progress) if not isinstance(card, str)]
        unread = sum(card.reading.content is not Content.TEXT for card in read)
        rate = sum((errors(card.reading.text, card.text) for card in read), Errors(0, 0)).rate
        goal = ERROR_RATES[f"print {language}"]
        table.add_row(language, str(len(read)), f"{rate:.3f}", f"{goal:.2f}", str(unread))
    console.print(table)
