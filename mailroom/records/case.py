"""A case: a prisoner, a family or a community that cards are written to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.campaigns import Kind
from mailroom.records.base import Named, Record
from mailroom.records.destination import Destination

if TYPE_CHECKING:
    from mailroom.records.campaign import Campaign


class Case(Record):
    """Whom cards are for, and the rules that hold for their cards."""

    __tablename__ = "cases"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(500))
    also: Mapped[list[str]]
    kind: Mapped[Kind] = mapped_column(Named(Kind))
    country: Mapped[str | None] = mapped_column(String(2))
    languages: Mapped[list[str]]
    allow: Mapped[list[str]]
    words: Mapped[list[str]]
    guidance: Mapped[str] = mapped_column(Text)
    open_until: Mapped[dt.date | None]
    # Set when people are freed or moved in the middle of the season.
    closed_at: Mapped[dt.datetime | None]

    campaign: Mapped[Campaign] = relationship(back_populates="cases")
    destinations: Mapped[list[Destination]] = relationship(back_populates="case", order_by=Destination.id)

    def is_open(self, today: dt.date) -> bool:
        """Whether post may still leave for this case."""
        return self.closed_at is None and (self.open_until is None or today <= self.open_until)
