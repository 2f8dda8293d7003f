"""Which literals of the rule packs a word may be, exactly or misread."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from worker.screening.phrases.pattern import Literal, Shape
from worker.screening.words.look_alikes import look_alikes
from worker.screening.words.message import Token
from worker.screening.words.misreading import distance, edits_allowed
from worker.screening.words.near_words import NearWords

CACHE_WORDS = 200_000
_START_LETTERS_MIN = 5
# A run of fewer characters is too short to be known with one of them misread as any other,
MISREAD_RUN_MIN = 6
# and one of fewer than these as one that looks alike.
ALIKE_RUN_MIN = 3
# Away by no more than one letter that engines confuse.
LOOKS_ALIKE = 0.5
# Of a word that is roughly what was read so many letters may be read wrongly.
ROUGH, ROUGH_LEAST, ROUGH_LETTERS_MIN = 0.4, 1.5, 2

Likeness = dict[int, float]


class Lexicon:
    """Every literal of the packs, numbered, and the way from a word to them.

    ``ordinary`` are words in their own right: one of them is never taken for a misreading.
    """

    def __init__(self, literals: Iterable[Literal], ordinary: frozenset[str] = frozenset()) -> None:
        self.number: dict[Literal, int] = {}
        self._literals: list[Literal] = []
        self._by_shape: dict[Shape, defaultdict[str, list[int]]] = {
            shape: defaultdict(list) for shape in Shape
        }
        self.runs: defaultdict[str, list[int]] = defaultdict(list)
        self.runs_by_end: defaultdict[str, list[int]] = defaultdict(list)
        self.runs_by_rim: defaultdict[str, list[int]] = defaultdict(list)
        self._cache: dict[tuple[str, bool, bool], Likeness] = {}
        self._rough: dict[tuple[str, tuple[str, ...], frozenset[int]], bool] = {}
        for literal in literals:
            self._add(literal)
        self._lengths = {shape: sorted(set(map(len, keys))) for shape, keys in self._by_shape.items()}
        self._start_lengths = frozenset(self._lengths[Shape.START])
        self._ordinary = ordinary
        self._near_whole = NearWords(self._by_shape[Shape.WHOLE])
        self._near_start = NearWords(
            key for key in self._by_shape[Shape.START] if len(key) >= _START_LETTERS_MIN
        )

    def _add(self, literal: Literal) -> None:
        if literal in self.number:
            return
        number = self.number[literal] = len(self._literals)
        self._literals.append(literal)
        if literal.width > 1:
            self.runs[literal.bare[:2]].append(number)
            if literal.width >= ALIKE_RUN_MIN:
                self.runs_by_end[literal.bare[-2:]].append(number)
            if literal.width == ALIKE_RUN_MIN:
                self.runs_by_rim[literal.bare[0] + literal.bare[-1]].append(number)
        else:
            self._by_shape[literal.shape][literal.bare].append(number)

    def __len__(self) -> int:
        return len(self._literals)

    def __getitem__(self, number: int) -> Literal:
        return self._literals[number]

    def likeness(self, token: Token, *, wide: bool = False) -> Likeness:
        """The literals that this word may be, each with its distance in edits.

        A ``wide`` search also takes an ordinary word for the misreading of one that looks alike, a short
        word for one that is a letter away, and a word without its accents for the one with them.
        """
        found = self.of_word(token.bare, misread=not token.ordinary, wide=wide)
        if token.forms:
            found = _nearest([found, *(self.of_word(form, wide=wide) for form in token.forms)])
        if not found or wide:
            return found
        return {number: away for number, away in found.items() if self._accents_fit(number, token)}

    def _accents_fit(self, number: int, token: Token) -> bool:
        exactly = self._literals[number].exactly
        return not exactly or token.plain.startswith(exactly)

    def is_roughly(self, token: Token, numbers: frozenset[int]) -> bool:
        """Whether a word may be a bad reading of one of these literals."""
        key = token.bare, token.short_forms, numbers
        found = self._rough.get(key)
        if found is None:
            if len(self._rough) > CACHE_WORDS:
                self._rough.clear()
            literals = (self._literals[number] for number in numbers)
            found = self._rough[key] = any(_is_roughly(token, literal) for literal in literals)
        return found

    def exactly(self, word: str) -> Iterable[int]:
        """The numbers of the whole words spelt like this."""
        return self._by_shape[Shape.WHOLE].get(word, ())

    def is_near_one(self, word: str) -> bool:
        """True for what may be a whole word of the packs, misread."""
        return any(True for _ in self._near_whole.near(word, wide=True))

    def of_word(self, word: str, *, misread: bool = True, wide: bool = False) -> Likeness:
        """As ``likeness``, for a bare spelling; only what it is exactly if it cannot be ``misread``."""
        key = word, misread and word not in self._ordinary, wide
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > CACHE_WORDS:
                self._cache.clear()
            found = self._cache[key] = self._look_up(*key)
        return found

    def _look_up(self, word: str, misread: bool, wide: bool) -> Likeness:
        found = dict.fromkeys(self._exact(word), 0.0)
        if not misread and not wide:
            return found
        if not wide and any(self._literals[number].shape is Shape.WHOLE for number in found):
            return found
        limit = math.inf if misread else LOOKS_ALIKE
        for near, away in self._near_whole.near(word, wide=wide):
            for number in self._by_shape[Shape.WHOLE][near] if away <= limit else ():
                found.setdefault(number, away)
        for number, away in self._misread_starts(word):
            if away < found.get(number, 9.0) and away <= limit:
                found[number] = away
        return found

    def _exact(self, word: str) -> Iterable[int]:
        yield from self._by_shape[Shape.WHOLE].get(word, ())
        for length in self._lengths_within(word, Shape.START):
            yield from self._by_shape[Shape.START].get(word[:length], ())
        for length in self._lengths_within(word, Shape.END):
            yield from self._by_shape[Shape.END].get(word[-length:], ())
        for length in self._lengths_within(word, Shape.PART):
            for begin in range(len(word) - length + 1):
                yield from self._by_shape[Shape.PART].get(word[begin : begin + length], ())

    def _lengths_within(self, word: str, shape: Shape) -> Iterable[int]:
        return takewhile(len(word).__ge__, self._lengths[shape])

    def _misread_starts(self, word: str) -> Iterable[tuple[int, float]]:
        for cut in range(_START_LETTERS_MIN - 1, len(word) + 1):
            if not self._start_lengths & {cut - 1, cut, cut + 1}:
                continue
            for near, away in self._near_start.near(word[:cut]):
                if abs(len(near) - cut) <= 1 and away <= edits_allowed(len(near)):
                    for number in self._by_shape[Shape.START][near]:
                        yield number, away


def _nearest(ways: Iterable[Likeness]) -> Likeness:
    """Each literal at its least distance: what one form says exactly, another may say only nearly."""
    found: Likeness = {}
    for way in ways:
        for number, away in way.items():
            found[number] = min(away, found.get(number, math.inf))
    return found


def _is_roughly(token: Token, literal: Literal) -> bool:
    if token.runs:
        return literal.bare in look_alikes(token.bare)
    if literal.width > 1 or literal.shape not in {Shape.WHOLE, Shape.START}:
        return False
    read = token.bare[: len(literal.bare)] if literal.shape is Shape.START else token.bare
    if literal.bare in token.short_forms:
        return True
    limit = max(ROUGH_LEAST, len(literal.bare) * ROUGH)
    return len(literal.bare) >= ROUGH_LETTERS_MIN and distance(read, literal.bare, limit) != math.inf
