"""Other readings of doubtful words, as the reader kept them: a rule may know a word by any of them."""

from __future__ import annotations

from bisect import bisect_right

from mailroom.reading import Reading
from worker.screening.letters import bare_of
from worker.screening.locate import places_of_words
from worker.screening.text import Message

LETTERS_MIN = 4


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
