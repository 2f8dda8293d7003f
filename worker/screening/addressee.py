"""Whom a card is for, among the cases of the campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from mailroom.finding import Addressee, Label, Severity
from mailroom.scope import CaseNames, Scope
from worker.screening.subject import Match
from worker.screening.words.letters import bare_of
from worker.screening.words.message import Message

# Rapidfuzz partial_ratio (0 to 100); names shorter than this must stand letter by letter.
FUZZY_LETTERS_MIN = 5
NAMED_AT = 85.0
CLEARLY_OTHER_AT = 92.0
LAID_UNDER = 0.75
TOP_CHARACTERS = 90
# What stands before or beside a name without being one: "The Haddad family".
_NO_NAMES = frozenset(
    {
        "a",
        "the",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "i",
        "die",
        "der",
        "das",
        "de",
        "het",
    }
    | {"family", "famille", "familie", "familia", "famiglia", "rodzina"}
    | {"community", "communaute", "comunidad", "comunidade", "comunita", "gemeinde", "gemeinschaft"}
)


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How like a name, or the given name in it, is to what stands on a card (0 to 100)."""

    score: float
    name: str

    def says_less_than(self, other: _Likeness) -> bool:
        """Whether the other name is this one and more, as a given name is of a whole one."""
        return self.name != other.name and f" {self.name} " in f" {other.name} "


def find_addressee(texts: Sequence[str], scope: Scope) -> Addressee | None:
    """The case that the texts of a card name best, or the one it was laid under; None without either.

    A whole name counts before a given name that is a part of it. Of a card that was laid under no case and
    names several alike, it is not known whom it is for. The score is the likeness of the name found (0.85
    to 1); a case that the card was laid under but does not name has ``LAID_UNDER``.
    """
    plain = [_plain(text) for text in texts]
    likenesses = {case.slug: _likeness(case, plain) for case in scope.cases}
    if scope.slug is not None:
        own = likenesses.get(scope.slug, _UNNAMED)
        if not any(_is_clearly_rather(other, own) for other in likenesses.values()):
            return Addressee(scope.slug, round(max(own.score / 100, LAID_UNDER), 3))
    named = {slug: found for slug, found in likenesses.items() if found.score >= NAMED_AT}
    best = [slug for slug, found in named.items() if not any(map(found.says_less_than, named.values()))]
    top = max((named[slug].score for slug in best), default=0.0)
    best = [slug for slug in best if named[slug].score == top]
    if not best or (len(best) > 1 and scope.slug is None):
        return None
    return Addressee(best[0], round(top / 100, 3))


def find_other_case(message: Message, addressee: Addressee | None, scope: Scope) -> Iterable[Match]:
    """A card that greets another case than the one it was laid under."""
    if addressee is None or scope.slug is None or addressee.slug == scope.slug:
        return
    case = next((case for case in scope.cases if case.slug == addressee.slug), None)
    span = _span(case, message) if case else None
    if span:
        reason = f"It seems to be written to another case of this campaign: {addressee.slug}."
        yield Match(Label.WRONG_ADDRESSEE, "wrong_addressee.other_case", Severity.LOOK, reason, *span)


def _is_clearly_rather(other: _Likeness, own: _Likeness) -> bool:
    return other.score >= CLEARLY_OTHER_AT and (own.score < NAMED_AT or own.says_less_than(other))


def _likeness(case: CaseNames, texts: Sequence[str]) -> _Likeness:
    """The best likeness of any of the case's names; the longer name of two alike."""
    found = (_Likeness(_name_score(part, text), part) for part in _all_parts(case) for text in texts)
    return max(found, key=lambda likeness: (likeness.score, len(likeness.name)), default=_UNNAMED)


def _all_parts(case: CaseNames) -> Iterable[str]:
    return (part for name in case.names for part in _parts(name))


def _parts(name: str) -> Iterable[str]:
    """The whole name, and the given name that cards greet with."""
    whole = _plain(name)
    yield whole
    first = next((word for word in whole.split() if word not in _NO_NAMES), "")
    if len(first) >= 3 and first != whole:
        yield first


def _name_score(name: str, text: str) -> float:
    if len(name) < FUZZY_LETTERS_MIN or not name.isascii():
        found = f" {name} " in f" {text} " if name.isascii() else name in text
        return 100.0 if found else 0.0
    if f" {name} " in f" {text} ":
        return 100.0
    # Misread names are looked for only where a card greets, so that chance likeness stays rare.
    top = text[:TOP_CHARACTERS]
    return max((fuzz.ratio(name, part) for part in _windows(top, name.count(" ") + 1)), default=0.0)


def _windows(text: str, words: int) -> Iterable[str]:
    parts = text.split()
    for index in range(len(parts)):
        yield " ".join(parts[index : index + words])


def _plain(text: str) -> str:
    bare = "".join(char if char.isalnum() or not char.isascii() else " " for char in bare_of(text))
    return " ".join(bare.split())


def _span(case: CaseNames, message: Message) -> tuple[int, int] | None:
    for part in sorted(_all_parts(case), key=len, reverse=True):
        words = part.split()
        for index in range(len(message.tokens) - len(words) + 1):
            window = message.tokens[index : index + len(words)]
            if fuzz.ratio(" ".join(token.bare for token in window), part) >= NAMED_AT:
                return window[0].start, window[-1].end
    return None


_UNNAMED = _Likeness(0.0, "")
