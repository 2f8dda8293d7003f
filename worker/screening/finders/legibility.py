"""Whether there is anything to read, in a language that the case allows."""

from __future__ import annotations

from collections.abc import Iterable

from mailroom.finding import Label, Severity
from mailroom.reading import Content
from worker.screening.subject import Match, Subject

UNREADABLE_BELOW = 0.6
LANGUAGE_WORDS_MIN = 4


def find_unreadable(subject: Subject) -> Iterable[Match]:
    """A side that holds writing which the engine could not read."""
    reading = subject.reading
    if reading is None or reading.content is Content.BLANK:
        return
    if reading.content is Content.UNREADABLE or (
        reading.text.strip() and reading.confidence < UNREADABLE_BELOW
    ):
        reason = "The writing could not be read well enough to be screened."
        yield Match(Label.UNREADABLE, "unreadable.reading", Severity.LOOK, reason)


def find_language(subject: Subject) -> Iterable[Match]:
    """A language that the case does not allow."""
    allowed = subject.scope.languages
    if not allowed or subject.language is None or subject.language in allowed:
        return
    if len(subject.message.tokens) >= LANGUAGE_WORDS_MIN:
        reason = "It is written in a language that this case does not take."
        yield Match(Label.LANGUAGE, "language.not_taken", Severity.LOOK, reason)
