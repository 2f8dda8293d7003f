"""Words of a language that is not the card's, which the rules of its language know nothing of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from worker.screening.subject import Subject
from worker.screening.words.languages import alphabets_of
from worker.screening.words.letters import alphabet
from worker.screening.words.message import Token
from worker.screening.words.ordinary import MUCH_INFLECTED
from worker.screening.words.text import message_of

# Of so many words in a row so many are unknown: 1 in 100 clean messages has such a place.
ROW, UNKNOWN = 4, 3
ROW_INFLECTED, UNKNOWN_INFLECTED = 5, 4
CASES_KEPT = 100


def doubts_of_strange_words(subject: Subject) -> Iterable[str]:
    """What in a side's words speaks against letting it go unseen, a sentence each."""
    if not subject.languages:
        return
    if _has_strange_row(subject):
        yield "Some words in a row are not known to the language of the card."
    if _has_other_script(subject):
        yield "Some words are in another script than the language of the card."


def _has_strange_row(subject: Subject) -> bool:
    inflected = bool(subject.languages & MUCH_INFLECTED)
    row, unknown = (ROW_INFLECTED, UNKNOWN_INFLECTED) if inflected else (ROW, UNKNOWN)
    strange = [not token.ordinary for token in subject.message.tokens if _tells(token)]
    return any(sum(strange[begin : begin + row]) >= unknown for begin in range(len(strange)))


def _tells(token: Token) -> bool:
    # A capital within a sentence is mostly that of a name, which no list need hold; nor does any list hold
    # the many endings of Korean.
    korean = "\uac00" <= token.bare[:1] <= "\ud7af"
    return token.bare.isalpha() and not (token.runs or korean) and (token.opens or not token.capital)


def _has_other_script(subject: Subject) -> bool:
    # Latin words, mostly names, stand in texts of any script.
    own = alphabets_of(subject.languages) | {"L"}
    names = _words_of(tuple(name for case in subject.scope.cases for name in case.names))
    return any(
        not own.issuperset(map(alphabet, token.bare))
        for token in subject.message.tokens
        if token.bare.isalpha() and (token.runs or len(token.bare) > 1) and token.bare not in names
    )


@lru_cache(CASES_KEPT)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token.bare for name in names for token in message_of(name).tokens)
