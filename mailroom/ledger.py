"""The ledger: who did what, when. Each entry carries the digest of the one before.

Entries hold codes, names of people of the mail room, and reasons from fixed lists: never a card's text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom.clock import now
from mailroom.records.event import SUBJECT_LENGTH, Event, LedgerHead

FIRST_DIGEST = "0" * 64
SYSTEM = "mailroom"


class LedgerBrokenError(Exception):
    """The ledger was changed after it was written; the message names the first wrong entry."""


@dataclass(frozen=True, slots=True)
class _Entry:
    at: str
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


def note(session: Session, actor: str, action: str, subject: str, **detail: Any) -> None:
    """Enter that ``actor`` did ``action`` to ``subject``, with the transaction of ``session``.

    Of a long subject, such as the name of a campaign, the beginning stands in the ledger.
    """
    entry = _Entry(now().isoformat(), actor, action, subject[:SUBJECT_LENGTH], detail)
    session.info.setdefault("ledger", []).append(entry)


def chain(session: Session) -> None:
    """Write what was noted in this transaction at the end of the chain; called once, before the commit."""
    entries: list[_Entry] = session.info.pop("ledger", [])
    if not entries:
        return
    head = _locked_head(session)
    for entry in entries:
        head.number += 1
        event = Event(
            number=head.number,
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            detail=entry.detail,
            before=head.digest,
        )
        event.digest = head.digest = digest_of(event)
        session.add(event)
    session.flush()


def digest_of(event: Event) -> str:
    """The SHA-256 over an entry's number, content and the digest before it, as canonical JSON."""
    parts = [event.number, event.at, event.actor, event.action, event.subject, event.detail, event.before]
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(session: Session) -> int:
    """Check the whole chain and return how many entries it has; raises LedgerBrokenError."""
    events = session.scalars(select(Event).order_by(Event.number).execution_options(yield_per=1000))
    count, before = _verify_chain(events)
    head = session.get(LedgerHead, 1)
    if (head.number if head else 0) != count or (head and head.digest != before):
        raise LedgerBrokenError(
            f"The ledger ends at entry {count}, but its head says otherwise: entries are missing."
        )
    return count


def of_subject(session: Session, subject: str) -> list[Event]:
    """Everything that happened to ``subject``, oldest first."""
    return list(session.scalars(select(Event).where(Event.subject == subject).order_by(Event.number)))


def newest(session: Session, limit: int) -> list[Event]:
    """The last entries, newest first."""
    return list(session.scalars(select(Event).order_by(Event.number.desc()).limit(limit)))


def _verify_chain(events: Iterable[Event]) -> tuple[int, str]:
    before = FIRST_DIGEST
    count = 0
    for count, event in enumerate(events, start=1):
        if event.number != count:
            raise LedgerBrokenError(f"Entry {count} is missing; the next one is {event.number}.")
        if event.before != before or event.digest != digest_of(event):
            raise LedgerBrokenError(f"Entry {event.number} is not as it was written.")
        before = event.digest
    return count, before


def _locked_head(session: Session) -> LedgerHead:
    head = session.get(LedgerHead, 1, with_for_update=True)
    if head is None:
        head = LedgerHead(id=1, number=0, digest=FIRST_DIGEST)
        session.add(head)
    return head
