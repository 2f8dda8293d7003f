"""Learning from decisions: the cards of a campaign that people have settled, as training data.

A fourth of the cards, drawn by their number and always the same, is never learnt from: on them the model
in use and the new one are compared. What a case allows was not looked for, and what was upheld without
saying where cannot be laid to a sentence: of such labels a card teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from worker.screening.learning.settled_cards import HELD_OUT_OF, SettledCard
from worker.screening.learning.train import examples_of, rules_for, train
from worker.screening.learning.training_set import LABELS, LabelledMessage, read_messages
from worker.screening.meaning.model import Model
from worker.screening.meaning.training import Example
from worker.screening.rules import Rules
from worker.screening.screener import Screener

# Cards to judge by at least.
HELD_OUT_MIN = 20
# A recall or a silence this much lower may be one card that happened to fall so.
SLACK = 0.005


class TooFewDecisionsError(ValueError):
    """There are not enough settled cards to learn from and to judge by; the message says how many."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How screening does on settled cards; shares from 0 to 1, None where there is nothing to count.

    ``recall``: of upheld labels found; ``precision``: of labels found upheld; ``silent``: of cards
    without an upheld label on which nothing is found.
    """

    recall: float | None
    precision: float | None
    silent: float | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt, from how many cards, and how the old and the new do on ``judged`` others."""

    model: Model
    learnt_from: int
    judged: int
    before: Measure
    after: Measure

    @property
    def is_better(self) -> bool:
        """Whether more is right than before, and neither unsafe nor clean cards fare worse."""
        gains = [
            new - old
            for old, new in (
                (self.before.recall, self.after.recall),
                (self.before.silent, self.after.silent),
            )
            if old is not None and new is not None
        ]
        return bool(gains) and min(gains) >= -SLACK and sum(gains) > 0


def learn(
    cards: Sequence[SettledCard], in_use: Model, messages: Sequence[LabelledMessage] | None = None
) -> Lesson:
    """Refit with the settled cards added to ``messages`` (the built-in ones if None), and compare.

    Raises TooFewDecisionsError.
    """
    taught = [card for card in cards if not card.held_out]
    judged = [card for card in cards if card.held_out]
    if len(judged) < HELD_OUT_MIN:
        raise TooFewDecisionsError(
            f"{len(cards)} settled cards are too few to learn from: "
            f"about {HELD_OUT_OF * HELD_OUT_MIN} are needed."
        )
    known = read_messages() if messages is None else messages
    rules = rules_for(known)
    examples = [(card.key, list(_examples(rules, card, side))) for card in taught for side in card.sides]
    model, _ = train(rules, known, examples)
    screener = Screener()
    before, after = (_measure(screener, either, judged) for either in (in_use, model))
    return Lesson(model, len(taught), len(judged), before, after)


def _measure(screener: Screener, model: Model, cards: Iterable[SettledCard]) -> Measure:
    """How rules and classifier together do on settled cards."""
    screener.use(model)
    found_right = found_all = upheld = silent = clean = 0
    for card in cards:
        screening = screener.screen(card.readings, card.scope)
        found = {finding.label for finding in screening.findings} & set(LABELS)
        found_right += len(found & card.upheld)
        found_all += len(found)
        upheld += len(card.upheld)
        clean += not card.upheld
        silent += not card.upheld and not found
    return Measure(_share(found_right, upheld), _share(found_right, found_all), _share(silent, clean))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _examples(rules: Rules, card: SettledCard, side: LabelledMessage) -> Iterator[Example]:
    columns = [column for column, label in enumerate(LABELS) if label in card.unknown]
    for example in examples_of(rules, side):
        targets = example.targets.copy()
        targets[columns] = np.nan
        yield Example(example.sentence, targets)
