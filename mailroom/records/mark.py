"""A mark: a sign that is sought in the pictures of a campaign's cards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.clock import now
from mailroom.finding import Label
from mailroom.records.base import Named, Record


class Mark(Record):
    """A sign by its sample picture; ``sample`` is the key of a PNG in the vault that we made ourselves."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str] = mapped_column(String(80))
    # What a person is told that it is about.
    label: Mapped[Label] = mapped_column(Named(Label))
    sample: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[dt.datetime] = mapped_column(default=now)
