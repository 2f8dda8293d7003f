"""Learning from decisions: the cards of a campaign that people have settled, as training data.

A fourth of the cards, drawn by their number and always the same, is never learnt from: on them the model
in use and the new one are compared. What a case allows was not looked for, and what was upheld without
saying where cannot be laid to a sentence: of such labels a card teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from mailroom.card_scope import scope_of_card
from mailroom.desk import RejectReason
from mailroom.finding import Label
from mailroom.reading import Reading
from mailroom.records import Campaign, Card, Case, Decision, Flag, FlagState, Stage, Verdict
from mailroom.scope import Scope
from worker.screening.learning.train import examples_of, rules_for, train
from worker.screening.learning.training_set import LABELS, LabelledMessage, read_messages
from worker.screening.meaning.model import Model
from worker.screening.meaning.training import Example
from worker.screening.rules import Rules
from worker.screening.screener import Screener

HELD_OUT_OF = 4
HELD_OUT_MIN = 20
# A recall or a silence this much lower may be one card that happened to fall so.
SLACK = 0.005

# A card for two people is not settled by the first.
SETTLED = (Stage.APPROVED, Stage.REJECTED, Stage.PACKED, Stage.DISPATCHED)
# A card that is unfit or for nobody is rejected with all its flags, whether they are right or not.
FOR_ITS_WORDS = (RejectReason.UNSAFE, RejectReason.SENDER, RejectReason.RULES)


class TooFewDecisionsError(ValueError):
    """There are not enough settled cards to learn from and to judge by; the message says how many."""


@dataclass(frozen=True, slots=True)
class SettledCard:
    """A card that a person has decided: what was read of it, and the labels that were upheld.

    ``sides`` are its readings with the places of these labels; ``unknown`` are labels of which the
    decision says nothing.
    """

    key: str
    readings: tuple[Reading, ...]
    scope: Scope
    upheld: frozenset[Label]
    sides: tuple[LabelledMessage, ...]
    unknown: frozenset[Label]

    @property
    def held_out(self) -> bool:
        """Whether it is kept for judging."""
        return crc32(self.key.encode()) % HELD_OUT_OF == 0


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


def settled_cards(session: Session, campaign: Campaign) -> list[SettledCard]:
    """The cards of a campaign that people approved or rejected, with what they made of the flags."""
    for_its_words = or_(*(Decision.reason.startswith(reason.value) for reason in FOR_ITS_WORDS))
    decided = select(Decision.card_id).where(
        Decision.undone.is_(False),
        or_(Decision.verdict == Verdict.APPROVE, (Decision.verdict == Verdict.REJECT) & for_its_words),
    )
    cards = session.scalars(
        select(Card)
        .join(Case, Card.case_id == Case.id)
        .where(
            Case.campaign_id == campaign.id,
            Card.stage.in_(SETTLED),
            Card.read_at.is_not(None),
            Card.id.in_(decided),
        )
        .options(selectinload(Card.flags), selectinload(Card.sides))
        .order_by(Card.id)
    )
    return [_settled(card, scope_of_card(session, card)) for card in cards]


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


def _settled(card: Card, scope: Scope) -> SettledCard:
    flags = [flag for flag in card.flags if flag.state is FlagState.UPHELD and flag.label in LABELS]
    upheld = frozenset(flag.label for flag in flags)
    read = [(side.number, side.reading) for side in card.sides if side.reading is not None]
    sides = []
    for number, reading in read:
        spans = _spans([flag for flag in flags if flag.side == number], reading.text)
        sides.append(LabelledMessage("", reading.language or "", reading.text, spans))
    located = {label for side in sides for label, _, _ in side.spans}
    return SettledCard(
        f"card {card.id}",
        tuple(reading for _, reading in read),
        scope,
        upheld,
        tuple(sides),
        (upheld - located) | scope.allow,
    )


def _spans(flags: Iterable[Flag], text: str) -> tuple[tuple[Label, int, int], ...]:
    """Where the words of flags stand in a text, if they do: label, first character, past the last."""
    found = ((flag, text.find(flag.evidence)) for flag in flags if flag.evidence)
    return tuple((flag.label, at, at + len(flag.evidence)) for flag, at in found if at >= 0)


def _examples(rules: Rules, card: SettledCard, side: LabelledMessage) -> Iterator[Example]:
    columns = [column for column, label in enumerate(LABELS) if label in card.unknown]
    for example in examples_of(rules, side):
        targets = example.targets.copy()
        targets[columns] = np.nan
        yield Example(example.sentence, targets)
