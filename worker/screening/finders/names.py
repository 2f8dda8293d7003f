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


def near_names(subject: Subject) -> frozenset[Label]:
    """The labels of the campaign's names and words that nearly stand there."""
    scope = subject.scope
    if not scope.organisation and not scope.words:
        return frozenset()
    # Both at once: to part a message into words costs more than to search it.
    matcher = _matcher(scope.organisation, scope.words)
    searches = matcher.near_searches(subject.message, subject.languages)
    hits = (hit for search, counts in searches for hit in matcher.hits(search, frozenset()) if counts(hit))
    labels = (Label.ORGANISATION, Label.TRIGGER_WORD)
    return frozenset(labels[hit.phrase.owner] for hit in hits)


def _places(subject: Subject, names: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    if not names:
        return
    tokens = subject.message.tokens
    matcher = _matcher(names)
    for hit in matcher.hits(matcher.look(subject.message), frozenset()):
        yield tokens[hit.first].start, tokens[hit.last - 1].end


@lru_cache(maxsize=500)
def _matcher(*groups: tuple[str, ...]) -> Matcher:
    """A matcher of names; the ``owner`` of a phrase is the place of the group that its name is of."""
    return Matcher(
        [
            Phrase(items, ANY_LANGUAGE, owner)
            for owner, names in enumerate(groups)
            for name in names
            for items in _ways(name)
            if items
        ]
    )


def _ways(name: str) -> Iterable[tuple[Literal | Kind, ...]]:
    """A name as it is, and with an ending."""
    tokens = message_of(name).tokens
    if tokens and all(token.runs for token in tokens):
        yield run_literals([token.bare for token in tokens])
        return
    literals = tuple(Literal(token.bare) for token in tokens)
    yield literals
    if literals and len(literals[-1].bare) >= ENDING_LETTERS_MIN:
        yield (*literals[:-1], Literal(literals[-1].bare, Shape.START))
