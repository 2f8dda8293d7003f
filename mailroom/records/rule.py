"""A rule: one that the rule packs in use hold."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailroom.clock import now
from mailroom.finding import Label
from mailroom.records.base import Named, Record


class Rule(Record):
    """A rule by the name that its flags carry; kept so that one which never fires is known too."""

    __tablename__ = "rules"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    label: Mapped[Label] = mapped_column(Named(Label))
    reason: Mapped[str] = mapped_column(Text)
    known_since: Mapped[dt.datetime] = mapped_column(default=now)
