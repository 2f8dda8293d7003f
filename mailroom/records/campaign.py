"""A campaign: one winter's post."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.records.base import Record
from mailroom.records.case import Case
from mailroom.scope import CLEAR_CONFIDENCE

RECHECK_SHARE = 0.1
MISS_LIMIT = 0.02


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
    # The confidence (0 to 1) of each side from which a card can be clear.
    clear_confidence: Mapped[float] = mapped_column(default=CLEAR_CONFIDENCE)
    # The share (0 to 1) of clear cards, and of those approved at a glance, that is drawn for a recheck.
    recheck_share: Mapped[float] = mapped_column(default=RECHECK_SHARE)
    # The dial turns itself back when the bound on the share of misses is above this.
    miss_limit: Mapped[float] = mapped_column(default=MISS_LIMIT)
    # Rechecks drawn before this count no longer: what they measured was another lane.
    measured_from: Mapped[dt.datetime | None]

    cases: Mapped[list[Case]] = relationship(back_populates="campaign", order_by="Case.id")
