"""Readings: recording what a worker read and screened, and moving the card on to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import decisions, errands, journey, ledger
from mailroom.clock import now
from mailroom.errands import Claim
from mailroom.finding import Finding, Label, Lane, Screening, Severity
from mailroom.flags import PERSON_RULE
from mailroom.reading import Reading
from mailroom.records import Card, Case, Flag, FlagState, Stage

FAILED_RULE = "reading-failed"
# A score of the addressee from which the card's case is settled without a person.
ADDRESSEE_SURE = 0.85


@dataclass(frozen=True, slots=True)
class ReadSide:
    """A reading with the keys of its upright pictures in the vault."""

    reading: Reading
    view: str
    thumbnail: str


def record(session: Session, claim: Claim, sides: Sequence[ReadSide], screening: Screening) -> None:
    """Keep what was read and found and finish the errand, in one transaction.

    Raises LeaseLostError where another worker was quicker; then nothing is kept.
    """
    errands.finish(session, claim)
    card = session.get_one(Card, claim.card, with_for_update={"of": Card})
    for side, read in zip(card.sides, sides, strict=False):
        side.reading, side.view, side.thumbnail = read.reading, read.view, read.thumbnail
    card.read_at = now()
    _screen(session, card, screening)


def record_screening(session: Session, claim: Claim, screening: Screening) -> None:
    """Keep a new screening of a card that was read before; raises LeaseLostError."""
    errands.finish(session, claim)
    _screen(session, session.get_one(Card, claim.card, with_for_update={"of": Card}), screening)


def give_up(session: Session, claim: Claim, reason: str) -> None:
    """After the last attempt, hand the card to a person with the reason as its flag."""
    errands.finish(session, claim)
    finding = Finding(Label.UNREADABLE, FAILED_RULE, Severity.LOOK, "", reason)
    card = session.get_one(Card, claim.card, with_for_update={"of": Card})
    _screen(session, card, Screening((finding,), None, Lane.DESK, ("It could not be read by machine.",)))


def _screen(session: Session, card: Card, screening: Screening) -> None:
    _replace_flags(card, screening.findings)
    if card.stage is Stage.WAITING and card.lane is not None and screening.lane is not card.lane:
        decisions.take_back_agreements(session, card)
    card.lane, card.lane_reasons = screening.lane, list(screening.reasons)
    _settle_case(session, card, screening)
    if card.stage is Stage.SCANNED:
        why = f"lane {screening.lane}"
        journey.move(session, card, Stage.WAITING, actor=ledger.SYSTEM, why=why)


def _replace_flags(card: Card, findings: Sequence[Finding]) -> None:
    """Put the new findings in place of screening's open flags; what people settled or added stays."""
    kept = [flag for flag in card.flags if flag.rule == PERSON_RULE or flag.state is not FlagState.OPEN]
    settled = {(flag.side, flag.label, flag.rule, flag.evidence) for flag in kept}
    fresh = [finding for finding in findings if _identity(finding) not in settled]
    card.flags = [*kept, *(_flag(finding) for finding in fresh)]


def _identity(finding: Finding) -> tuple[int, Label, str, str]:
    return finding.side, finding.label, finding.rule, finding.evidence


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


def _settle_case(session: Session, card: Card, screening: Screening) -> None:
    addressee = screening.addressee
    card.addressee = {"slug": addressee.slug, "score": round(addressee.score, 3)} if addressee else None
    if card.case_id is None and addressee is not None and addressee.score >= ADDRESSEE_SURE:
        case = session.scalar(select(Case).where(Case.slug == addressee.slug))
        card.case_id = case.id if case else None
