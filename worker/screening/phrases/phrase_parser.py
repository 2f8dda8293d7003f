"""Reads phrases of the language that rule packs are written in (``pattern``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby

from worker.screening.phrases.pattern import (
    Choice,
    Gap,
    Item,
    Kind,
    Literal,
    Shape,
    all_literals,
    literals,
    run_literals,
    width_max,
)
from worker.screening.words.text import message_of

GAP_WORDS = 3
GAP_WORDS_MAX = 12
LITERALS_MAX = 1600
WIDTH_MAX = 80
CLASSES_DEEP_MAX = 4
# Half of the words of the packs come more than once.
WORDS_KEPT = 50_000

_KINDS = {
    "_": Kind.ANY,
    "<number>": Kind.NUMBER,
    "<Name>": Kind.NAME,
    "^": Kind.OPENS,
    "<top>": Kind.TOP,
}
# White space, a mark, a gap, a class or a word.
_PART = re.compile(r"\s+|[()|?]|\.\.\d*|\$\w+|[^\s()|?$]+")
_START_LETTERS_MIN = 2


class PatternError(ValueError):
    """A phrase that cannot be used; the message says why."""


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
        if sum(len(all_literals(option)) for option in options) > LITERALS_MAX:
            raise PatternError("its classes hold too many words")
        return options


def forget_words() -> None:
    """Let go of words parsed before, once all phrases are."""
    _words.cache_clear()


def parse(phrase: str, classes: Classes | None = None) -> tuple[Item, ...]:
    """The items of ``phrase``; raises PatternError."""
    parser = _Parser(_parts(phrase), classes or Classes())
    items = parser.sequence()
    if parser.part is not None:
        raise PatternError(f"{parser.part!r} where nothing was open")
    if not any(literals(item) for item in items):
        raise PatternError("it names no word that has to stand there")
    if width_max(items) > WIDTH_MAX or len(all_literals(items)) > LITERALS_MAX:
        raise PatternError("it is too long; write several phrases")
    return items


def _parts(phrase: str) -> list[str]:
    found = _PART.findall(phrase)
    if sum(map(len, found)) < len(phrase):
        # All but this one is some part.
        raise PatternError("a stray '$'")
    return [part for part in found if not part.isspace()]


class _Parser:
    """``part`` is the part that comes next, None at the end."""

    def __init__(self, parts: list[str], classes: Classes) -> None:
        self._coming = iter(parts)
        self._classes = classes
        self.part = next(self._coming, None)

    def _take(self) -> str:
        assert self.part is not None
        taken = self.part
        self.part = next(self._coming, None)
        return taken

    def sequence(self) -> tuple[Item, ...]:
        items: list[Item] = []
        while self.part is not None and self.part not in (")", "|"):
            items.extend(self._alternatives())
        return tuple(items)

    def _alternatives(self) -> tuple[Item, ...]:
        first = self._single()
        options = [first]
        while self.part == "|":
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
            found = repr(self.part) if self.part else "the end"
            raise PatternError(f"{found} where a word was due")
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
    beginning = last._replace(shape=Shape.START)
    _refuse_too_short(beginning)
    return (*option[:-1], beginning)


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
def _words(part: str) -> tuple[Literal, ...]:
    if part.isascii() and part.isalpha():
        # Half of all words; the long way comes to the same.
        return (Literal(part.lower()),)
    strict = part.startswith("=")
    body = part.lstrip("=")
    before, after = body.startswith("*"), body.endswith("*")
    core = body.strip("*")
    if "*" in core or "<" in core or "=" in core:
        raise PatternError(f"a stray mark in {part!r}")
    tokens = message_of(core).tokens
    if not tokens:
        raise PatternError(f"{part!r} holds no letter")
    shapes = _shapes(len(tokens), before, after)
    found: list[Literal] = []
    for runs, stretch in groupby(zip(tokens, shapes, strict=True), lambda pair: pair[0].runs):
        if runs:
            found += run_literals([token.bare for token, _ in stretch])
        else:
            found += (Literal(token.bare, shape, token.plain if strict else "") for token, shape in stretch)
    for literal in found:
        _refuse_too_short(literal)
    return tuple(found)


def _shapes(words: int, before: bool, after: bool) -> list[Shape]:
    """The shape of each word of which the first may have any beginning, the last any ending."""
    shapes = [Shape.WHOLE] * words
    if before:
        shapes[0] = Shape.END
    if after:
        shapes[-1] = Shape.PART if before and words == 1 else Shape.START
    return shapes


def _refuse_too_short(literal: Literal) -> None:
    # A Hangul or Devanagari character holds a whole syllable.
    least = _START_LETTERS_MIN if ord(literal.bare[0]) < 0x0900 else 1
    if literal.shape is not Shape.WHOLE and len(literal.bare) < least:
        raise PatternError(f"{literal.bare!r} with any letters beside it would match nearly any word")
