"""The cards of a campaign that people have settled: what was read of them, and which flags were right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from mailroom.card_scope import scope_of_card
from mailroom.desk import RejectReason
from mailroom.finding import Label
from mailroom.reading import Reading
from mailroom.records import Campaign, Card, Case, Decision, Flag, FlagState, Stage, Verdict
from mailroom.scope import Scope
from worker.screening.learning.training_set import LABELS, LabelledMessage

# One card in so many is kept for judging.
HELD_OUT_OF = 4

# A card for two people is not settled by the first.
SETTLED = (Stage.APPROVED, Stage.REJECTED, Stage.PACKED, Stage.DISPATCHED)
# A card that is unfit or for nobody is rejected with all its flags, whether they are right or not.
FOR_ITS_WORDS = (RejectReason.UNSAFE, RejectReason.SENDER, RejectReason.RULES)


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
