"""The small language that rule packs are written in; ``phrase_parser`` reads it.

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

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property
from typing import NamedTuple


class Shape(StrEnum):
    """How a literal is compared with a word; a string, as literals are hashed by the hundred thousand."""

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


class Literal(NamedTuple):
    """A word; for a script without spaces, a run of ``width`` characters."""

    bare: str
    shape: Shape = Shape.WHOLE
    exactly: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``words`` other words."""

    words: int


@dataclass(frozen=True)
class Choice:
    """One of several sequences, or nothing at all if ``optional``."""

    options: tuple[tuple[Item, ...], ...]
    optional: bool = False

    @cached_property
    def words(self) -> tuple[Literal, ...]:
        """Every word that it names."""
        return tuple(word for option in self.options for word in all_literals(option))

    @cached_property
    def certain(self) -> tuple[Literal, ...]:
        """The words one of which is certain to stand where it matches; none if that is not certain."""
        if self.optional:
            return ()
        found: list[Literal] = []
        for option in self.options:
            best = literals(option[_anchor(option)])
            if not best:
                return ()
            found.extend(best)
        return tuple(found)

    @cached_property
    def lead_max(self) -> int:
        """The most words that may stand before one of the ``certain`` words within an option."""
        places = [(option, _anchor(option)) for option in self.options]
        return max(width_max(option[:place]) + lead_max(option[place]) for option, place in places)

    @cached_property
    def width_max(self) -> int:
        """The most words that it can take up."""
        return max(map(width_max, self.options))


Item = Literal | Gap | Choice | Kind


def run_literals(characters: Sequence[str]) -> tuple[Literal, ...]:
    """Characters of a script without spaces as one run; one by one where some are written as two."""
    if len(characters) == 1 or any(len(character) != 1 for character in characters):
        return tuple(map(Literal, characters))
    return (Literal("".join(characters), width=len(characters)),)


def literals(item: Item) -> tuple[Literal, ...]:
    """The words one of which is certain to stand where ``item`` matches; none if that is not certain."""
    if isinstance(item, Literal):
        return (item,)
    return item.certain if isinstance(item, Choice) else ()


def lead_max(item: Item) -> int:
    """The most words that may stand before one of the ``literals`` of an item within it."""
    return item.lead_max if isinstance(item, Choice) else 0


def all_literals(items: tuple[Item, ...]) -> list[Literal]:
    """Every word that the items name."""
    found: list[Literal] = []
    for item in items:
        if isinstance(item, Literal):
            found.append(item)
        elif isinstance(item, Choice):
            found.extend(item.words)
    return found


def anchors(items: tuple[Item, ...]) -> list[int]:
    """The indexes of the items that name words, those least likely to stand in a text by chance first."""
    selectivity = {
        index: _selectivity(named) for index, item in enumerate(items) if (named := literals(item))
    }
    return sorted(selectivity, key=lambda index: -selectivity[index])


def _anchor(option: tuple[Item, ...]) -> int:
    """The index of the item whose words are least likely to stand in a text by chance."""
    return max(range(len(option)), key=lambda index: _selectivity(literals(option[index])))


def width_max(items: tuple[Item, ...]) -> int:
    """The most words that the items can take up."""
    return sum(_width_max(item) for item in items)


def _width_max(item: Item) -> int:
    if isinstance(item, Literal):
        return item.width if item.width > 1 else 2
    if isinstance(item, Gap):
        return item.words
    if isinstance(item, Choice):
        return item.width_max
    return 0 if item in (Kind.OPENS, Kind.TOP) else 1


def _selectivity(words: tuple[Literal, ...]) -> float:
    if not words:
        return -1.0
    shortest = min(len(word.bare) * (2 if word.width > 1 else 1) for word in words)
    return shortest - 0.1 * len(words)
