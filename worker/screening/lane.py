"""Which lane a card takes, and why.

A failure, a doubt, an unknown language or a half-read card always means a person. A card is clear only
where every condition holds and the trust dial allows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from mailroom.finding import DIAL_OFF, Addressee, Finding, Label, Lane, Severity
from mailroom.reading import Content, Reading
from mailroom.scope import Scope

# The confidence of a side: the chance that less than 0.15 of it is misread.
SURE_FROM = 0.85
CLEAR_LETTERS_MIN = 20
ADDRESSEE_SURE_FROM = 0.9
LINE_DOUBT_BELOW = 0.5

_PICTURES = (Content.DRAWING, Content.PHOTOGRAPH, Content.FORM, Content.CUTTING)


@dataclass(frozen=True)
class SideState:
    """What the lane has to know of a side; ``reading`` is None for plain text, which is certain."""

    text: str
    language: str | None
    reading: Reading | None = None

    @cached_property
    def letters(self) -> int:
        """How many letters were read."""
        return sum(char.isalpha() for char in self.text)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is on this side."""
        return self.letters == 0 and (self.reading is None or self.reading.content is Content.BLANK)


def choose_lane(
    sides: Sequence[SideState],
    findings: Sequence[Finding],
    addressee: Addressee | None,
    scope: Scope,
    screened: frozenset[str],
    *,
    doubts: Iterable[str] = (),
    last_doubts: Iterable[str] = (),
) -> tuple[Lane, tuple[str, ...]]:
    """The lane and its reasons; ``screened`` are the languages (ISO 639-3) that the rules cover.

    ``doubts`` is what else speaks against letting the card go unseen, a sentence each; ``last_doubts``,
    which cost time, are only looked for where nothing does.
    """
    two_people = _named(findings, Severity.TWO_PEOPLE)
    if two_people:
        return Lane.SECOND_LOOK, (f"Two people should look: {two_people}.",)
    to_look_at = _named(findings, Severity.LOOK)
    reasons = [f"Something was found: {to_look_at}."] if to_look_at else []
    reasons += dict.fromkeys(_doubts(sides, screened))
    if reasons:
        return Lane.DESK, tuple(reasons)
    hints = _named(findings, Severity.HINT)
    against = [f"A hint was found: {hints}."] if hints else []
    against += dict.fromkeys(doubts)
    against += dict.fromkeys(_against_clear(sides, addressee, scope))
    against = against or list(dict.fromkeys(last_doubts))
    if not scope.clear_allowed:
        against.append(DIAL_OFF)
    if against:
        return Lane.GLANCE, tuple(against)
    return Lane.CLEAR, ("Nothing was found, and everything was read surely.",)


def _named(findings: Sequence[Finding], severity: Severity) -> str:
    return named({finding.label for finding in findings if finding.severity is severity})


def named(labels: Iterable[Label]) -> str:
    """The labels in plain words, for a reason."""
    return ", ".join(sorted(label.value.replace("_", " ") for label in labels))


def _doubts(sides: Sequence[SideState], screened: frozenset[str]) -> Iterable[str]:
    if all(side.is_blank for side in sides):
        yield "There is nothing on the card."
    for side in sides:
        if side.is_blank:
            continue
        if side.reading is not None:
            yield from _reading_doubts(side.reading, side.letters)
        if side.letters and side.language is None:
            yield "The language is not known."
        elif side.letters and side.language not in screened:
            yield "There are no rules for this language."


def _reading_doubts(reading: Reading, letters: int) -> Iterable[str]:
    if reading.content is Content.UNREADABLE:
        yield "The writing could not be read."
    elif letters and reading.confidence < SURE_FROM:
        yield "The reading is unsure."
    elif any(line.confidence < LINE_DOUBT_BELOW for line in reading.lines):
        yield "Some lines could not be read surely."
    elif not letters and reading.content is Content.TEXT:
        yield "There is writing, but no letter was read."
    elif not letters and reading.content is not Content.BLANK:
        yield "There is a picture and nothing to read."


def _against_clear(sides: Sequence[SideState], addressee: Addressee | None, scope: Scope) -> Iterable[str]:
    if sum(side.letters for side in sides) < CLEAR_LETTERS_MIN:
        yield "There is little text."
    if addressee is None or addressee.score < ADDRESSEE_SURE_FROM:
        yield "It is not sure whom the card is for."
    for side in sides:
        if side.reading is None or side.is_blank:
            continue
        if side.reading.confidence < scope.clear_confidence:
            yield "The reading is not sure enough to go without a glance."
        if side.reading.content in _PICTURES:
            yield "There is a picture on the card."
