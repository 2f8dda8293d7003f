"""Phrases in the form in which they are matched: word numbers in sets instead of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from worker.screening.phrases.pattern import Choice, Gap, Item, Kind, Literal


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the literals of these numbers."""

    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several sequences, or nothing at all if ``optional``."""

    options: tuple[tuple[Node, ...], ...]
    optional: bool


Node = AnyOf | Branch | Gap | Kind


def compile_items(items: tuple[Item, ...], numbers: Mapping[Literal, int]) -> tuple[Node, ...]:
    """The nodes for a phrase's items."""
    return tuple(_compile(item, numbers) for item in items)


def required(nodes: tuple[Node, ...]) -> tuple[frozenset[int], ...]:
    """Sets of literals; wherever the nodes match, one of each set stands."""
    sets: list[frozenset[int]] = []
    for node in nodes:
        if isinstance(node, AnyOf):
            sets.append(node.numbers)
        elif isinstance(node, Branch) and not node.optional:
            best = [min(required(option), key=len, default=frozenset()) for option in node.options]
            if all(best):
                sets.append(frozenset().union(*best))
    return tuple(sets)


def _compile(item: Item, numbers: Mapping[Literal, int]) -> Node:
    if isinstance(item, Literal):
        return AnyOf(frozenset({numbers[item]}))
    if not isinstance(item, Choice):
        return item
    options = _flat(item)
    singles = frozenset(
        numbers[option[0]] for option in options if len(option) == 1 and isinstance(option[0], Literal)
    )
    others = tuple(
        compile_items(option, numbers)
        for option in options
        if not (len(option) == 1 and isinstance(option[0], Literal))
    )
    if singles and not others and not item.optional:
        return AnyOf(singles)
    first: tuple[tuple[Node, ...], ...] = ((AnyOf(singles),),) if singles else ()
    return Branch(first + others, item.optional)


def _flat(choice: Choice) -> list[tuple[Item, ...]]:
    """The options, with choices that are an option by themselves drawn up."""
    found: list[tuple[Item, ...]] = []
    for option in choice.options:
        inner = option[0]
        if len(option) == 1 and isinstance(inner, Choice) and not inner.optional:
            found.extend(_flat(inner))
        else:
            found.append(option)
    return found
