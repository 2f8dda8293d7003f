"""Screenings: what a screening makes of a card, the first one and each later one."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import decisions, errands, journey, ledger, parcels, placing, rechecks
from mailroom.finding import DIAL_OFF, Finding, Label, Lane, Screening, Severity
from mailroom.flags import PERSON_RULE
from mailroom.records import Campaign, Card, Case, ErrandKind, Flag, FlagState, Stage

# A score of the addressee from which the card's case is settled without a person.
ADDRESSEE_SURE = 0.85
NO_CASE = "Nobody knows yet whom this card is for."
CALLED_BACK = "It was approved; a changed rule asks for another look."
_STRICTNESS = (Lane.CLEAR, Lane.GLANCE, Lane.DESK, Lane.SECOND_LOOK)
_Identity = tuple[int, Label, str]


def apply(session: Session, card: Card, screening: Screening, dice: random.Random) -> None:
    """Put a screening's flags and lane on a card and move it on.

    A card that was approved is called back where the screening found what no person has seen; one that
    was rejected or has left stays as it is.
    """
    if card.stage in {Stage.REJECTED, Stage.DISPATCHED}:
        return
    reasons = list(screening.reasons)
    if card.stage in {Stage.APPROVED, Stage.PACKED}:
        if not _asks_again(card, screening):
            return
        parcels.pull_back(session, card, actor=ledger.SYSTEM, why="rescreened")
        reasons.insert(0, CALLED_BACK)
        card.lane = None
        decisions.take_back_agreements(session, card)
    _replace_flags(card, screening.findings)
    card.meets_clear = screening.meets_clear and card.case_id is not None and not _is_transcribed(card)
    newly_settled = _settle_case(session, card, screening)
    if newly_settled:
        # The rules of its case have not been applied yet.
        errands.ask(session, ErrandKind.SCREEN, card)
    lane = screening.lane
    if card.case_id is None and lane in {Lane.CLEAR, Lane.GLANCE}:
        # A sheet to glance at has only cards that can be approved there.
        lane, reasons = Lane.DESK, [NO_CASE, *reasons]
    if card.stage is Stage.SCANNED:
        card.lane, card.lane_reasons = lane, reasons
        if not newly_settled:
            _move_on(session, card, dice)
    else:
        _stay(session, card, lane, reasons)


def _asks_again(card: Card, screening: Screening) -> bool:
    """Whether a screening found more than whoever approved the card has looked at."""
    if card.lane is None or _STRICTNESS.index(screening.lane) > _STRICTNESS.index(card.lane):
        return True
    return any(finding.severity is not Severity.HINT for finding in _fresh(card.flags, screening.findings))


def _move_on(session: Session, card: Card, dice: random.Random) -> None:
    if card.meets_clear:
        if rechecks.draw(session, card, Lane.CLEAR, dice):
            journey.move(session, card, Stage.WAITING, actor=ledger.SYSTEM, why=f"lane {Lane.DESK}")
            return
        if card.lane is Lane.CLEAR and _dial_is_on(session, card):
            journey.move(session, card, Stage.APPROVED, actor=ledger.SYSTEM, why=f"lane {Lane.CLEAR}")
            placing.place(session, card)
            return
    if card.lane is Lane.CLEAR:
        card.lane, card.lane_reasons = Lane.GLANCE, [DIAL_OFF]
    journey.move(session, card, Stage.WAITING, actor=ledger.SYSTEM, why=f"lane {card.lane}")


def _stay(session: Session, card: Card, lane: Lane, reasons: list[str]) -> None:
    """Give a card that is with people its new lane.

    What a person sent to the desk, or wrote down there, stays there. What one person wrote down makes no
    card for two people one for one, and what is found in it is what a recheck is to find.
    """
    lane, transcribed = Lane.GLANCE if lane is Lane.CLEAR else lane, _is_transcribed(card)
    if transcribed and card.lane is Lane.SECOND_LOOK and lane is not Lane.SECOND_LOOK:
        return
    if lane is not Lane.GLANCE:
        if not transcribed:
            rechecks.drop(session, card)
    elif rechecks.open_of(session, card) is not None:
        return
    elif card.lane is not Lane.GLANCE and (decisions.of_card(session, card) or transcribed):
        lane = Lane.DESK
    if card.stage is Stage.WAITING and card.lane is not None and lane is not card.lane:
        decisions.take_back_agreements(session, card)
    card.lane, card.lane_reasons = lane, reasons


def _is_transcribed(card: Card) -> bool:
    return any(side.reading is not None and side.reading.is_transcribed for side in card.sides)


def _dial_is_on(session: Session, card: Card) -> bool:
    query = select(Campaign.clear_allowed).join(Case, Case.campaign_id == Campaign.id)
    return bool(session.scalar(query.where(Case.id == card.case_id)))


def _replace_flags(card: Card, findings: Sequence[Finding]) -> None:
    """Put the new findings in place of screening's open flags; what people settled or added stays."""
    kept = [flag for flag in card.flags if flag.rule == PERSON_RULE or flag.state is not FlagState.OPEN]
    card.flags = [*kept, *(_flag(finding) for finding in _fresh(kept, findings))]


def _fresh(flags: Sequence[Flag], findings: Sequence[Finding]) -> list[Finding]:
    settled = {_identity(flag) for flag in flags}
    return [finding for finding in findings if _identity(finding) not in settled]


def _identity(found: Flag | Finding) -> _Identity:
    """What a person has seen once: the same words under the same label, whichever rule says so."""
    return found.side, found.label, found.evidence.casefold() or found.rule


def _flag(finding: Finding) -> Flag:
    return Flag(
        side=finding.side,
        label=finding.label,
        rule=finding.rule,
        severity=finding.severity,
        evidence=finding.evidence,
        reason=finding.reason,
        box=list(finding.box) if finding.box else None,
    )


def _settle_case(session: Session, card: Card, screening: Screening) -> bool:
    """Keep the addressee, and take a sure one for the case of a card that had none; True if it did."""
    addressee = screening.addressee
    card.addressee = {"slug": addressee.slug, "score": round(addressee.score, 3)} if addressee else None
    if card.case_id is not None or addressee is None or addressee.score < ADDRESSEE_SURE:
        return False
    case = session.scalar(select(Case).where(Case.slug == addressee.slug))
    card.case_id = case.id if case else None
    return case is not None
