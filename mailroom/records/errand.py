"""An errand: work that is still to be done on a card."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.clock import now
from mailroom.records.base import Named, Record


class ErrandKind(StrEnum):
    """What is to be done."""

    READ = "read"
    SCREEN = "screen"
    # Screen again, and seek the campaign's marks on the scans anew.
    LOOK = "look"
    # Ask the second reader. This is not for reading workers, who would wait for it.
    SECOND_READ = "second_read"


class Errand(Record):
    """One piece of work.

    ``asked`` counts how often it was asked for, ``done`` up to which asking it is done: what is asked
    for again while somebody works on it is done again.
    """

    __tablename__ = "errands"
    __table_args__ = (
        UniqueConstraint("kind", "card_id"),
        Index(None, "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ErrandKind] = mapped_column(Named(ErrandKind))
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    asked: Mapped[int] = mapped_column(default=1)
    done: Mapped[int] = mapped_column(default=0)
    # None once there is nothing left to do.
    due_at: Mapped[dt.datetime | None] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    # How often in a row whoever had claimed it was gone before the lease ran out.
    deaths: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[dt.datetime | None]
    last_error: Mapped[str] = mapped_column(String(500), default="")
