"""Words that were read as one, parted again: ``peridiritti`` is ``per i diritti``, ``apt12`` is ``apt 12``.

Of all ways to part a word the likeliest is taken, by how common its parts are (the unigram model of Norvig,
"Natural language corpus data", 2009). Every part must be a known word; else it stays whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from worker.screening.text import Message, Token
from worker.vocabulary import frequencies

LETTERS_MIN = 4
LETTERS_MAX = 40
PART_LETTERS_MAX = 20
# What a word of the packs costs, in nats, where the lists do not say how common it is.
OF_THE_PACKS, OF_THE_PACKS_SHORT = 10.0, 16.0
# One that is only near to a word of the packs, being misread besides.
NEAR_ONE, NEAR_LETTERS_MIN = 30.0, 6
# Dearer by the letter than this, a word is more likely whole and unknown.
LETTER_MAX = 4.0
# Nearly any letter stands in the lists by itself.
SHORT, SHORT_FROM = 2, 1e-3

Cost = Callable[[str], float]
Test = Callable[[str], bool]


def respaced(message: Message, languages: Iterable[str], is_listed: Test, is_near_one: Test) -> Message:
    """The message, each unknown word in its likeliest parts; the same object where no word is parted.

    ``is_listed`` tells the words of the packs, which no list of common words need hold, and ``is_near_one``
    what may be one of them misread.
    """
    cost = _cost_in([frequencies(language) for language in sorted(languages)], is_listed, is_near_one)
    tokens = [part for token in message.tokens for part in _parts(token, message.text, cost)]
    return message if len(tokens) == len(message.tokens) else Message(message.text, tuple(tokens))


def _cost_in(lists: list[Mapping[str, float]], is_listed: Test, is_near_one: Test) -> Cost:
    def cost(part: str) -> float:
        share = max((known.get(part, 0.0) for known in lists), default=0.0)
        if share and (len(part) > SHORT or share >= SHORT_FROM):
            return -math.log(share)
        if is_listed(part):
            return OF_THE_PACKS if len(part) > SHORT else OF_THE_PACKS_SHORT
        return NEAR_ONE if len(part) >= NEAR_LETTERS_MIN and is_near_one(part) else math.inf

    return cost


def _parts(token: Token, text: str, cost: Cost) -> list[Token]:
    if not _may_be_several(token):
        return [token]
    parts: list[str] = []
    for begin, end in pairwise(_seams(text[token.start : token.end])):
        piece = token.plain[begin:end]
        parts += _likeliest(piece, cost) if piece.isalpha() else (piece,)
    if len(parts) == 1:
        return [token]
    ends = [sum(map(len, parts[: index + 1])) for index in range(len(parts))]
    return [
        replace(
            token,
            bare=token.bare[end - len(part) : end],
            plain=part,
            start=token.start + end - len(part),
            end=token.start + end,
            capital=text[token.start + end - len(part)].isupper(),
            opens=token.opens and end == len(part),
            forms=(),
            respelt=None,
        )
        for part, end in zip(parts, ends, strict=True)
    ]


def _may_be_several(token: Token) -> bool:
    # Where a spelling is longer than what was written, no letter's place is known.
    known = len(token.plain) == len(token.bare) == token.end - token.start
    return not token.runs and not token.ordinary and known and LETTERS_MIN <= len(token.bare) <= LETTERS_MAX


def _seams(written: str) -> Iterable[int]:
    """Where another word surely begins: at a number beside letters, at a capital after a small letter."""
    yield 0
    for place, (before, after) in enumerate(pairwise(written), 1):
        if before.isdigit() != after.isdigit() or (before.islower() and after.isupper()):
            yield place
    yield len(written)


def _likeliest(word: str, cost: Cost) -> tuple[str, ...]:
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        ways = (
            (best[begin][0] + cost(word[begin:end]), (*best[begin][1], word[begin:end]))
            for begin in range(max(0, end - PART_LETTERS_MAX), end)
        )
        best.append(min(ways))
    cheapest, parts = best[-1]
    return parts if cheapest <= LETTER_MAX * len(word) else (word,)
