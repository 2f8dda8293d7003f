"""An event: one entry of the ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.records.base import BigId, Record

# SQLite keeps longer ones and PostgreSQL refuses them.
SUBJECT_LENGTH = 80


class Event(Record):
    """Who did what, when; ``digest`` covers this entry and the digest of the one before.

    ``at`` is ISO 8601 text, because the digest covers its very characters.
    """

    __tablename__ = "events"

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), index=True)
    detail: Mapped[dict[str, Any]]
    before: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    @property
    def moment(self) -> dt.datetime:
        """When it happened."""
        return dt.datetime.fromisoformat(self.at)


class LedgerHead(Record):
    """The last entry of the ledger; locking its one row puts writers in line."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigId)
    digest: Mapped[str] = mapped_column(String(64))
