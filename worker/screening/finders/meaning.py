"""What a sentence means where no phrase of the packs says it: the classifier's findings.

The sentence with the highest score is the evidence; it is one guess, so its reason says "seems".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mailroom.finding import Label, Severity
from worker.screening.matching.runs import Standing
from worker.screening.meaning.features import Vectors, sentences_of
from worker.screening.meaning.model import Model
from worker.screening.subject import Match, Subject

COUNTED = 3
TWO_PEOPLE = frozenset({Label.ABUSE, Label.VIOLENCE, Label.DISTRESS, Label.CHILD_DATA})
SEEMS = {
    Label.ORGANISATION: "seems to point to the organisation or campaign behind the cards",
    Label.RELIGION: "seems to speak of faith",
    Label.FESTIVAL: "seems to give wishes for a feast",
    Label.POLITICS: "seems to criticise those in power, or to call for protest",
    Label.LEGAL_CASE: "seems to speak of the case against the person",
    Label.SENDER_DATA: "seems to say how to reach the sender",
    Label.CHILD_DATA: "seems to give a child's surname or school",
    Label.THIRD_PARTY: "seems to speak of people close to the person",
    Label.MONEY: "seems to enclose or offer something of value, or help",
    Label.VIOLENCE: "seems to speak of violence or death",
    Label.FALSE_HOPE: "seems to promise release",
    Label.ABUSE: "seems to insult, threaten or mock",
    Label.DISTRESS: "seems to say that the sender is in danger",
    Label.WRONG_ADDRESSEE: "seems to be addressed to somebody in authority",
    Label.CIPHER: "seems to be in code",
}
"""The reason of a finding, after "It", by its label."""


def sentence_clues(
    subject: Subject,
    span: tuple[int, int],
    matches: Sequence[Match],
    standing: Sequence[Sequence[Standing]],
    themes: Mapping[int, tuple[str, ...]],
) -> list[str]:
    """What the packs know of a sentence (tokens ``span``): rules that fired, and whose words it uses."""
    found_here = _within(subject, span, matches)
    clues = {match.rule for match in found_here} | {f"label {match.label}" for match in found_here}
    counts: Counter[str] = Counter()
    for place in standing[span[0] : span[1]]:
        used = {theme for found in place if not found.edits for theme in themes.get(found.number, ())}
        counts.update(used)
    for theme, count in counts.items():
        clues.update(f"theme {theme} {number}" for number in range(1, min(count, COUNTED) + 1))
    return sorted(clues)


def innocent_clues(subject: Subject, span: tuple[int, int], taken_back: Sequence[Match]) -> list[str]:
    """The labels whose words stand in a sentence innocently, as the packs know."""
    return sorted({_innocent(match.label) for match in _within(subject, span, taken_back)})


def _within(subject: Subject, span: tuple[int, int], matches: Sequence[Match]) -> list[Match]:
    """Those of the matches that have some character of a sentence (tokens ``span``)."""
    tokens = subject.message.tokens
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    return [match for match in matches if match.start < end and start < match.end]


def _innocent(label: Label) -> str:
    return f"innocent {label}"


class Judgement:
    """What the classifier thinks of a message; ``clues`` and ``vectors`` are those of its sentences."""

    def __init__(
        self, model: Model, subject: Subject, clues: Sequence[Sequence[str]], vectors: Vectors
    ) -> None:
        self._model = model
        self._subject = subject
        self._clues = clues
        self._scores = [
            model.scores(sentence) for sentence in sentences_of(subject.message, clues, vectors)
        ]

    def findings(self) -> Iterable[Match]:
        """One match for each label whose threshold some sentence passes."""
        if not self._scores:
            return
        scores = np.stack(self._scores)
        tokens = self._subject.message.tokens
        for column in np.flatnonzero((scores > self._model.limits.thresholds).any(axis=0)):
            first, last = self._subject.message.sentences[int(scores[:, column].argmax())]
            label = self._model.labels[int(column)]
            if any(_innocent(label) in known for known in self._clues):
                continue
            yield Match(
                label,
                f"{label}.meaning",
                Severity.TWO_PEOPLE if label in TWO_PEOPLE else Severity.LOOK,
                f"It {SEEMS[label]}.",
                tokens[first].start,
                tokens[last - 1].end,
            )

    def hunches(self) -> frozenset[Label]:
        """The labels that some sentence may carry, though too unlikely for a finding."""
        return self._labels(self._highest > self._model.limits.hunches)

    def innocent(self) -> frozenset[Label]:
        """The labels that hardly any sentence can carry, whatever words stand in it."""
        return self._labels(self._highest < self._model.limits.floors)

    @cached_property
    def _highest(self) -> NDArray[np.float32]:
        """Each label's highest score; without a sentence nan, which is neither high nor low."""
        scores = self._scores or [np.full(len(self._model.labels), np.nan, np.float32)]
        return np.asarray(np.max(scores, axis=0), np.float32)

    def _labels(self, columns: NDArray[np.bool_]) -> frozenset[Label]:
        return frozenset(self._model.labels[int(column)] for column in np.flatnonzero(columns))
