"""The small language that rule packs are written in.

One phrase a line, matched word by word, blind to case and accents:

=================  ====================================================================
``word``           this word; ``word*`` any ending, ``*word`` any beginning, ``*word*`` both
``=word``          this word with exactly these accents (``=sąd``)
``(a b|c)``        either of these; ``a|b`` for single words; ``$name`` a class of the pack
``(..)?`` ``w?``   may be missing
``_``              any one word
``..`` ``..N``     up to 3, or up to N (at most 12) other words of the same sentence
``<number>``       a number; ``<Name>`` a word with a capital letter
``^``              start of a sentence or line; ``<top>`` among the first words of the message
=================  ====================================================================

There is no repetition but the bounded gap, so no phrase can take long to match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from worker.screening.text import message_of

GAP_WORDS = 3
GAP_WORDS_MAX = 12
LITERALS_MAX = 1600
CLASSES_DEEP_MAX = 4
# Half of the words of the packs come more than once.
WORDS_KEPT = 50_000


class PatternError(ValueError):
    """A phrase that cannot be used; the message says why."""


class Shape(Enum):
    """How a literal is compared with a word."""

    WHOLE = "whole"
    START = "start"
    END = "end"
    PART = "part"


class Kind(Enum):
    """Items that stand for no particular word."""

    ANY = "any"
    NUMBER = "number"
    NAME = "name"
    OPENS = "opens"
    TOP = "top"


@dataclass(frozen=True, slots=True)
class Literal:
    """A word; for a script without spaces, a run of ``width`` characters."""

    bare: str
    shape: Shape = Shape.WHOLE
    exactly: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``words`` other words."""

    words: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or nothing at all if ``optional``."""

    options: tuple[tuple[Item, ...], ...]
    optional: bool = False


Item = Literal | Gap | Choice | Kind

_KINDS = {
    "_": Kind.ANY,
    "<number>": Kind.NUMBER,
    "<Name>": Kind.NAME,
    "^": Kind.OPENS,
    "<top>": Kind.TOP,
}
_PART = re.compile(r"\s+|(?P<mark>[()|?])|(?P<gap>\.\.\d*)|(?P<class>\$\w+)|(?P<word>[^\s()|?$]+)")
_START_LETTERS_MIN = 2


class Classes:
    """Groups of words that phrases use by name, as ``$name``; each is parsed once."""

    def __init__(self, bodies: Mapping[str, str] | None = None) -> None:
        self._bodies = bodies or {}
        self._parsed: dict[str, tuple[tuple[Item, ...], ...]] = {}
        self._begun: set[str] = set()

    def options(self, name: str) -> tuple[tuple[Item, ...], ...]:
        """What may stand for a class; raises PatternError."""
        if name not in self._parsed:
            if name not in self._bodies:
                raise PatternError(f"there is no class ${name}")
            if name in self._begun or len(self._begun) > CLASSES_DEEP_MAX:
                raise PatternError("its classes name each other, or too deeply")
            self._begun.add(name)
            try:
                self._parsed[name] = self._parse(self._bodies[name])
            finally:
                self._begun.discard(name)
        return self._parsed[name]

    def _parse(self, body: str) -> tuple[tuple[Item, ...], ...]:
        parser = _Parser(["(", *_parts(body), ")"], self)
        options = parser.group()
        if parser.part is not None:
            raise PatternError(f"{parser.part!r} where nothing was open")
        if sum(1 for option in options for _ in all_literals(option)) > LITERALS_MAX:
            raise PatternError("its classes hold too many words")
        return options


def parse(phrase: str, classes: Classes | None = None) -> tuple[Item, ...]:
    """The items of ``phrase``; raises PatternError."""
    parser = _Parser(_parts(phrase), classes or Classes())
    items = parser.sequence()
    if parser.part is not None:
        raise PatternError(f"{parser.part!r} where nothing was open")
    if not any(literals(item) for item in items):
        raise PatternError("it names no word that has to stand there")
    if width_max(items) > 80 or sum(1 for _ in all_literals(items)) > LITERALS_MAX:
        raise PatternError("it is too long; write several phrases")
    return items


def literals(item: Item) -> tuple[Literal, ...]:
    """The words one of which is certain to stand where ``item`` matches; none if that is not certain."""
    if isinstance(item, Literal):
        return (item,)
    if not isinstance(item, Choice) or item.optional:
        return ()
    found: list[Literal] = []
    for option in item.options:
        best = max((literals(part) for part in option), key=_selectivity, default=())
        if not best:
            return ()
        found.extend(best)
    return tuple(found)


def all_literals(items: tuple[Item, ...]) -> Iterator[Literal]:
    """Every word that the items name."""
    for item in items:
        if isinstance(item, Literal):
            yield item
        elif isinstance(item, Choice):
            for option in item.options:
                yield from all_literals(option)


def anchors(items: tuple[Item, ...]) -> list[int]:
    """The indexes of the items that name words, those least likely to stand in a text by chance first."""
    selectivity = {
        index: _selectivity(named) for index, item in enumerate(items) if (named := literals(item))
    }
    return sorted(selectivity, key=lambda index: -selectivity[index])


def width_max(items: tuple[Item, ...]) -> int:
    """The most words that the items can take up."""
    return sum(_width_max(item) for item in items)


def _width_max(item: Item) -> int:
    if isinstance(item, Literal):
        return item.width if item.width > 1 else 2
    if isinstance(item, Gap):
        return item.words
    if isinstance(item, Choice):
        return max(width_max(option) for option in item.options)
    return 0 if item in (Kind.OPENS, Kind.TOP) else 1


def _selectivity(words: tuple[Literal, ...]) -> float:
    if not words:
        return -1.0
    shortest = min(len(word.bare) * (2 if word.width > 1 else 1) for word in words)
    return shortest - 0.1 * len(words)


def _parts(phrase: str) -> list[str]:
    parts: list[str] = []
    position = 0
    while position < len(phrase):
        match = _PART.match(phrase, position)
        if match is None:
            raise PatternError(f"a stray {phrase[position]!r}")
        if match.lastgroup:
            parts.append(match.group())
        position = match.end()
    return parts


class _Parser:
    def __init__(self, parts: list[str], classes: Classes) -> None:
        self._parts = parts
        self._classes = classes
        self._at = 0

    @property
    def part(self) -> str | None:
        return self._parts[self._at] if self._at < len(self._parts) else None

    def _take(self) -> str:
        self._at += 1
        return self._parts[self._at - 1]

    def sequence(self) -> tuple[Item, ...]:
        items: list[Item] = []
        while self.part is not None and self.part not in (")", "|"):
            items.extend(self._alternatives())
        return tuple(items)

    def _alternatives(self) -> tuple[Item, ...]:
        first = self._single()
        options = [first]
        while self.part == "|" and self._at + 1 < len(self._parts):
            self._take()
            options.append(self._single())
        optional = self.part == "?"
        if optional:
            self._take()
        if len(options) == 1 and not optional:
            return first
        return (Choice(tuple(options), optional),)

    def _single(self) -> tuple[Item, ...]:
        if self.part is None or self.part in ("|", ")", "?"):
            raise PatternError(f"{self.part or 'the end'!r} where a word was due")
        if self.part[0] not in "($":
            return _item(self._take())
        group = self.group() if self.part == "(" else self._classes.options(self._take()[1:])
        if self.part == "*":
            self._take()
            return (Choice(tuple(_with_any_ending(option) for option in group)),)
        return (Choice(group),)

    def group(self) -> tuple[tuple[Item, ...], ...]:
        """The options between two brackets."""
        self._take()
        options = [self._option()]
        while self.part == "|":
            self._take()
            options.append(self._option())
        if self.part != ")":
            raise PatternError("a bracket is not closed")
        self._take()
        return tuple(options)

    def _option(self) -> tuple[Item, ...]:
        items: list[Item] = []
        while self.part is not None and self.part not in (")", "|"):
            items.extend(self._unit())
        if not any(literals(item) or isinstance(item, Kind) for item in items):
            raise PatternError("a choice that may be empty; write (..)? around what may be missing")
        return tuple(items)

    def _unit(self) -> tuple[Item, ...]:
        unit = self._single()
        if self.part == "?":
            self._take()
            return (Choice((unit,), True),)
        return unit


def _with_any_ending(option: tuple[Item, ...]) -> tuple[Item, ...]:
    last = option[-1]
    if not isinstance(last, Literal) or last.width > 1:
        return option
    return (*option[:-1], replace(last, shape=Shape.START))


def _item(part: str) -> tuple[Item, ...]:
    if part in _KINDS:
        return (_KINDS[part],)
    if part.startswith(".."):
        words = int(part[2:] or GAP_WORDS)
        if words > GAP_WORDS_MAX:
            raise PatternError(f"a gap of {words} words; at most {GAP_WORDS_MAX}")
        return (Gap(words),)
    return _words(part)


@lru_cache(maxsize=WORDS_KEPT)
def _words(part: str) -> tuple[Item, ...]:
    strict = part.startswith("=")
    body = part.lstrip("=")
    before, after = body.startswith("*"), body.endswith("*")
    core = body.strip("*")
    if "*" in core or "<" in core or "=" in core:
        raise PatternError(f"a stray mark in {part!r}")
    tokens = message_of(core).tokens
    if not tokens:
        raise PatternError(f"{part!r} holds no letter")
    if any(token.runs for token in tokens):
        bare = "".join(token.bare for token in tokens)
        return (Literal(bare, width=len(tokens)),)
    shapes = [Shape.WHOLE] * len(tokens)
    if before:
        shapes[0] = Shape.END
    if after:
        shapes[-1] = Shape.PART if before and len(tokens) == 1 else Shape.START
    for token, shape in zip(tokens, shapes, strict=True):
        if (
            len(tokens) == 1
            and shape is not Shape.WHOLE
            and len(token.bare) < _start_letters_min(token.bare)
        ):
            raise PatternError(f"{part!r} would match nearly any word")
    return tuple(
        Literal(token.bare, shape, token.plain if strict else "")
        for token, shape in zip(tokens, shapes, strict=True)
    )


def _start_letters_min(word: str) -> int:
    # A Hangul or Devanagari character holds a whole syllable.
    return _START_LETTERS_MIN if ord(word[0]) < 0x0900 else 1
