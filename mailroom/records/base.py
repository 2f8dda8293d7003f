"""What every record shares: the table base and the column types."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from mailroom.reading import Reading


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC, aware on the way in and out on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002, D102
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class ReadingData(TypeDecorator[Reading]):
    """A reading, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Reading | None, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ARG002, D102
        return value.as_data() if value else None

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Reading | None:  # noqa: ARG002, D102
        return Reading.from_data(value) if value else None


class Named(TypeDecorator[StrEnum]):
    """A value of an enumeration, kept as its plain text so that a new value needs no migration."""

    impl = String(20)
    cache_ok = True

    def __init__(self, enumeration: type[StrEnum]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else self.enumeration(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002, D102
        return None if value is None else self.enumeration(value)


# SQLite counts up only columns that are INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Record(DeclarativeBase):
    """A row that the mail room keeps."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        dt.datetime: Moment(),
        list[str]: JSON,
        dict[str, Any]: JSON,
        list[int]: JSON,
    }
