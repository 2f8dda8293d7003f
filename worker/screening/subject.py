"""What a finder is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from mailroom.finding import Label, Severity
from mailroom.reading import Box, Reading
from mailroom.scope import Scope
from worker.screening.words.alternatives import add_alternatives, mark_doubts
from worker.screening.words.message import Message
from worker.screening.words.ordinary import mark_ordinary
from worker.screening.words.text import message_of


@dataclass(frozen=True, slots=True)
class Subject:
    """One side's text, ready for finders.

    ``language`` is ISO 639-3 or None; ``languages`` are those that rules may be matched in (empty: any).
    ``reading`` is None for plain text, which is certain.
    """

    message: Message
    scope: Scope
    language: str | None
    languages: frozenset[str]
    reading: Reading | None = None

    @classmethod
    def of_text(
        cls,
        text: str,
        scope: Scope,
        language: str | None,
        languages: frozenset[str],
        reading: Reading | None = None,
    ) -> Self:
        """The subject that a text is, cut into words that are known for ordinary or not."""
        message = message_of(text)
        if reading is not None:
            mark_doubts(message, reading)
            add_alternatives(message, reading)
        mark_ordinary(message.tokens, languages)
        return cls(message, scope, language, languages, reading)

    @property
    def texts(self) -> tuple[str, ...]:
        """The text as it is taken, and as the engine said it: a rare name may stand in that alone."""
        raw = self.reading.raw_text if self.reading else ""
        return (self.text, raw) if raw else (self.text,)

    @property
    def text(self) -> str:
        """The text as written."""
        return self.message.text


@dataclass(frozen=True, slots=True)
class Match:
    """A finding before it is placed: characters ``start`` to ``end`` of the text, or a ``box`` of its own.

    ``from_words``: it rests on words of a pack alone, which may stand there innocently.
    """

    label: Label
    rule: str
    severity: Severity
    reason: str
    start: int = 0
    end: int = 0
    box: Box | None = None
    evidence: str = ""
    from_words: bool = False


class Finder(Protocol):
    """Finds one kind of thing in a subject."""

    def __call__(self, subject: Subject) -> Iterable[Match]:
        """Every place in the subject where the thing stands."""
        ...
