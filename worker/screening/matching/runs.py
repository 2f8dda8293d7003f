"""Phrases of Chinese and Japanese in a message: runs of characters, exactly or one of them misread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from worker.screening.matching.lexicon import ALIKE_RUN_MIN, LOOKS_ALIKE, MISREAD_RUN_MIN, Lexicon
from worker.screening.phrases.pattern import Literal
from worker.screening.words.look_alikes import look_alikes
from worker.screening.words.message import Token

RUN_WORDS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A literal that stands at a place: how many tokens it takes up, and how misread it is."""

    number: int
    width: int
    edits: float
    words: int
    letters: int


class Runs:
    """Which runs of the packs stand where among tokens of one character each.

    A ``wide`` search bears a misread character in words of two, too.
    """

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, *, wide: bool) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._wide = wide

    def at(self, index: int) -> Iterator[Standing]:
        """What begins with the character at a place, which is one of a run."""
        token = self._tokens[index]
        for number in self._lexicon.likeness(token):
            yield Standing(number, 1, 0.0, 1, len(self._lexicon[number].bare))
        if index + 1 == len(self._tokens):
            return
        following = self._tokens[index + 1]
        for first, second in product((token.bare, *token.forms), (following.bare, *following.forms)):
            for number in self._lexicon.runs.get(first + second, ()):
                if self._stands(self._lexicon[number], index):
                    yield _run(number, self._lexicon[number].width, 0.0)
        if self._wide:
            yield from self._pairs_alike(token.bare, following.bare)

    def _stands(self, literal: Literal, index: int) -> bool:
        """Whether a run stands at a place, each character as read or by another reading of it."""
        run = self._tokens[index : index + literal.width]
        if len(run) < literal.width:
            return False
        pairs = zip(run, literal.bare, strict=True)
        return all(char == token.bare or char in token.forms for token, char in pairs)

    def misread(self) -> Iterator[tuple[int, Standing]]:
        """Longer runs one character of which was read as another, each with its place.

        They are known by their first two characters, their last two, or their rim.
        """
        for index in range(len(self._tokens) - 1):
            if not self._tokens[index].runs:
                continue
            first, second, *third = (token.bare for token in self._tokens[index : index + 3])
            for number in self._lexicon.runs.get(first + second, ()):
                yield from self._misread(number, index)
            for number in self._lexicon.runs_by_end.get(first + second, ()):
                yield from self._misread(number, index + 2 - self._lexicon[number].width)
            for number in self._lexicon.runs_by_rim.get(first + "".join(third), ()):
                yield from self._misread(number, index)

    def _misread(self, number: int, start: int) -> Iterator[tuple[int, Standing]]:
        literal = self._lexicon[number]
        run = self._tokens[max(start, 0) : start + literal.width]
        if literal.width < ALIKE_RUN_MIN or len(run) < literal.width:
            return
        pairs = zip(run, literal.bare, strict=True)
        wrong = [(token.bare, char) for token, char in pairs if token.bare != char]
        if len(wrong) != 1 or run[0].sentence != run[-1].sentence:
            return
        read, char = wrong[0]
        if char in look_alikes(read):
            yield start, _run(number, literal.width, LOOKS_ALIKE)
        elif literal.width >= MISREAD_RUN_MIN:
            yield start, _run(number, literal.width, 1.0)

    def _pairs_alike(self, first: str, second: str) -> Iterator[Standing]:
        """Words of two characters of which one looks like what was read: too many but for a wide search."""
        alike = [other + second for other in look_alikes(first)]
        alike += [first + other for other in look_alikes(second)]
        for pair in alike:
            for number in self._lexicon.runs.get(pair, ()):
                if self._lexicon[number].width == len(pair):
                    yield _run(number, len(pair), LOOKS_ALIKE)


def _run(number: int, width: int, edits: float) -> Standing:
    """A run of characters counts as two words."""
    return Standing(number, width, edits, RUN_WORDS, 2 * width)
