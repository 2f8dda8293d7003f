"""Names that the campaign gives: its organisation, and words of interest for a case."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mailroom.finding import Label, Severity
from worker.screening.matching.matcher import Matcher
from worker.screening.phrases.pattern import Kind, Literal, Shape, run_literals
from worker.screening.phrases.phrase import ANY_LANGUAGE, Phrase
from worker.screening.subject import Match, Subject
from worker.screening.words.text import message_of

# From this length on a word of interest also counts with an ending ("freedom's", "свободы").
ENDING_LETTERS_MIN = 5


def find_organisation(subject: Subject) -> Iterable[Match]:
    """The campaign's own names for the organisation behind it."""
    for start, end in _places(subject, subject.scope.organisation):
        reason = "It names the organisation behind the campaign, which can harm the person it is for."
        yield Match(Label.ORGANISATION, "organisation.campaign_name", Severity.LOOK, reason, start, end)


def find_words_of_interest(subject: Subject) -> Iterable[Match]:
    """The words that a coordinator set for this case."""
    for start, end in _places(subject, subject.scope.words):
        reason = "This is a word of interest for this case."
        yield Match(Label.TRIGGER_WORD, "trigger_word.case", Severity.LOOK, reason, start, end)


def _places(subject: Subject, names: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    if not names:
        return
    tokens = subject.message.tokens
    matcher = _matcher(names)
    for hit in matcher.hits(matcher.look(subject.message), frozenset()):
        yield tokens[hit.first].start, tokens[hit.last - 1].end


@lru_cache(maxsize=500)
def _matcher(names: tuple[str, ...]) -> Matcher:
    phrases = []
    for owner, name in enumerate(names):
        items = _literals(name)
        if items:
            phrases.append(Phrase(items, ANY_LANGUAGE, owner))
    return Matcher(phrases)


def _literals(name: str) -> tuple[Literal | Kind, ...]:
    tokens = message_of(name).tokens
    if tokens and all(token.runs for token in tokens):
        return run_literals([token.bare for token in tokens])
    literals = [Literal(token.bare) for token in tokens]
    if literals and len(literals[-1].bare) >= ENDING_LETTERS_MIN:
        literals[-1] = Literal(literals[-1].bare, Shape.START)
    return tuple(literals)
