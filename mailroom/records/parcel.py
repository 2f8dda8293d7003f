"""A parcel: approved cards on their way to a destination."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.clock import now
from mailroom.records.base import Named, Record
from mailroom.records.card import Card
from mailroom.records.destination import Destination


class ParcelState(StrEnum):
    """Where a parcel is on its way."""

    OPEN = "open"
    SEALED = "sealed"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"


class Parcel(Record):
    """Cards for one destination; each counts as packed once a person has ticked it off."""

    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    destination_id: Mapped[int] = mapped_column(ForeignKey("destinations.id"), index=True)
    state: Mapped[ParcelState] = mapped_column(Named(ParcelState), default=ParcelState.OPEN, index=True)
    # A full parcel takes no more cards by itself.
    full: Mapped[bool] = mapped_column(default=False)
    # As weighed at sealing.
    grams: Mapped[int | None]
    opened_at: Mapped[dt.datetime] = mapped_column(default=now)
    sealed_at: Mapped[dt.datetime | None]
    dispatched_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    handed_to: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(2000), default="")

    destination: Mapped[Destination] = relationship()
    cards: Mapped[list[Card]] = relationship(order_by=(Card.tray_id, Card.position))
