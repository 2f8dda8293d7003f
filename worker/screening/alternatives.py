"""Which words the reader doubts, and its other readings of them: a rule may know a word by any of these."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from mailroom.reading import Reading
from worker.screening.letters import bare_of
from worker.screening.locate import places_of_words
from worker.screening.text import Message

LETTERS_MIN = 4
# One word in nine of clean cards in handwriting is less sure.
SURE = 0.98


def mark_doubts(message: Message, reading: Reading) -> None:
    """Say which words of a reading's message are in doubt."""
    begins = [token.start for token in message.tokens]
    for start, word in places_of_words(reading):
        if word.confidence < SURE:
            first = bisect_left(begins, start)
            for token in message.tokens[first : bisect_left(begins, start + len(word.text), first)]:
                token.in_doubt = True


def add_alternatives(message: Message, reading: Reading) -> None:
    """Give each word of a reading's message the other readings of its place as further forms."""
    doubtful = [(start, word) for start, word in places_of_words(reading) if word.alternatives]
    begins = [token.start for token in message.tokens]
    for start, word in doubtful:
        index = bisect_right(begins, start) - 1
        token = message.tokens[index] if index >= 0 else None
        if token is None or token.runs or not token.start <= start < token.end:
            continue
        others = (_bare(other) for other in word.alternatives)
        token.forms += tuple(other for other in others if len(other) >= LETTERS_MIN and other != token.bare)


def _bare(word: str) -> str:
    return bare_of("".join(filter(str.isalpha, word)))
