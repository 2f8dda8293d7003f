"""A card: one piece of post, with its sides."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.clock import now
from mailroom.finding import Lane
from mailroom.records.base import Named, Record
from mailroom.records.case import Case
from mailroom.records.flag import Flag
from mailroom.records.side import Side
from mailroom.records.tray import Tray


class Stage(StrEnum):
    """Where a card is on its way."""

    SCANNED = "scanned"
    WAITING = "waiting"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    PACKED = "packed"
    DISPATCHED = "dispatched"


class Card(Record):
    """One card; ``stage`` changes only through ``mailroom.journey``."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("tray_id", "position"),
        Index(None, "stage", "lane", "id"),
        Index(None, "case_id", "stage"),
        Index(None, "claimed_by", "stage", "lane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tray_id: Mapped[int] = mapped_column(ForeignKey("trays.id"))
    position: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    stage: Mapped[Stage] = mapped_column(Named(Stage), default=Stage.SCANNED)
    lane: Mapped[Lane | None] = mapped_column(Named(Lane))
    lane_reasons: Mapped[list[str]] = mapped_column(default=list)
    # Every condition of the clear lane held at the last screening, whatever the campaign's dial said.
    meets_clear: Mapped[bool] = mapped_column(default=False)
    # The language of its text (ISO 639-3), of the side with the most of it.
    language: Mapped[str | None] = mapped_column(String(3))
    # The likely script (ISO 15924) of writing on it that nobody has read; None where there is none.
    unread_script: Mapped[str | None] = mapped_column(String(4))
    addressee: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    question: Mapped[str] = mapped_column(String(2000), default="")
    scanned_at: Mapped[dt.datetime] = mapped_column(default=now)
    read_at: Mapped[dt.datetime | None]

    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    claimed_until: Mapped[dt.datetime | None]

    parcel_id: Mapped[int | None] = mapped_column(ForeignKey("parcels.id"), index=True)

    tray: Mapped[Tray] = relationship(lazy="joined", innerjoin=True)
    case: Mapped[Case | None] = relationship()
    sides: Mapped[list[Side]] = relationship(order_by=Side.number, cascade="all, delete-orphan")
    flags: Mapped[list[Flag]] = relationship(order_by=Flag.id, cascade="all, delete-orphan")

    @property
    def code(self) -> str:
        """The card's address, as people say it and logs name it."""
        return f"{self.tray.code}/{self.position:03d}"
