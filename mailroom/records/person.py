"""A person who works in the mail room."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.clock import now
from mailroom.records.base import Record


class Role(StrEnum):
    """What a person may do."""

    SCANNER = "scanner"
    REVIEWER = "reviewer"
    DISPATCHER = "dispatcher"
    COORDINATOR = "coordinator"


class Person(Record):
    """Someone who signs in; ``password`` is an Argon2 hash."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    roles: Mapped[list[str]]
    password: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[dt.datetime] = mapped_column(default=now)

    def may(self, *roles: Role) -> bool:
        """Whether this person has one of ``roles``; a coordinator may do everything."""
        return self.active and (Role.COORDINATOR in self.roles or any(role in self.roles for role in roles))
