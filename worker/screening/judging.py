"""Rules and classifier on one side of a card: what they find, what seems innocent, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailroom.finding import Label
from mailroom.scope import Scope
from worker.screening.finders.meaning import Judgement
from worker.screening.lane import named
from worker.screening.meaning.features import Vectors, vectors_of
from worker.screening.meaning.model import Model
from worker.screening.rules import Rules
from worker.screening.subject import Match, Subject


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found on a side, which labels seem innocent there, and which might be there all the same."""

    matches: list[Match]
    innocent: frozenset[Label] = frozenset()
    hunches: frozenset[Label] = frozenset()

    def waives(self, match: Match) -> bool:
        """True for a match that is no finding, as its words seem innocent."""
        # Only what a pack's words suggest can be innocent: a telephone number is always one.
        return match.from_words and match.label in self.innocent

    def doubts(self, kept: Sequence[Match], scope: Scope) -> Iterable[str]:
        """What speaks against letting the side go unseen, a sentence each."""
        if any(self.waives(match) for match in kept):
            yield "Some words of interest seem to stand there innocently."
        if likely := self.hunches.difference(scope.allow):
            yield f"It may be about something that should not be there: {named(likely)}."


def judge(rules: Rules, model: Model | None, subjects: Sequence[Subject]) -> list[Judged]:
    """Judge sides together, which takes less time than one by one; by rules alone if there is no model."""
    if not model:
        return [Judged(rules.matches(subject)[0]) for subject in subjects]
    vectors = vectors_of([subject.message for subject in subjects])
    return [_judged(rules, model, subject, own) for subject, own in zip(subjects, vectors, strict=True)]


def _judged(rules: Rules, model: Model, subject: Subject, vectors: Vectors) -> Judged:
    matches, clues = rules.matches(subject)
    judgement = Judgement(model, subject, clues, vectors)
    known = {match.label for match in matches}
    matches += (match for match in judgement.findings() if match.label not in known)
    return Judged(matches, judgement.innocent(), judgement.hunches())
