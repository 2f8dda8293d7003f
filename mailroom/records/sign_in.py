"""A sign-in: one browser that a person signed in with, kept here so that it can be ended."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailroom.clock import now
from mailroom.records.base import Record
from mailroom.records.person import Person


class SignIn(Record):
    """The cookie holds a random token; only its SHA-256 stands here."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    began_at: Mapped[dt.datetime] = mapped_column(default=now)
    ends_at: Mapped[dt.datetime]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
