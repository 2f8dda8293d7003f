"""The time, always in UTC, and the day, where the mail room is."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The present moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present day by the clock on the wall: that of the machine's time zone, or of the variable TZ."""
    return now().astimezone().date()
