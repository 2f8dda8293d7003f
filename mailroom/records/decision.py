"""A decision: what a person decided of a card."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.clock import now
from mailroom.records.base import Named, Record
from mailroom.records.person import Person


class Verdict(StrEnum):
    """What can be decided of a card."""

    APPROVE = "approve"
    REJECT = "reject"
    HOLD = "hold"
    RELEASE = "release"
    TO_DESK = "to_desk"


class Decision(Record):
    """One person's verdict; an undone one no longer counts."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(Named(Verdict))
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[dt.datetime] = mapped_column(default=now)
    undone: Mapped[bool] = mapped_column(default=False)
    # The first decision of the glance's sheet that this is one of; None for one made at the desk.
    sheet: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    # Why the card stood on that sheet, to be put back with it.
    lane_reasons: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    person: Mapped[Person] = relationship()
