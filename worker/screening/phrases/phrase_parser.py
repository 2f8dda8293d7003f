"""Reads phrases of the language that rule packs are written in (``pattern``)."""

from __future__ import annotations

from collections.abc import Mapping

from worker.screening.phrases.pattern import Choice, Item, Kind, all_literals, literals, width_max
from worker.screening.phrases.phrase_parts import PatternError, items_of, parts_of, with_any_ending

# Words that a phrase or a class may name, and that a phrase may take up: none takes long to match.
LITERALS_MAX, WIDTH_MAX = 1600, 80
CLASSES_DEEP_MAX = 4


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
        parser = _Parser(["(", *parts_of(body), ")"], self)
        options = parser.group()
        if parser.part is not None:
            raise PatternError(f"{parser.part!r} where nothing was open")
        if sum(len(all_literals(option)) for option in options) > LITERALS_MAX:
            raise PatternError("its classes hold too many words")
        return options


def parse(phrase: str, classes: Classes | None = None) -> tuple[Item, ...]:
    """The items of ``phrase``; raises PatternError."""
    parser = _Parser(parts_of(phrase), classes or Classes())
    items = parser.sequence()
    if parser.part is not None:
        raise PatternError(f"{parser.part!r} where nothing was open")
    if not any(literals(item) for item in items):
        raise PatternError("it names no word that has to stand there")
    if width_max(items) > WIDTH_MAX or len(all_literals(items)) > LITERALS_MAX:
        raise PatternError("it is too long; write several phrases")
    return items


class _Parser:
    """Goes through the parts once (recursive descent); ``part`` comes next, None at the end."""

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
        """A word or a group, or several with bars between them; a question mark is for all of these."""
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
            return items_of(self._take())
        group = self.group() if self.part == "(" else self._classes.options(self._take()[1:])
        if self.part == "*":
            self._take()
            return (Choice(tuple(with_any_ending(option) for option in group)),)
        return (Choice(group),)

    def group(self) -> tuple[tuple[Item, ...], ...]:
        """The options between two brackets; raises PatternError."""
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
        """What stands between two bars or brackets; a question mark is for the word before it alone."""
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
