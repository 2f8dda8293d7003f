"""Words joined that were parted in writing: by an apostrophe, at a line's end, or letter by letter."""

from __future__ import annotations

from worker.screening.words.letters import alphabet
from worker.screening.words.message import Token

_CONTRACTED = frozenset(("s", "t", "m", "d", "re", "ve", "ll", "nt"))
_APOSTROPHES = "'’‘ʼ`´"
# Some hands break words with a double stroke; others are what engines take a stroke for.
_HYPHENS = frozenset("-‐\u00ad=¬~_")


def join_broken(text: str, tokens: list[Token]) -> list[Token]:
    """Join what an apostrophe of contraction, or a hyphen at a line's end, keeps apart."""
    joined: list[Token] = []
    for token in tokens:
        if joined and _belong_together(text, joined[-1], token):
            _append(joined[-1], token)
        else:
            joined.append(token)
    return joined


def _belong_together(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    if len(between) == 1 and between in _APOSTROPHES:
        return second.bare in _CONTRACTED
    broken = between[:1] in _HYPHENS and "\n" in between and between[1:].isspace()
    return broken and (not second.capital or _in_capitals(text, first, second))


def _in_capitals(text: str, *tokens: Token) -> bool:
    """Whether all is written in capitals, so that one tells nothing of where a word begins."""
    return all(text[token.start : token.end].isupper() for token in tokens)


def _append(first: Token, second: Token) -> None:
    first.bare += second.bare
    first.plain += second.plain
    first.end = second.end


def join_spaced(tokens: list[Token]) -> list[Token]:
    """Join four or more single letters that stand one by one, as in "A m n e s t y"."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        last = index
        while last + 1 < len(tokens) and _is_spaced(tokens[last], tokens[last + 1]):
            last += 1
        if last - index >= 3:
            for token in tokens[index + 1 : last + 1]:
                _append(tokens[index], token)
            joined.append(tokens[index])
        else:
            joined.extend(tokens[index : last + 1])
        index = last + 1
    return joined


def _is_spaced(first: Token, second: Token) -> bool:
    if (
        len(first.bare) != 1
        or len(second.bare) != 1
        or not first.bare.isalpha()
        or not second.bare.isalpha()
    ):
        return False
    if alphabet(first.bare) == "H" or alphabet(second.bare) == "H":
        return False
    return 1 <= second.start - first.end <= 2
