"""The rule catalogue: which rules the packs in use hold, and whether cards were screened by older ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import ledger
from mailroom.finding import Label
from mailroom.records import Event, Flag, Rule

CHANGED = "rules.changed"
RESCREENED = "cards.rescreened"
ALL_CARDS = "all"


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule as its pack states it."""

    name: str
    label: Label
    reason: str


def version(session: Session) -> str:
    """The version of the packs that were noted last; empty if none were."""
    event = _last(session, CHANGED)
    return str(event.detail["version"]) if event else ""


def note(session: Session, version: str, rules: Iterable[KnownRule]) -> None:
    """Keep the rules of the packs in use, whose content has this version; rules that left are forgotten."""
    wanted = {rule.name: rule for rule in rules}
    present = {rule.name: rule for rule in session.scalars(select(Rule))}
    for name, rule in present.items():
        if name not in wanted:
            session.delete(rule)
    for name, known in wanted.items():
        kept = present.get(name)
        if kept is None:
            session.add(Rule(name=name, label=known.label, reason=known.reason))
        else:
            kept.label, kept.reason = known.label, known.reason
    ledger.note(session, ledger.SYSTEM, CHANGED, "rule packs", version=version, rules=len(wanted))


def changed_since_rescreening(session: Session) -> Event | None:
    """When the packs changed last, if not every card has been screened anew since; None otherwise.

    The first packs that a mail room has are no change.
    """
    changes = session.scalars(
        select(Event).where(Event.action == CHANGED).order_by(Event.number.desc()).limit(2)
    ).all()
    if len(changes) < 2:
        return None
    done = session.scalar(
        select(Event.number)
        .where(Event.action == RESCREENED, Event.subject == ALL_CARDS)
        .order_by(Event.number.desc())
        .limit(1)
    )
    return changes[0] if done is None or done < changes[0].number else None


def silent(session: Session) -> Sequence[Rule]:
    """Rules that have never fired, by name."""
    fired = select(Flag.id).where(Flag.rule == Rule.name)
    return session.scalars(select(Rule).where(~fired.exists()).order_by(Rule.name)).all()


def _last(session: Session, action: str) -> Event | None:
    query = select(Event).where(Event.action == action).order_by(Event.number.desc()).limit(1)
    return session.scalar(query)
