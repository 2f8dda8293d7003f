"""Finds the phrases of the rule packs in a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from worker.screening.lexicon import Lexicon, Likeness
from worker.screening.pattern import (
    Choice,
    Gap,
    Item,
    Kind,
    Literal,
    Shape,
    all_literals,
    anchor,
    literals,
    width_max,
)
from worker.screening.text import Message, Token

TOP_WORDS = 14
# Share of a phrase's letters that may be misread: alone standing words have to be surer than phrases.
ALLOWANCE_BY_WORDS = (0.0, 0.13, 0.17, 0.22)
SINGLE_LETTERS_MIN = 6
# A phrase this long betrays its own language; a shorter one counts only in a text of that language.
FOREIGN_WORDS_MIN = 2
FOREIGN_LETTERS_MIN = 9
ANY_LANGUAGE = "mul"


@dataclass(frozen=True)
class Phrase:
    """A phrase of a rule; ``owner`` is the index of the rule in the matcher's list."""

    items: tuple[Item, ...]
    language: str
    owner: int
    innocent: bool = False

    @cached_property
    def any_language(self) -> bool:
        """Whether it counts in a text of another language too."""
        if self.language == ANY_LANGUAGE:
            return True
        sizes = [_least_letters(item) for item in self.items]
        return sum(1 for size in sizes if size) >= FOREIGN_WORDS_MIN and sum(sizes) >= FOREIGN_LETTERS_MIN


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase stands: tokens ``first`` to before ``last``, and how misread, in edits."""

    phrase: Phrase
    first: int
    last: int
    edits: float


@dataclass(frozen=True, slots=True)
class _State:
    at: int
    edits: float
    words: int
    letters: int


class Matcher:
    """An index over phrases."""

    def __init__(self, phrases: Sequence[Phrase], ordinary: frozenset[str] = frozenset()) -> None:
        self._phrases = phrases
        self._lexicon = Lexicon(
            (word for phrase in phrases for word in all_literals(phrase.items)), ordinary
        )
        self._anchored: defaultdict[int, list[tuple[Phrase, int]]] = defaultdict(list)
        for phrase in phrases:
            index = anchor(phrase.items)
            before = width_max(phrase.items[:index])
            for word in set(literals(phrase.items[index])):
                self._anchored[self._lexicon.number[word]].append((phrase, before))

    def hits(self, message: Message, languages: frozenset[str]) -> list[Hit]:
        """Every place where a phrase stands; an empty ``languages`` means that any may be meant."""
        search = _Search(message.tokens, self._lexicon)
        found: dict[tuple[int, int, int], Hit] = {}
        tried: set[tuple[int, int]] = set()
        for position in range(len(message.tokens)):
            for number in search.anchors(position):
                for phrase, before in self._anchored.get(number, ()):
                    if languages and phrase.language not in languages and not phrase.any_language:
                        continue
                    for first in range(position, max(position - before, 0) - 1, -1):
                        if (id(phrase), first) in tried:
                            continue
                        tried.add((id(phrase), first))
                        hit = search.match(phrase, first)
                        if hit:
                            found.setdefault((id(phrase), hit.first, hit.last), hit)
        return list(found.values())


class _Search:
    """One message being searched."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._alike: list[Likeness] = [lexicon.likeness(token) for token in tokens]
        self._split: list[Likeness] = [self._joined(index) for index in range(len(tokens))]

    def _joined(self, index: int) -> Likeness:
        """What the word and the next may be together, if a space was read where there was none."""
        if index + 1 >= len(self._tokens) or self._tokens[index].runs or self._tokens[index + 1].runs:
            return {}
        both = self._tokens[index].bare + self._tokens[index + 1].bare
        if len(both) < SINGLE_LETTERS_MIN or len(both) > 20 or both.isdigit():
            return {}
        alike = self._lexicon.of_word(both)
        return {
            number: away + 0.5
            for number, away in alike.items()
            if self._lexicon[number].shape is Shape.WHOLE
            and len(self._lexicon[number].bare) >= 6
            and away <= 0.5
        }

    def anchors(self, position: int) -> Iterator[int]:
        """The numbers of the literals that may begin at this word."""
        yield from self._alike[position]
        yield from self._split[position]
        if self._tokens[position].runs and position + 1 < len(self._tokens):
            pair = self._tokens[position].bare + self._tokens[position + 1].bare
            yield from self._lexicon.runs.get(pair, ())

    def match(self, phrase: Phrase, first: int) -> Hit | None:
        """The phrase starting at word ``first``, at its longest; None if it does not stand there."""
        best: _State | None = None
        for state in self._sequence(phrase.items, 0, _State(first, 0.0, 0, 0)):
            if not _within_allowance(state) or state.at == first:
                continue
            if best is None or (state.edits, -state.at) < (best.edits, -best.at):
                best = state
        return Hit(phrase, first, best.at, best.edits) if best else None

    def _sequence(self, items: tuple[Item, ...], index: int, state: _State) -> Iterator[_State]:
        if index == len(items):
            yield state
            return
        for after in self._item(items[index], state):
            yield from self._sequence(items, index + 1, after)

    def _item(self, item: Item, state: _State) -> Iterator[_State]:
        if isinstance(item, Literal):
            yield from self._literal(item, state)
        elif isinstance(item, Choice):
            for option in item.options:
                yield from self._sequence(option, 0, state)
            if item.optional:
                yield state
        elif isinstance(item, Gap):
            yield from self._gap(item, state)
        else:
            yield from self._kind(item, state)

    def _literal(self, item: Literal, state: _State) -> Iterator[_State]:
        if state.at >= len(self._tokens):
            return
        if item.width > 1:
            run = "".join(token.bare for token in self._tokens[state.at : state.at + item.width])
            if run == item.bare:
                yield _State(
                    state.at + item.width, state.edits, state.words + 2, state.letters + 2 * item.width
                )
            return
        number = self._lexicon.number[item]
        letters = state.letters + len(item.bare)
        away = self._alike[state.at].get(number)
        if away is not None:
            yield _State(state.at + 1, state.edits + away, state.words + 1, letters)
        away = self._split[state.at].get(number)
        if away is not None:
            yield _State(state.at + 2, state.edits + away, state.words + 1, letters)

    def _gap(self, item: Gap, state: _State) -> Iterator[_State]:
        yield state
        for skipped in range(1, item.words + 1):
            at = state.at + skipped
            if at >= len(self._tokens) or not self._same_sentence(state.at - 1, at):
                return
            yield _State(at, state.edits, state.words, state.letters)

    def _same_sentence(self, first: int, second: int) -> bool:
        return first < 0 or self._tokens[first].sentence == self._tokens[second].sentence

    def _kind(self, item: Kind, state: _State) -> Iterator[_State]:
        if state.at >= len(self._tokens):
            return
        token = self._tokens[state.at]
        if item is Kind.OPENS:
            if token.opens:
                yield state
        elif item is Kind.TOP:
            if state.at < TOP_WORDS:
                yield state
        elif (
            item is Kind.ANY
            or (item is Kind.NUMBER and token.bare.isdigit())
            or (item is Kind.NAME and token.capital)
        ):
            yield _State(state.at + 1, state.edits, state.words, state.letters)


def _within_allowance(state: _State) -> bool:
    if not state.edits:
        return True
    if state.words == 1 and state.letters < SINGLE_LETTERS_MIN:
        return False
    allowance = ALLOWANCE_BY_WORDS[min(state.words, len(ALLOWANCE_BY_WORDS) - 1)]
    return state.edits <= max(allowance * state.letters, 0.5)


def _least_letters(item: Item) -> int:
    if isinstance(item, Literal):
        return len(item.bare) * (3 if item.width > 1 else 1)
    if isinstance(item, Choice) and not item.optional:
        return min(sum(_least_letters(part) for part in option) for option in item.options)
    return 0
