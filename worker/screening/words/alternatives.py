"""Which words the reader doubts, and its other readings of them: a rule may know a word by any of these."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from mailroom.reading import Reading, Word
from worker.screening.words.letters import LETTERS_FOR_DIGITS, bare_of
from worker.screening.words.locate import places_of_words
from worker.screening.words.message import Message

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
    begins = [token.start for token in message.tokens]
    for start, word in places_of_words(reading):
        index = bisect_right(begins, start) - 1
        token = message.tokens[index] if index >= 0 else None
        if not word.alternatives or token is None or not token.start <= start < token.end:
            continue
        if any(
            own.runs for own in message.tokens[index : bisect_left(begins, start + len(word.text), index)]
        ):
            _add_characters(message, begins, start, word)
        else:
            others = [
                other for said in word.alternatives for other in _spellings(said) if other != token.bare
            ]
            token.forms += tuple(other for other in others if len(other) >= LETTERS_MIN)
            token.short_forms += tuple(other for other in others if len(other) < LETTERS_MIN)


def _add_characters(message: Message, begins: list[int], start: int, word: Word) -> None:
    """As for a word, character by character, where nothing parts words: a reading is a line long there."""
    for other in word.alternatives:
        if len(other) != len(word.text):
            continue
        for offset, (read, char) in enumerate(zip(word.text, other, strict=True)):
            place = bisect_left(begins, start + offset)
            token = message.tokens[place] if place < len(begins) else None
            if read != char and token and token.runs and token.start == start + offset:
                token.forms += (bare_of(char),)


def _spellings(said: str) -> Iterable[str]:
    """A word without its marks; a digit in it may stand for a letter ("y0u"), or be a stray one."""
    bare = bare_of("".join(filter(str.isalnum, said)))
    undone = bare.translate(LETTERS_FOR_DIGITS)
    letters = "".join(filter(str.isalpha, bare))
    if letters:
        yield from dict.fromkeys([letters, undone] if undone.isalpha() else [letters])
