"""Screens a card or a plain text: findings, addressee and lane.

A screener is loaded once and used for many cards; it holds the rule packs and no state of a card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from mailroom.finding import Finding, Label, Screening, Severity
from mailroom.reading import Reading
from mailroom.scope import Scope
from worker.prepared.forms import OBJECT
from worker.prepared.store import prepared
from worker.screening.addressee import find_addressee, find_other_case
from worker.screening.finders.child import find_child_by_other_side
from worker.screening.judging import Judged, judge
from worker.screening.lane import SideState, choose_lane, named
from worker.screening.meaning.encoder import shared_encoder
from worker.screening.meaning.model import FILE, Model, load
from worker.screening.phrases.pack import PACKS
from worker.screening.rules import Rules
from worker.screening.strange import doubts_of_strange_words
from worker.screening.subject import Match, Subject
from worker.screening.words.languages import detect
from worker.screening.words.locate import box_of


@dataclass(frozen=True, slots=True)
class _Card:
    """What is to be screened together: the sides, and findings made elsewhere."""

    subjects: Sequence[Subject]
    scope: Scope
    others: Sequence[Finding] = ()


class Screener:
    """Screens messages with the rule packs of a folder."""

    def __init__(
        self, packs: Path = PACKS, model: Path | None = FILE, ordinary: frozenset[str] = frozenset()
    ) -> None:
        """Load the packs and the classifier (none if ``model`` is None).

        ``ordinary`` are the words never taken for misreadings where no model names them. Raises PackError
        naming file, line and reason, or ClassifierError.
        """
        with ThreadPoolExecutor(1) as beside:
            # Now rather than at the first card, which would wait for it, and while the packs are parsed.
            encoder = beside.submit(shared_encoder) if model else None
            if (packs, model) == (PACKS, FILE):
                self._model, self._rules = prepared("screening", OBJECT, lambda: _loaded(packs, FILE))
            else:
                self._model, self._rules = _loaded(packs, model, ordinary)
            if encoder:
                encoder.result()

    def use(self, model: Model | None) -> None:
        """Take another classifier, or none; the words that are never taken for misreadings stay."""
        self._model = model

    def screen(
        self, readings: Sequence[Reading], scope: Scope, others: Sequence[Finding] = ()
    ) -> Screening:
        """Screen a card whose sides were read; a finding's side is the index of its reading.

        ``others`` are findings made elsewhere, such as marks in the picture: they count like its own.
        """
        (screening,) = self.screen_many([(readings, scope, others)])
        return screening

    def screen_many(
        self, cards: Iterable[tuple[Sequence[Reading], Scope, Sequence[Finding]]]
    ) -> list[Screening]:
        """Screen cards as ``screen`` does, in less time than one by one."""
        return self._screen(
            [
                _Card([_subject_of(reading, scope) for reading in readings], scope, others)
                for readings, scope, others in cards
            ]
        )

    def screen_text(self, text: str, scope: Scope, language: str | None = None) -> Screening:
        """Screen plain text, which is certain; the language (ISO 639-3) is found out if not given."""
        likely: frozenset[str] = frozenset()
        if language is None:
            language, likely = detect(text)
        languages = likely | ({language} if language else frozenset())
        subject = Subject.of_text(text, scope, language, languages)
        (screening,) = self._screen([_Card([subject], scope)])
        return screening

    def _screen(self, cards: Sequence[_Card]) -> list[Screening]:
        judged = iter(judge(self._rules, self._model, [side for card in cards for side in card.subjects]))
        return [self._screening(card, [next(judged) for _ in card.subjects]) for card in cards]

    def _screening(self, card: _Card, judged: Sequence[Judged]) -> Screening:
        scope = card.scope
        addressee = find_addressee([text for subject in card.subjects for text in subject.texts], scope)
        findings: list[Finding] = []
        doubts: list[str] = []
        for side, (subject, found) in enumerate(zip(card.subjects, judged, strict=True)):
            matches = [
                *found.matches,
                *find_other_case(subject.message, addressee, scope),
                *find_child_by_other_side(subject, card.subjects),
            ]
            kept = [match for match in matches if match.label not in scope.allow]
            # What is waived must not hide what says the same and cannot be waived.
            standing = [match for match in kept if not found.waives(match)]
            findings += (_finding(match, subject, side) for match in _without_repeats(standing))
            doubts += (*found.doubts(kept, scope), *doubts_of_strange_words(subject))
        findings += (finding for finding in card.others if finding.label not in scope.allow)
        sides = [SideState(subject.text, subject.language, subject.reading) for subject in card.subjects]
        if all(side.is_blank for side in sides):
            findings.append(_BLANK)
        near = (doubt for subject in card.subjects for doubt in self._near_misses(subject))
        lane, reasons = choose_lane(
            sides, findings, addressee, scope, self._rules.languages, doubts=doubts, last_doubts=near
        )
        return Screening(tuple(findings), addressee, lane, reasons)

    def _near_misses(self, subject: Subject) -> Iterable[str]:
        if near := self._rules.near_misses(subject).difference(subject.scope.allow):
            yield f"Some words are close to words of interest: {named(near)}."


def _loaded(
    packs: Path, model: Path | None, ordinary: frozenset[str] = frozenset()
) -> tuple[Model | None, Rules]:
    classifier = load(model) if model else None
    return classifier, Rules(packs, classifier.words if classifier else ordinary)


def _subject_of(reading: Reading, scope: Scope) -> Subject:
    languages = frozenset({reading.language} if reading.language else ())
    if languages and reading.is_transcribed:
        # A person may have chosen another language than that of the text: rules of both count.
        languages |= detect(reading.text)[1]
    return Subject.of_text(reading.text, scope, reading.language, languages, reading)


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
