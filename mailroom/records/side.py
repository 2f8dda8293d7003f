"""A side of a card: one page of a scan."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.reading import Box, Reading
from mailroom.records.base import ReadingData, Record


class Side(Record):
    """One side: the scan it stands in, what was read from it, and its picture for the pages.

    ``scan``, ``view`` and ``thumbnail`` are keys of the vault; ``page`` counts from 0 within the scan;
    ``width`` and ``height`` are in pixels of the scan.
    """

    __tablename__ = "sides"
    __table_args__ = (UniqueConstraint("card_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    number: Mapped[int]
    arrival_id: Mapped[int] = mapped_column(ForeignKey("arrivals.id"), index=True)
    scan: Mapped[str] = mapped_column(String(64), index=True)
    page: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    view: Mapped[str | None] = mapped_column(String(64))
    thumbnail: Mapped[str | None] = mapped_column(String(64))
    reading: Mapped[Reading | None] = mapped_column(ReadingData())

    @property
    def whole(self) -> Box:
        """The box around all of it: the place of a line that stands nobody knows where on it."""
        return 0, 0, self.width, self.height
