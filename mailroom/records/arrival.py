"""An arrival: a file that came in, and what became of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.clock import now
from mailroom.records.base import Named, Record
from mailroom.records.tray import Tray


class Outcome(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    DISCARDED = "discarded"


class Arrival(Record):
    """A file; ``source`` tells the same file met twice (after a crash) from the same bytes sent twice."""

    __tablename__ = "arrivals"
    __table_args__ = (UniqueConstraint("source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tray_id: Mapped[int] = mapped_column(ForeignKey("trays.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[Outcome] = mapped_column(Named(Outcome))
    reason: Mapped[str] = mapped_column(String(500), default="")
    # Of a duplicate: the arrival that the same bytes came with first.
    first_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"))
    # Width and height of each page in pixels.
    pages: Mapped[list[list[int]]] = mapped_column(JSON)
    came_at: Mapped[dt.datetime] = mapped_column(default=now)
    # When its file was last written to, which is when it was scanned; None where that is not known.
    made_at: Mapped[dt.datetime | None]

    tray: Mapped[Tray] = relationship()
    first: Mapped[Arrival | None] = relationship(remote_side="Arrival.id")

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder that could not be looked through: no file has a name that ends so."""
        return self.name.endswith("/")
