"""Words that were read as one, parted again: ``peridiritti`` is ``per i diritti``, ``apt12`` is ``apt 12``.

Of all ways to part a word the likeliest is taken, by how common its parts are (the unigram model of Norvig,
"Natural language corpus data", 2009). Every part must be a known word; else it stays whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from worker.screening.words.message import Message, Token
from worker.vocabulary import frequencies

LETTERS_MIN = 4
LETTERS_MAX = 40
PART_LETTERS_MAX = 20
HALVED_MIN, HALVED_MAX = 3, 14
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


def halved(message: Message, is_listed: Test) -> Message:
    """The message, each word that is none of the packs, be it common, but may be two of them, as these two.

    Spaces are what is misread most: ``tas`` for ``t as``, ``lafe`` for ``la fe``. The same object where
    there is no such word.
    """
    tokens = [part for token in message.tokens for part in _halves(token, message.text, is_listed)]
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
    return _cut(token, text, parts)


def _halves(token: Token, text: str, is_listed: Test) -> list[Token]:
    word = token.plain
    may_be_two = _has_known_places(token) and word.isalpha() and HALVED_MIN <= len(word) <= HALVED_MAX
    if not may_be_two or is_listed(token.bare):
        return [token]
    middle = len(word) / 2
    ways = [
        cut for cut in range(1, len(word)) if is_listed(token.bare[:cut]) and is_listed(token.bare[cut:])
    ]
    cut = min(ways, key=lambda at: abs(at - middle), default=0)
    return _cut(token, text, [word[:cut], word[cut:]] if cut else [word])


def _cut(token: Token, text: str, parts: Sequence[str]) -> list[Token]:
    """The token in these parts of its spelling."""
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


def _has_known_places(token: Token) -> bool:
    # Where a spelling is longer than what was written, no letter's place is known.
    return not token.runs and len(token.plain) == len(token.bare) == token.end - token.start


def _may_be_several(token: Token) -> bool:
    return _has_known_places(token) and not token.ordinary and LETTERS_MIN <= len(token.bare) <= LETTERS_MAX


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
