"""The parts that a phrase is written in, and what a word, a gap or a sign among them stands for.

How they hang together, by brackets and bars, is for ``phrase_parser`` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from worker.screening.phrases.pattern import Gap, Item, Kind, Literal, Shape, run_literals
from worker.screening.words.text import message_of

# A gap's words, where its phrase gives no number, and the most that one may give.
GAP_WORDS, GAP_WORDS_MAX = 3, 12
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
# Letters of what may have others beside it.
_START_LETTERS_MIN = 2


class PatternError(ValueError):
    """A phrase that cannot be used; the message says why."""


def parts_of(phrase: str) -> list[str]:
    """The parts from left to right, without white space; raises PatternError."""
    found = _PART.findall(phrase)
    if sum(map(len, found)) < len(phrase):
        # All but this one is some part.
        raise PatternError("a stray '$'")
    return [part for part in found if not part.isspace()]


def items_of(part: str) -> tuple[Item, ...]:
    """What a part that is no bracket, bar or class stands for; raises PatternError."""
    if part in _KINDS:
        return (_KINDS[part],)
    if part.startswith(".."):
        words = int(part[2:] or GAP_WORDS)
        if words > GAP_WORDS_MAX:
            raise PatternError(f"a gap of {words} words; at most {GAP_WORDS_MAX}")
        return (Gap(words),)
    return _words(part)


def with_any_ending(option: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, the last of which may end in any letters if it is a word; raises PatternError."""
    last = option[-1]
    if not isinstance(last, Literal) or last.width > 1:
        return option
    beginning = last._replace(shape=Shape.START)
    _refuse_too_short(beginning)
    return (*option[:-1], beginning)


def forget_words() -> None:
    """Let go of words parsed before, once all phrases are."""
    _words.cache_clear()


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
