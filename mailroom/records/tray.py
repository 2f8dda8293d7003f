"""A tray: a batch of cards kept in the order they were scanned in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.campaigns import Format
from mailroom.clock import now
from mailroom.records.base import Named, Record
from mailroom.records.case import Case


class Tray(Record):
    """Where paper stands; a card's address is its tray and its position."""

    __tablename__ = "trays"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    # The inbox folder that fills this tray; its code where a person opened it.
    folder: Mapped[str] = mapped_column(String(255), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    duplex: Mapped[bool] = mapped_column(default=False)
    format: Mapped[Format] = mapped_column(Named(Format), default=Format.LETTER)
    # About how many cards were logged when the post arrived.
    expected: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    opened_at: Mapped[dt.datetime] = mapped_column(default=now)

    case: Mapped[Case | None] = relationship()
