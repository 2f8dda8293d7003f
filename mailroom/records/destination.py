"""A destination: where parcels of a case go, and what a parcel there may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.campaigns import Form
from mailroom.records.base import Named, Record

if TYPE_CHECKING:
    from mailroom.records.case import Case


class Destination(Record):
    """An address with its limits; a limit that is None does not hold."""

    __tablename__ = "destinations"
    __table_args__ = (UniqueConstraint("case_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str] = mapped_column(String(500))
    address: Mapped[list[str]]
    form: Mapped[Form] = mapped_column(Named(Form))
    items_max: Mapped[int | None]
    grams_max: Mapped[int | None]
    formats: Mapped[list[str]]
    handwritten_only: Mapped[bool] = mapped_column(default=False)
    # A destination that left the campaign file keeps its parcels but gets no more.
    retired: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(back_populates="destinations")
