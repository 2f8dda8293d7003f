"""A campaign: one winter's post."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.records.base import Record
from mailroom.records.case import Case


class Campaign(Record):
    """A season of cards for a number of cases."""

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(500), unique=True)
    starts: Mapped[dt.date]
    ends: Mapped[dt.date]
    # Names that must never appear on a card.
    organisation: Mapped[list[str]]
    # The trust dial: without it every card is looked at by a person.
    clear_allowed: Mapped[bool] = mapped_column(default=False)

    cases: Mapped[list[Case]] = relationship(back_populates="campaign", order_by="Case.id")
