"""Reading what a person entered; what makes no sense is refused with words for that person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from flask import abort, request
from sqlalchemy.orm import Session

from mailroom.errors import Refusal
from mailroom.records import Record
from review_ui import languages

TEXT_LENGTH_MAX = 2000
_PERCENT = re.compile(r"\d{1,4}(\.\d{1,6})?")

Choice = TypeVar("Choice", bound=StrEnum)
Row = TypeVar("Row", bound=Record)
Entry = TypeVar("Entry")


class FormError(Refusal):
    """A field of a form makes no sense; the message says what to do about it."""


def text(name: str, length_max: int = TEXT_LENGTH_MAX) -> str:
    """The trimmed text of a field; empty if it is missing. Raises FormError if it is too long.

    A line break is one character, as where it was typed; NUL, which PostgreSQL does not take, is left out.
    """
    value = request.form.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()
    if len(value) > length_max:
        raise FormError(f"{_quoted(name)} is too long: use at most {length_max:,} characters.", name)
    return value


def choice(name: str, kind: type[Choice]) -> Choice:
    """The chosen member of an enumeration; raises FormError."""
    try:
        return kind(request.form.get(name, ""))
    except ValueError:
        raise FormError(f"Choose one of the values offered for {_quoted(name)}.", name) from None


def choices(name: str, kind: type[Choice]) -> list[Choice]:
    """The ticked members of an enumeration; raises FormError."""
    try:
        return [kind(value) for value in request.form.getlist(name)]
    except ValueError:
        raise FormError(f"Choose among the values offered for {_quoted(name)}.", name) from None


def number(name: str, low: int, high: int) -> int | None:
    """A whole number from ``low`` to ``high``, or None if the field is empty; raises FormError."""
    value = request.form.get(name, "").strip()
    if not value:
        return None
    if not value.isdecimal() or len(value) > 9 or not low <= int(value) <= high:
        raise FormError(f"Write a whole number from {low:,} to {high:,}.", name)
    return int(value)


def language(name: str) -> str | None:
    """The chosen language (ISO 639-3), or None if the field is empty; raises FormError."""
    value = request.form.get(name, "")
    if value and value not in dict(languages.choices()):
        raise FormError(f"Choose one of the values offered for {_quoted(name)}.", name)
    return value or None


def percent(name: str, low: float, high: float) -> float:
    """A number in percent as a share from ``low`` to ``high``; raises FormError."""
    value = request.form.get(name, "").strip().removesuffix("%").strip().replace(",", ".")
    share = round(float(value) / 100, 6) if _PERCENT.fullmatch(value) else -1.0
    if not low <= share <= high:
        raise FormError(f"Write a number from {100 * low:g} to {100 * high:g}, in percent.", name)
    return share


def numbers(name: str) -> list[int]:
    """Every whole number sent under a name; raises FormError."""
    values = request.form.getlist(name)
    if any(not value.isdecimal() or len(value) > 9 for value in values):
        raise FormError("Reload the page and choose again.")
    return [int(value) for value in values]


def together(fields: Mapping[str, Callable[[str], Entry]]) -> dict[str, Entry]:
    """What each field holds; raises one FormError with the faults of all, so that none is told later."""
    entered: dict[str, Entry] = {}
    faults: dict[str, str] = {}
    for name, entry in fields.items():
        try:
            entered[name] = entry(name)
        except FormError as error:
            faults |= error.faults
    if faults:
        raised = FormError(" ".join(faults.values()))
        raised.faults = faults
        raise raised
    return entered


def chosen(session: Session, kind: type[Row], name: str) -> Row | None:
    """The chosen record, or None if the field is empty; raises FormError where there is no such record."""
    value = request.form.get(name, "")
    if not value:
        return None
    record = session.get(kind, int(value)) if value.isdecimal() and len(value) < 10 else None
    if record is None:
        raise FormError(f"Choose one of the values offered for {_quoted(name)}.", name)
    return record


def found(session: Session, kind: type[Row], key: int | None) -> Row:
    """The record of that key; answers 404 if there is none."""
    record = session.get(kind, key) if key is not None else None
    if record is None:
        abort(404)
    return record


def _quoted(name: str) -> str:
    return f"“{name.replace('_', ' ')}”"
