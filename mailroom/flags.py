"""Flags: what people make of the reasons to look at a card, and what they add."""

from __future__ import annotations

from sqlalchemy.orm import Session

from mailroom import claims, ledger
from mailroom.errors import Refusal
from mailroom.finding import Finding, Label, Severity
from mailroom.records import Card, Decision, Flag, FlagState, Person

PERSON_RULE = "person"


def dismiss(session: Session, person: Person, card: Card, flag: Flag) -> None:
    """Note that a flag does not matter on this card."""
    _settle(session, person, card, flag, FlagState.DISMISSED)


def reopen(session: Session, person: Person, card: Card, flag: Flag) -> None:
    """Take a dismissal back."""
    _settle(session, person, card, flag, FlagState.OPEN)


def add(
    session: Session,
    person: Person,
    card: Card,
    *,
    label: Label,
    reason: str,
    evidence: str = "",
    side: int = 0,
) -> Flag:
    """Record what a person saw and screening did not; raises Refusal without words, or for no side."""
    claims.require(session, person, card)
    if not reason.strip():
        raise Refusal("Say in a few words what you saw.")
    if not 0 <= side < len(card.sides):
        raise Refusal("The card has no such side.")
    flag = Flag(
        side=side,
        label=label,
        rule=PERSON_RULE,
        severity=Severity.LOOK,
        evidence=evidence.strip()[:2000],
        reason=reason.strip()[:2000],
        made_by=person.id,
    )
    card.flags.append(flag)
    session.flush()
    ledger.note(session, person.name, "flag.added", card.code, label=label.value)
    return flag


def uphold_open(card: Card, decision: Decision) -> None:
    """Note that the flags nobody dismissed were right."""
    _settle_open(card, decision, FlagState.UPHELD)


def dismiss_open(card: Card, decision: Decision) -> None:
    """Note that the flags left open did not keep the card from travelling."""
    _settle_open(card, decision, FlagState.DISMISSED)


def open_again(card: Card, decision: Decision | None = None) -> None:
    """Open the flags that a decision settled along with the card; those of every decision if none is named.

    Whoever looks again looks for the same reasons.
    """
    for flag in card.flags:
        if flag.decision_id is not None and (decision is None or flag.decision_id == decision.id):
            flag.state, flag.settled_by, flag.decision_id = FlagState.OPEN, None, None


def findings_of(card: Card, *rules: str) -> list[Finding]:
    """The open flags of a card whose rule begins with one of ``rules``, as the findings that they were."""
    return [
        Finding(
            flag.label,
            flag.rule,
            flag.severity,
            flag.evidence,
            flag.reason,
            (flag.box[0], flag.box[1], flag.box[2], flag.box[3]) if flag.box else None,
            flag.side,
        )
        for flag in card.flags
        if flag.state is FlagState.OPEN and flag.rule.startswith(rules)
    ]


def _settle_open(card: Card, decision: Decision, state: FlagState) -> None:
    for flag in card.flags:
        if flag.state is FlagState.OPEN:
            flag.state, flag.settled_by, flag.decision_id = state, decision.person_id, decision.id


def _settle(session: Session, person: Person, card: Card, flag: Flag, state: FlagState) -> None:
    claims.require(session, person, card)
    if flag.card_id != card.id:
        raise Refusal("This flag stands on another card.")
    flag.state = state
    flag.settled_by, flag.decision_id = person.id if state is not FlagState.OPEN else None, None
    ledger.note(session, person.name, f"flag.{state}", card.code, label=flag.label.value, rule=flag.rule)
