"""Screens a card or a plain text: findings, addressee and lane.

A screener is loaded once and used for many cards; it holds the rule packs and no state of a card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from mailroom.finding import Addressee, Finding, Label, Screening, Severity
from mailroom.reading import Reading
from mailroom.scope import Scope
from worker.screening.addressee import find_addressee, find_other_case
from worker.screening.finders.address import find_post_codes
from worker.screening.finders.child import find_child
from worker.screening.finders.cipher import find_cipher
from worker.screening.finders.codes import find_codes
from worker.screening.finders.contact import find_contact
from worker.screening.finders.legibility import find_language, find_unreadable
from worker.screening.finders.names import find_organisation, find_words_of_interest
from worker.screening.finders.phrases import PhraseFinder
from worker.screening.lane import SideState, choose_lane
from worker.screening.languages import detect
from worker.screening.locate import box_of
from worker.screening.pack import PACKS, load_packs
from worker.screening.subject import Finder, Match, Subject
from worker.screening.text import message_of


class Screener:
    """Screens messages with the rule packs of a folder."""

    def __init__(self, packs: Path = PACKS) -> None:
        """Load the packs; raises PackError naming file, line and reason."""
        loaded = load_packs(packs)
        self._screened = loaded.languages
        self._finders: tuple[Finder, ...] = (
            PhraseFinder(loaded),
            find_organisation,
            find_words_of_interest,
            find_contact,
            find_post_codes,
            find_child,
            find_cipher,
            find_codes,
            find_unreadable,
            find_language,
        )

    def screen(
        self, readings: Sequence[Reading], scope: Scope, others: Sequence[Finding] = ()
    ) -> Screening:
        """Screen a card whose sides were read; a finding's side is the index of its reading.

        ``others`` are findings made elsewhere, such as marks in the picture: they count like its own.
        """
        subjects = [_subject_of(reading, scope) for reading in readings]
        return self._screen(subjects, scope, others)

    def screen_text(self, text: str, scope: Scope, language: str | None = None) -> Screening:
        """Screen plain text, which is certain; the language (ISO 639-3) is found out where it is not given."""
        likely: frozenset[str] = frozenset()
        if language is None:
            language, likely = detect(text)
        languages = likely | ({language} if language else frozenset())
        return self._screen([Subject(message_of(text), scope, language, languages)], scope)

    def _screen(
        self, subjects: Sequence[Subject], scope: Scope, others: Sequence[Finding] = ()
    ) -> Screening:
        addressee = find_addressee([subject.message for subject in subjects], scope)
        findings = [
            finding
            for side, subject in enumerate(subjects)
            for finding in self._find(subject, addressee, side)
            if finding.label not in scope.allow
        ]
        findings += [finding for finding in others if finding.label not in scope.allow]
        sides = [SideState(subject.text, subject.language, subject.reading) for subject in subjects]
        if all(side.is_blank for side in sides):
            findings.append(_BLANK)
        lane, reasons = choose_lane(sides, findings, addressee, scope, self._screened)
        return Screening(tuple(findings), addressee, lane, reasons)

    def _find(self, subject: Subject, addressee: Addressee | None, side: int) -> Iterable[Finding]:
        matches = [match for finder in self._finders for match in finder(subject)]
        matches += find_other_case(subject.message, addressee, subject.scope)
        for match in _without_repeats(matches):
            yield _finding(match, subject, side)


def _subject_of(reading: Reading, scope: Scope) -> Subject:
    languages = frozenset({reading.language} if reading.language else ())
    return Subject(message_of(reading.text), scope, reading.language, languages, reading)


def _without_repeats(matches: Sequence[Match]) -> Iterable[Match]:
    """Keep the first of matches that say the same of the same words."""
    kept: list[Match] = []
    for match in matches:
        if not any(_same(match, other) for other in kept):
            kept.append(match)
    return kept


def _same(first: Match, second: Match) -> bool:
    return first.label is second.label and first.start < second.end and second.start < first.end


def _finding(match: Match, subject: Subject, side: int) -> Finding:
    evidence = match.evidence or subject.message.literal(match.start, match.end)
    finding = Finding(match.label, match.rule, match.severity, evidence, match.reason, match.box, side)
    if match.box is None and subject.reading is not None and match.end > match.start:
        return replace(finding, box=box_of(subject.reading, match.start, match.end))
    return finding


_BLANK = Finding(Label.BLANK, "blank.card", Severity.LOOK, "", "There is nothing on the card.")
