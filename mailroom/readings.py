"""Readings: recording what a worker read and screened, and moving the card on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mailroom import errands, rechecks, screenings
from mailroom.clock import now
from mailroom.errands import Claim
from mailroom.finding import Addressee, Finding, Label, Lane, Screening, Severity
from mailroom.flags import PERSON_RULE, findings_of
from mailroom.reading import Reading
from mailroom.records import Card

SECOND_READER_REASON = "The second reader found something."
FAILED_RULE = "reading-failed"


@dataclass(frozen=True, slots=True)
class ReadSide:
    """A reading with the keys of its upright pictures in the vault."""

    reading: Reading
    view: str
    thumbnail: str


def record(
    session: Session,
    claim: Claim,
    sides: Sequence[ReadSide],
    screening: Screening,
    dice: random.Random = rechecks.DICE,
) -> None:
    """Keep what was read and found and finish the errand, in one transaction.

    Raises LeaseLostError where another worker was quicker; then nothing is kept. ``dice`` draw what is
    rechecked. A card whose back came while its front was read stays where it is: laying the back there
    has asked for both to be read.
    """
    errands.finish(session, claim)
    card = session.get_one(Card, claim.card, with_for_update={"of": Card})
    if len(card.sides) > len(sides):
        return
    for side, read in zip(card.sides, sides, strict=True):
        side.reading, side.view, side.thumbnail = read.reading, read.view, read.thumbnail
    card.read_at = now()
    tell_writing(card)
    screenings.apply(session, card, screening, dice)


def record_screening(
    session: Session, claim: Claim, screening: Screening, dice: random.Random = rechecks.DICE
) -> None:
    """Keep a new screening of a card that was read before; raises LeaseLostError."""
    errands.finish(session, claim)
    card = session.get_one(Card, claim.card, with_for_update={"of": Card})
    screenings.apply(session, card, screening, dice)


def record_second_reading(
    session: Session, claim: Claim, findings: Sequence[Finding], dice: random.Random = rechecks.DICE
) -> None:
    """Add what a second reader found to what is known of a card; raises LeaseLostError.

    It can only add: no flag goes, and the lane becomes the desk or stays stricter.
    """
    errands.finish(session, claim)
    card = session.get_one(Card, claim.card, with_for_update={"of": Card})
    known = {(flag.side, flag.label, flag.evidence.casefold()) for flag in card.flags}
    fresh = [one for one in findings if (one.side, one.label, one.evidence.casefold()) not in known]
    if not fresh:
        return
    lane = Lane.SECOND_LOOK if card.lane is Lane.SECOND_LOOK else Lane.DESK
    reasons = (*card.lane_reasons, SECOND_READER_REASON)
    screenings.apply(session, card, _with_more(card, fresh, lane, reasons), dice)


def give_up(session: Session, claim: Claim, reason: str) -> None:
    """After the last attempt, hand the card to a person with the reason as its flag.

    What was found on it before still stands: nothing speaks against it.
    """
    finding = Finding(Label.UNREADABLE, FAILED_RULE, Severity.LOOK, "", reason)
    card = session.get_one(Card, claim.card)
    lane = Lane.SECOND_LOOK if card.lane is Lane.SECOND_LOOK else Lane.DESK
    failed = _with_more(card, [finding], lane, ("It could not be read by machine.",))
    record_screening(session, claim, failed)


def tell_writing(card: Card) -> None:
    """Note the language that most of a card's text is in, and the script of what nobody has read."""
    read = [side.reading for side in card.sides if side.reading is not None]
    lengths = Counter[str]()
    for reading in read:
        if reading.language is not None:
            lengths[reading.language] += len(reading.text)
    card.language = lengths.most_common(1)[0][0] if lengths else None
    card.unread_script = next((reading.script for reading in read if reading.is_unread), None)


def _with_more(card: Card, findings: Sequence[Finding], lane: Lane, reasons: tuple[str, ...]) -> Screening:
    """What screening found on a card before, and these findings."""
    present = [one for one in findings_of(card, "") if one.rule != PERSON_RULE and one not in findings]
    addressee = Addressee(card.addressee["slug"], card.addressee["score"]) if card.addressee else None
    return Screening((*present, *findings), addressee, lane, reasons)
