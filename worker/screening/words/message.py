"""A message and its words, as everything that screens knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(slots=True)
class Token:
    """One word: ``bare`` and ``plain`` spellings, its place, and the sentence it stands in.

    It is written from character ``start`` to before ``end`` of the text; sentences are numbered from 0.
    ``capital``: it begins with one; ``opens``: it begins a sentence or a line; ``runs``: it is a character
    of a script without spaces.

    ``ordinary``: a common word of the text's language; ``respelt``: what a misread one likely was;
    ``in_doubt``: the reader is not all but sure of it. By its ``forms`` a rule may know it, too; by
    ``short_forms`` only within a phrase, as too many words are near to them.
    """

    bare: str
    plain: str
    start: int
    end: int
    sentence: int
    capital: bool
    opens: bool = False
    runs: bool = False
    forms: tuple[str, ...] = ()
    ordinary: bool = False
    respelt: str | None = None
    in_doubt: bool = False
    short_forms: tuple[str, ...] = ()

    @property
    def meant(self) -> str:
        """The bare spelling that most likely stood there."""
        return self.respelt or self.bare


@dataclass(frozen=True)
class Message:
    """A text with its words."""

    text: str
    tokens: tuple[Token, ...] = field(repr=False)

    def literal(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` as written."""
        return self.text[start:end]

    def meant(self, first: int, last: int) -> str:
        """What tokens ``first`` to before ``last`` say, misread words as what they likely were."""
        parts: list[str] = []
        at = self.tokens[first].start
        for token in self.tokens[first:last]:
            if token.respelt:
                parts += (self.text[at : token.start], token.respelt)
                at = token.end
        return "".join((*parts, self.text[at : self.tokens[last - 1].end]))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence runs, as ``(first, past the last)`` token."""
        spans: list[tuple[int, int]] = []
        begin = 0
        for index in range(1, len(self.tokens) + 1):
            if index == len(self.tokens) or self.tokens[index].sentence != self.tokens[begin].sentence:
                spans.append((begin, index))
                begin = index
        return tuple(spans)
