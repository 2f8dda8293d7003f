"""The campaign file: read it, check it, write it out again.

A coordinator prepares a campaign as one YAML file; ``docs/campaign-file.md`` describes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from mailroom import campaign_yaml
from mailroom.finding import Label

FILE_BYTES_MAX = 2_000_000

# PostgreSQL keeps no NUL.
_NO_NUL = r"^[^\x00]*$"
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_NO_NUL)
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class CampaignFileError(ValueError):
    """The campaign file cannot be used; the message says where and what to do."""


class Kind(StrEnum):
    """Who a case is for."""

    PRISONER = "prisoner"
    FAMILY = "family"
    COMMUNITY = "community"


class Form(StrEnum):
    """In which form messages travel to a destination."""

    ORIGINALS = "originals"
    PRINTS = "prints"
    DIGITAL = "digital"


class Format(StrEnum):
    """What a piece of post is."""

    POSTCARD = "postcard"
    LETTER = "letter"
    DRAWING = "drawing"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, data: Any) -> Any:
        """A key with nothing behind it, as in a form that nobody filled in, counts as left out."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None}


class Limits(_Entry):
    """What one parcel to a destination may hold; None means no limit."""

    items: int | None = Field(default=None, ge=1, le=10_000)
    grams: int | None = Field(default=None, ge=1, le=30_000)
    formats: tuple[Format, ...] = ()
    handwritten_only: bool = False


class DestinationEntry(_Entry):
    """Where parcels of a case go."""

    name: Text
    address: tuple[Text, ...] = ()
    form: Form = Form.ORIGINALS
    limits: Limits = Limits()


class CaseEntry(_Entry):
    """A person, family or community that cards are written to, and the rules for their cards."""

    slug: Slug
    name: Text
    also: tuple[Text, ...] = ()
    kind: Kind = Kind.PRISONER
    country: Country | None = None
    languages: tuple[Language, ...] = ()
    allow: tuple[Label, ...] = ()
    words: tuple[Text, ...] = ()
    guidance: str = Field(default="", max_length=20_000, pattern=_NO_NUL)
    open_until: dt.date | None = None
    destinations: tuple[DestinationEntry, ...] = ()

    @model_validator(mode="after")
    def _destinations_differ(self) -> Self:
        _refuse_repeats((entry.name for entry in self.destinations), "destination name")
        return self


class MarkEntry(_Entry):
    """A sign that is sought in pictures; ``picture`` is a path from the folder of the campaign file."""

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=_NO_NUL)
    ]
    picture: Text
    label: Literal[Label.MARK, Label.ORGANISATION, Label.RELIGION, Label.POLITICS] = Label.MARK


class CampaignFile(_Entry):
    """One campaign as its file states it."""

    campaign: Text
    starts: dt.date
    ends: dt.date
    organisation: tuple[Text, ...] = ()
    marks: tuple[MarkEntry, ...] = ()
    cases: tuple[CaseEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.ends < self.starts:
            raise ValueError(f"ends ({self.ends}) is before starts ({self.starts})")
        _refuse_repeats((case.slug for case in self.cases), "case slug")
        _refuse_repeats((mark.name for mark in self.marks), "mark")
        return self

    def case(self, slug: str) -> CaseEntry:
        """The case of that slug; raises CampaignFileError naming the known slugs."""
        for case in self.cases:
            if case.slug == slug:
                return case
        known = ", ".join(case.slug for case in self.cases)
        raise CampaignFileError(f"There is no case {slug!r} in this campaign. Known cases: {known}.")


def read_campaign(path: Path) -> CampaignFile:
    """Read and check the campaign file at ``path``; raises CampaignFileError."""
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise CampaignFileError(f"{path.name} is over {FILE_BYTES_MAX:,} bytes; is it a campaign file?")
        return parse_campaign(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CampaignFileError(f"There is no file {path}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CampaignFileError(f"{path.name} cannot be read: {error}.") from error


def parse_campaign(text: str) -> CampaignFile:
    """Check a campaign file's text; raises CampaignFileError that names every fault."""
    try:
        data = campaign_yaml.load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise CampaignFileError(f"This is not valid YAML: {_first_line(error)}") from error
    if not isinstance(data, dict):
        raise CampaignFileError("A campaign file starts with 'campaign:' and a name.")
    try:
        return CampaignFile.model_validate(data)
    except ValidationError as error:
        raise CampaignFileError("\n".join(_faults(error))) from error


def write_campaign(campaign: CampaignFile) -> str:
    """The campaign as YAML that ``parse_campaign`` reads back to an equal campaign."""
    data = campaign.model_dump(mode="json", exclude_defaults=True)
    # Dates stay dates, so that the file reads as a person would write it.
    data["starts"], data["ends"] = campaign.starts, campaign.ends
    for entry, case in zip(data["cases"], campaign.cases, strict=True):
        if case.open_until:
            entry["open_until"] = case.open_until
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def _refuse_repeats(names: Iterable[str], noun: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the {noun} {name!r} stands twice")
        seen.add(name)


# What the model says of these, only programmers understand.
_PLAINER = {
    "extra_forbidden": "there is no such key; is it misspelt, or in the wrong place?",
    "missing": "this is missing",
    "model_type": "keys with their values stand here, one a line",
    "string_type": "a text stands here",
    "too_short": "at least one stands here",
    "tuple_type": "a list stands here, such as [one, another]",
}
_PATTERNS = {
    "slug": "small letters, digits and single dashes stand here, such as nadia-k",
    "country": "two capital letters stand here, such as BY (ISO 3166)",
    "languages": "three small letters stand here, such as eng (ISO 639-3)",
}


def _faults(error: ValidationError) -> Iterable[str]:
    for fault in error.errors(include_url=False):
        place = ".".join(str(part) for part in fault["loc"]) or "file"
        yield f"{place}: {_plainly(fault)}"


def _plainly(fault: ErrorDetails) -> str:
    kind, said = fault["type"], re.sub("^Value error, ", "", fault["msg"])
    if kind == "string_pattern_mismatch":
        keys = [part for part in fault["loc"] if isinstance(part, str)]
        return _PATTERNS.get(keys[-1], "a character stands here that no text has (NUL): leave it out")
    if kind.startswith("date"):
        return f"a date stands here, such as 2026-11-30 ({said.rpartition(', ')[2]})"
    return _PLAINER.get(kind, said)


def _first_line(error: Any) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return where + str(getattr(error, "problem", error))
