"""A flag: a reason for a person to look at a card."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.clock import now
from mailroom.finding import Label, Severity
from mailroom.records.base import Named, Record


class FlagState(StrEnum):
    """What people made of a flag."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Flag(Record):
    """A finding of screening, or of a person, recorded on a card."""

    __tablename__ = "flags"

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    side: Mapped[int]
    label: Mapped[Label] = mapped_column(Named(Label))
    rule: Mapped[str] = mapped_column(String(200), index=True)
    severity: Mapped[Severity] = mapped_column(Named(Severity))
    evidence: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    box: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[FlagState] = mapped_column(Named(FlagState), default=FlagState.OPEN)
    made_at: Mapped[dt.datetime] = mapped_column(default=now)
    # The person who added it; None for screening's own.
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # The decision about the whole card that settled it; None where a person settled it by itself.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
