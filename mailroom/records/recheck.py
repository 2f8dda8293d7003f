"""A recheck: a card that was passed unseen, or at a glance, looked at by a person who does not know."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.clock import now
from mailroom.finding import Lane
from mailroom.records.base import Named, Record


class Recheck(Record):
    """One draw; ``lane`` is the lane that the card would have passed by, clear or glance."""

    __tablename__ = "rechecks"
    __table_args__ = (Index(None, "campaign_id", "lane", "settled_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    # The card's case may change; what was measured stays with the campaign that it was measured in.
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    lane: Mapped[Lane] = mapped_column(Named(Lane))
    # The language of the card's text (ISO 639-3).
    language: Mapped[str | None] = mapped_column(String(3))
    # Who passed it at the glance, and therefore does not recheck it.
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    drawn_at: Mapped[dt.datetime] = mapped_column(default=now)
    settled_at: Mapped[dt.datetime | None]
    # The decision that settled it.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    # Whether the person found what the lane had let through; None until settled.
    missed: Mapped[bool | None]
