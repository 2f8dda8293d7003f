"""Which rules hold for a card: its campaign's, its country's and its case's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from mailroom.campaigns import CampaignFile, CampaignFileError, CaseEntry
from mailroom.finding import Label

# Confidence of each side from which a card can be clear, where the campaign says nothing else.
CLEAR_CONFIDENCE = 0.90


@dataclass(frozen=True, slots=True)
class CaseNames:
    """A case that a card may be for, with every spelling and script of its name."""

    slug: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkSample:
    """A mark that is sought in pictures: ``picture`` is the key of its sample in the vault, or its path."""

    name: str
    label: Label
    picture: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What screening has to know of the campaign and of the case that a card is for.

    ``slug`` is the case that the card was laid under (None if unknown); ``languages`` are ISO 639-3,
    empty meaning any. ``clear_allowed`` is the trust dial: without it no card is ever clear.
    ``clear_confidence`` is that of each side (0 to 1) from which a card can be clear.
    """

    slug: str | None = None
    country: str | None = None
    organisation: tuple[str, ...] = ()
    allow: frozenset[Label] = frozenset()
    words: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cases: tuple[CaseNames, ...] = field(default=())
    clear_allowed: bool = False
    clear_confidence: float = CLEAR_CONFIDENCE
    marks: tuple[MarkSample, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Give this scope as plain JSON data; ``from_data`` is its inverse."""
        return asdict(self) | {"allow": sorted(self.allow)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Rebuild a scope from ``as_data``."""
        return cls(
            slug=data["slug"],
            country=data["country"],
            organisation=tuple(data["organisation"]),
            allow=frozenset(Label(label) for label in data["allow"]),
            words=tuple(data["words"]),
            languages=tuple(data["languages"]),
            cases=tuple(CaseNames(entry["slug"], tuple(entry["names"])) for entry in data["cases"]),
            clear_allowed=data["clear_allowed"],
            clear_confidence=data["clear_confidence"],
            marks=tuple(
                MarkSample(mark["name"], Label(mark["label"]), mark["picture"]) for mark in data["marks"]
            ),
        )


def scope_of(campaign: CampaignFile, slug: str | None = None, folder: Path | None = None) -> Scope:
    """The scope of a case of a campaign file; raises CampaignFileError for an unknown slug.

    ``folder`` is where the file stands: without it, no marks are sought, as their pictures are not at hand.
    """
    cases = tuple(case_names(case) for case in campaign.cases)
    marks = _marks(campaign, folder) if folder is not None else ()
    if slug is None:
        return Scope(organisation=campaign.organisation, cases=cases, marks=marks)
    case = campaign.case(slug)
    return Scope(
        slug=case.slug,
        country=case.country,
        organisation=campaign.organisation,
        allow=frozenset(case.allow),
        words=case.words,
        languages=case.languages,
        cases=cases,
        marks=marks,
    )


def _marks(campaign: CampaignFile, folder: Path) -> tuple[MarkSample, ...]:
    found = []
    for mark in campaign.marks:
        path = (folder / mark.picture).resolve()
        if not path.is_file():
            raise CampaignFileError(f"marks, {mark.name}: there is no picture {mark.picture}.")
        found.append(MarkSample(mark.name, mark.label, str(path)))
    return tuple(found)


def case_names(case: CaseEntry) -> CaseNames:
    """A case's slug with its name and its other spellings."""
    return CaseNames(case.slug, (case.name, *case.also))
